// How long one query takes on one connection: gathered without a lock and handed to the metrics in batches, because a
// read of 2 µs must not pay for a shared histogram each time. Belongs to its connection's thread.
#pragma once

#include <array>
#include <chrono>
#include <string_view>

#include "platform/clock.hpp"
#include "platform/metrics.hpp"

namespace waymark::db {

// The shared series of one query.
Timing query_timing(Metrics& metrics, std::string_view query);

class QueryTally {
 public:
  QueryTally(Metrics& metrics, std::string_view query) : timing_(query_timing(metrics, query)) {}

  void add(std::chrono::nanoseconds took) {
    gathered_[count_++] = took;
    if (count_ == gathered_.size()) flush();
  }
  void flush();

 private:
  Timing timing_;
  std::size_t count_ = 0;
  std::array<std::chrono::nanoseconds, 32> gathered_{};
};

// Adds the time from its making to its end.
class Stopwatch {
 public:
  explicit Stopwatch(QueryTally& tally) : tally_(tally), start_(SystemClock{}.steady()) {}
  ~Stopwatch() { tally_.add(SystemClock{}.steady() - start_); }
  Stopwatch(const Stopwatch&) = delete;
  Stopwatch& operator=(const Stopwatch&) = delete;

 private:
  QueryTally& tally_;
  std::chrono::steady_clock::time_point start_;
};

}  // namespace waymark::db
