#include "journal/deliverer.hpp"

#include "platform/log.hpp"
#include "platform/text_sender.hpp"

namespace waymark::journal {

namespace {

constexpr int kItemsARound = 8;
constexpr std::chrono::seconds kLookEvery{1};
// Longer than a round of slow mail servers takes; after a crash, what was in hand waits this long.
constexpr std::chrono::seconds kLease{300};

}  // namespace

Deliverer::Deliverer(const Outbox& outbox, db::Database& database, Metrics& metrics,
                     std::function<void(const OutboxItem&)> deliver)
    : outbox_(outbox),
      database_(database),
      delivered_(metrics.counter("waymark_outbox_delivered_total", "Messages handed over")),
      failed_(metrics.counter("waymark_outbox_failed_total", "Tries that failed")),
      dead_(metrics.counter("waymark_outbox_dead_total", "Messages given up")),
      deliver_(std::move(deliver)),
      thread_([this] { run(); }) {}

Deliverer::~Deliverer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  woken_.notify_one();
  thread_.join();
}

void Deliverer::wake() {
  {
    const std::lock_guard lock(mutex_);
    wake_ = true;
  }
  woken_.notify_one();
}

void Deliverer::run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    wake_ = false;
    lock.unlock();
    try {
      deliver_due();
    } catch (const std::exception& error) {
      log(LogLevel::error, "outbox.round_failed", {{"reason", std::string_view{error.what()}}});
    }
    lock.lock();
    woken_.wait_for(lock, kLookEvery, [this] { return stopping_ || wake_; });
  }
}

bool Deliverer::is_stopping() {
  const std::lock_guard lock(mutex_);
  return stopping_;
}

int Deliverer::deliver_due() {
  int delivered = 0;
  std::size_t taken = 0;
  do {
    delivered += deliver_round(taken);
  } while (taken > 0 && !is_stopping());
  return delivered;
}

int Deliverer::deliver_round(std::size_t& taken) {
  const auto items = outbox_.take_due(database_, kItemsARound, kLease);
  taken = items.size();
  int delivered = 0;
  for (const OutboxItem& item : items) {
    if (is_stopping()) {
      outbox_.give_back(database_, item.telling.id, item.attempts);
      for (const auto& other : item.also) outbox_.give_back(database_, other.telling.id, other.attempts);
    } else if (deliver(item)) {
      ++delivered;
    }
  }
  return delivered;
}

// Handed over and then marked: a crash in between delivers again, under the same id.
bool Deliverer::deliver(const OutboxItem& item) {
  bool is_permanent = false;
  try {
    deliver_(item);
    outbox_.mark_delivered(database_, item.telling.id);
    for (const auto& other : item.also) outbox_.mark_delivered(database_, other.telling.id);
    delivered_.add();
    return true;
  } catch (const DeliveryFailed& failure) {
    is_permanent = failure.permanent;
    log(LogLevel::warning, "outbox.delivery_failed",
        {{"id", item.telling.id.value}, {"reason", std::string_view{failure.what()}}});
  } catch (const std::exception& error) {
    log(LogLevel::error, "outbox.delivery_failed",
        {{"id", item.telling.id.value}, {"reason", std::string_view{error.what()}}});
  }
  failed_.add();
  if (outbox_.mark_failed(database_, item.telling.id, item.attempts, is_permanent)) dead_.add();
  for (const auto& other : item.also) {
    if (outbox_.mark_failed(database_, other.telling.id, other.attempts, is_permanent)) dead_.add();
  }
  return false;
}

}  // namespace waymark::journal
