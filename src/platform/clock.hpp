// The only source of "now". Injected everywhere, so that expiry can be tested without waiting.
#pragma once

#include <atomic>
#include <chrono>

#include "base/time.hpp"

namespace waymark {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
  // For timeouts and measuring: never goes back, not affected by move().
  virtual std::chrono::steady_clock::time_point steady() const = 0;
};

class SystemClock final : public Clock {
 public:
  Instant now() const override;
  std::chrono::steady_clock::time_point steady() const override;
};

// The system's time plus an offset that the demo and the tests may move forward. Safe to use from several threads.
class MovableClock final : public Clock {
 public:
  Instant now() const override;
  std::chrono::steady_clock::time_point steady() const override;
  void move(std::chrono::milliseconds by);

 private:
  std::atomic<std::int64_t> offset_millis_{0};
};

// Stands still at the moment given until it is moved.
class FixedClock final : public Clock {
 public:
  explicit FixedClock(Instant start) : now_millis_(to_millis(start)) {}
  Instant now() const override { return from_millis(now_millis_.load()); }
  std::chrono::steady_clock::time_point steady() const override;
  void move(std::chrono::milliseconds by) { now_millis_ += by.count(); }

 private:
  std::atomic<std::int64_t> now_millis_;
};

}  // namespace waymark
