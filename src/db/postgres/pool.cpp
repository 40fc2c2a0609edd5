#include "db/postgres/pool.hpp"

namespace waymark::db::postgres {

void Pool::Lease::discard() {
  connection_.reset();
  pool_->forget_one();
}

// Nothing: there is room to open one, and open_ counts it already.
std::unique_ptr<Connection> Pool::take_idle(std::chrono::milliseconds wait_max) {
  std::unique_lock lock(mutex_);
  if (!returned_.wait_for(lock, wait_max, [&] { return !idle_.empty() || open_ < options_.connections_max; })) {
    throw DatabaseBusy("no database connection was free in time");
  }
  if (idle_.empty()) {
    ++open_;
    return nullptr;
  }
  auto connection = std::move(idle_.back());
  idle_.pop_back();
  return connection;
}

Pool::Lease Pool::take(std::chrono::milliseconds wait_max) {
  while (auto connection = take_idle(wait_max)) {
    if (connection->settle()) return {*this, std::move(connection)};
    connection.reset();
    forget_one();
  }
  try {
    return {*this, std::make_unique<Connection>(options_.address, wait_max, metrics_)};
  } catch (...) {
    forget_one();
    throw;
  }
}

void Pool::give_back(std::unique_ptr<Connection> connection) {
  {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(connection));
  }
  returned_.notify_one();
}

void Pool::forget_one() {
  {
    const std::lock_guard lock(mutex_);
    --open_;
  }
  returned_.notify_one();
}

}  // namespace waymark::db::postgres
