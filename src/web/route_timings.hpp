// How often each route was asked for, with which status, and how long it took: by pattern, never by path. From the same
// numbers: whether a route is quick enough to run on the socket's thread.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "platform/metrics.hpp"
#include "web/router.hpp"

namespace waymark::web {

// Whether the calling thread lost its core to others since the last time it asked.
bool was_preempted();

// Safe from all threads.
class RouteTimings {
 public:
  // `preempted` is asked after a slow run, on the thread that ran it.
  RouteTimings(Metrics& metrics, const std::vector<Route>& routes, std::function<bool()> preempted = was_preempted);

  // The place of what no route answered, and of assets, among the routes.
  std::size_t unmatched() const { return series_.size() - 2; }
  std::size_t assets() const { return series_.size() - 1; }

  void record(std::size_t route, int status, std::chrono::nanoseconds took);
  // "GET /cases/:receipt"
  std::string_view name(std::size_t route) const { return series_[route]->name; }
  // False while more than one in a hundred of its latest runs took over a millisecond of its own doing: where cores are
  // short, a run is slow for others' sake, and a hop to another thread would only cost more.
  bool may_run_inline(std::size_t route) const { return series_[route]->is_quick.load(std::memory_order_relaxed); }

 private:
  struct Series {
    std::string name;
    Timing timing;
    Counter over_a_millisecond;
    std::atomic<std::uint32_t> runs{0};
    std::atomic<std::uint32_t> slow_runs{0};
    std::atomic<bool> is_quick{true};
    std::mutex mutex;  // for `by_status`, taken only when a status is new
    std::array<std::atomic<Counter*>, 600> by_status{};
    std::vector<std::unique_ptr<Counter>> counters;
  };
  void add_series(std::string name);
  Counter& counter_for(Series& series, int status);

  Metrics& metrics_;
  std::function<bool()> preempted_;
  std::vector<std::unique_ptr<Series>> series_;
};

}  // namespace waymark::web
