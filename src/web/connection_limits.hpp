// How many connections are open, in all and for each network; shared by the server's threads.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace waymark::web {

class ConnectionLimits {
 public:
  // Counts a connection as long as it lives.
  class Pass {
   public:
    Pass(Pass&& other) noexcept : limits_(std::exchange(other.limits_, nullptr)), network_(std::move(other.network_)) {}
    Pass& operator=(Pass&&) = delete;
    ~Pass() {
      if (limits_ != nullptr) limits_->leave(network_);
    }

   private:
    friend class ConnectionLimits;
    Pass(ConnectionLimits* limits, std::string network) : limits_(limits), network_(std::move(network)) {}
    ConnectionLimits* limits_;
    std::string network_;
  };

  ConnectionLimits(std::size_t all_max, std::size_t network_max) : all_max_(all_max), network_max_(network_max) {}

  // None when there are too many. An empty network is counted in all only: a trusted proxy carries everybody.
  std::optional<Pass> admit(std::string network);
  std::size_t open() const;
  // False when some are still open after that time.
  bool wait_until_none(std::chrono::milliseconds time_max);

 private:
  void leave(const std::string& network);

  const std::size_t all_max_;
  const std::size_t network_max_;
  mutable std::mutex mutex_;
  std::condition_variable none_left_;
  std::size_t open_ = 0;
  std::map<std::string, std::size_t, std::less<>> by_network_;
};

}  // namespace waymark::web
