#include "web/connection_limits.hpp"

namespace waymark::web {

std::optional<ConnectionLimits::Pass> ConnectionLimits::admit(std::string network) {
  const std::scoped_lock lock(mutex_);
  if (open_ >= all_max_) return std::nullopt;
  if (!network.empty()) {
    auto& count = by_network_[network];
    if (count >= network_max_) return std::nullopt;
    ++count;
  }
  ++open_;
  return Pass(this, std::move(network));
}

void ConnectionLimits::leave(const std::string& network) {
  const std::scoped_lock lock(mutex_);
  if (!network.empty()) {
    const auto found = by_network_.find(network);
    if (--found->second == 0) by_network_.erase(found);
  }
  if (--open_ == 0) none_left_.notify_all();
}

std::size_t ConnectionLimits::open() const {
  const std::scoped_lock lock(mutex_);
  return open_;
}

bool ConnectionLimits::wait_until_none(std::chrono::milliseconds time_max) {
  std::unique_lock lock(mutex_);
  return none_left_.wait_for(lock, time_max, [this] { return open_ == 0; });
}

}  // namespace waymark::web
