// The feature's own thread: last-seen times every minute, lapsed rows every hour. A failure is logged and tried again
// at the next turn. Stops, and writes once more, when destroyed.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "features/accounts/accounts.hpp"

namespace waymark::accounts {

class Upkeep {
 public:
  explicit Upkeep(Accounts& accounts);  // `accounts` must outlive it
  ~Upkeep();

 private:
  void run();
  Accounts& accounts_;
  std::mutex mutex_;
  std::condition_variable stopped_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace waymark::accounts
