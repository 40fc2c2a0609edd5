// Takes what is due from the outbox and hands it to `deliver` on a thread of its own, until stopped. wake() makes it
// look at once; otherwise it looks every second.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "journal/outbox.hpp"

namespace waymark::journal {

class Deliverer {
 public:
  // `deliver` throws DeliveryFailed when the message could not be handed over; any other exception counts the same.
  Deliverer(const Outbox& outbox, db::Database& database, Metrics& metrics,
            std::function<void(const OutboxItem&)> deliver);
  ~Deliverer();  // stops: finishes the item in hand, gives the others back
  void wake();
  // All that is due now, in the caller's thread: how many were handed over. For tests, and before a graceful stop.
  int deliver_due();

 private:
  void run();
  bool is_stopping();
  int deliver_round(std::size_t& taken);
  bool deliver(const OutboxItem& item);
  const Outbox& outbox_;
  db::Database& database_;
  Counter delivered_, failed_, dead_;
  std::function<void(const OutboxItem&)> deliver_;
  std::mutex mutex_;
  std::condition_variable woken_;
  bool stopping_ = false, wake_ = false;
  std::thread thread_;
};

}  // namespace waymark::journal
