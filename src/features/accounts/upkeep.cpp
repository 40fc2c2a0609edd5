#include "features/accounts/upkeep.hpp"

#include "features/accounts/limits.hpp"
#include "features/accounts/recovery/waits.hpp"
#include "platform/log.hpp"

namespace waymark::accounts {
namespace {

constexpr int kTurnsBetweenDeletions = 60;

void try_to(std::string_view event, const std::function<void()>& work) {
  try {
    work();
  } catch (const std::exception& error) {
    log(LogLevel::warning, event, {{"reason", error.what()}});
  }
}

}  // namespace

Upkeep::Upkeep(Accounts& accounts, std::function<void()> delete_more, std::function<void()> write_more)
    : accounts_(accounts),
      delete_more_(std::move(delete_more)),
      write_more_(std::move(write_more)),
      thread_([this] { run(); }) {}

Upkeep::~Upkeep() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  stopped_.notify_all();
  thread_.join();
}

void Upkeep::run() {
  for (int turn = 1;; ++turn) {
    std::unique_lock lock(mutex_);
    const bool stopping = stopped_.wait_for(lock, kLastSeenWritten, [this] { return stopping_; });
    lock.unlock();
    try_to("accounts.last_seen_failed", [this] { accounts_.write_last_seen(); });
    if (write_more_) try_to("upkeep.writing_failed", write_more_);
    if (stopping) return;
    try_to("accounts.reminding_failed", [this] { remind_of_waits(accounts_); });
    if (turn % kTurnsBetweenDeletions == 1) {
      try_to("accounts.upkeep_failed", [this] { accounts_.delete_lapsed(); });
      if (delete_more_) try_to("upkeep.failed", delete_more_);
    }
  }
}

}  // namespace waymark::accounts
