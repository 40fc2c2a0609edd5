// The feature's own thread: last-seen times every minute, lapsed rows every hour. A failure is logged and tried again
// at the next turn. Stops, and writes once more, when destroyed.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "features/accounts/accounts.hpp"

namespace waymark::accounts {

class Upkeep {
 public:
  // `accounts` must outlive it. For features that stand above: `delete_more` is called each hour too, `write_more` each
  // minute and once more at the end.
  explicit Upkeep(Accounts& accounts, std::function<void()> delete_more = {}, std::function<void()> write_more = {});
  ~Upkeep();

 private:
  void run();
  Accounts& accounts_;
  std::function<void()> delete_more_;
  std::function<void()> write_more_;
  std::mutex mutex_;
  std::condition_variable stopped_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace waymark::accounts
