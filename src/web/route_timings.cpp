#include "web/route_timings.hpp"

#include <sys/resource.h>

#include "base/assert.hpp"

namespace waymark::web {
namespace {

constexpr std::chrono::milliseconds kInlineMax{1};
constexpr std::uint32_t kRunsJudged = 1000;
constexpr std::uint32_t kSlowRunsMax = kRunsJudged / 100;

}  // namespace

bool was_preempted() {
  thread_local long known = 0;
  rusage usage{};
  getrusage(RUSAGE_THREAD, &usage);
  return std::exchange(known, usage.ru_nivcsw) != usage.ru_nivcsw;
}

RouteTimings::RouteTimings(Metrics& metrics, const std::vector<Route>& routes, std::function<bool()> preempted)
    : metrics_(metrics), preempted_(std::move(preempted)) {
  for (const Route& route : routes) {
    add_series((route.method == Method::post ? "POST " : "GET ") + route.pattern);
  }
  add_series("unmatched");
  add_series("assets");
}

void RouteTimings::add_series(std::string name) {
  auto series = std::make_unique<Series>();
  series->timing = metrics_.timing("waymark_http_request_seconds", "Time to answer a request, by route", "route", name);
  series->over_a_millisecond = metrics_.counter(
      "waymark_http_over_a_millisecond_total", "Requests that took longer than a millisecond, by route", "route", name);
  series->name = std::move(name);
  series_.push_back(std::move(series));
}

Counter& RouteTimings::counter_for(Series& series, int status) {
  WAYMARK_ASSERT(status > 0 && status < 600);
  auto& place = series.by_status[static_cast<std::size_t>(status)];
  if (Counter* known = place.load(std::memory_order_acquire)) return *known;
  const std::lock_guard lock(series.mutex);
  if (Counter* known = place.load(std::memory_order_acquire)) return *known;
  series.counters.push_back(
      std::make_unique<Counter>(metrics_.counter("waymark_http_responses_total", "Answers, by route and status",
                                                 "answer", series.name + " " + std::to_string(status))));
  place.store(series.counters.back().get(), std::memory_order_release);
  return *series.counters.back();
}

void RouteTimings::record(std::size_t route, int status, std::chrono::nanoseconds took) {
  Series& series = *series_[route];
  counter_for(series, status).add();
  series.timing.record(took);
  if (took > kInlineMax) {
    series.over_a_millisecond.add();
    if (!preempted_()) series.slow_runs.fetch_add(1, std::memory_order_relaxed);
  }
  // Whoever counts the last run of a batch judges it; a run counted twice at the seam changes nothing that matters.
  if (series.runs.fetch_add(1, std::memory_order_relaxed) + 1 < kRunsJudged) return;
  series.runs.store(0, std::memory_order_relaxed);
  series.is_quick.store(series.slow_runs.exchange(0, std::memory_order_relaxed) <= kSlowRunsMax,
                        std::memory_order_relaxed);
}

}  // namespace waymark::web
