#include "platform/metrics.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace waymark {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

TEST(Metrics, TheSameNameAndLabelGiveTheSameSeries) {
  Metrics metrics;
  auto first = metrics.counter("waymark_requests_total", "Requests.", "route", "/cases");
  auto again = metrics.counter("waymark_requests_total", "Requests.", "route", "/cases");
  auto other = metrics.counter("waymark_requests_total", "Requests.", "route", "/help");
  first.add();
  again.add(2);
  EXPECT_EQ(first.value(), 3);
  EXPECT_EQ(other.value(), 0);
}

TEST(Metrics, AreShownInThePrometheusForm) {
  Metrics metrics;
  metrics.counter("waymark_mails_total", "Mails sent.").add(4);
  auto gauge = metrics.gauge("waymark_waiting", "Waiting.", "line", "passwords");
  gauge.set(5);
  gauge.add(-2);
  EXPECT_EQ(gauge.value(), 3);
  auto timing = metrics.timing("waymark_query_seconds", "Queries.", "query", "cases.find");
  timing.record(60us);
  timing.record(20s);
  const auto text = metrics.to_prometheus();
  EXPECT_THAT(text, HasSubstr("# TYPE waymark_mails_total counter\nwaymark_mails_total 4\n"));
  EXPECT_THAT(text, HasSubstr("waymark_waiting{line=\"passwords\"} 3\n"));
  EXPECT_THAT(text, HasSubstr("waymark_query_seconds_bucket{query=\"cases.find\",le=\"5e-05\"} 0\n"));
  EXPECT_THAT(text, HasSubstr("waymark_query_seconds_bucket{query=\"cases.find\",le=\"0.0001\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("waymark_query_seconds_bucket{query=\"cases.find\",le=\"10\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("waymark_query_seconds_count{query=\"cases.find\"} 2\n"));
}

TEST(Metrics, AHandleThatNobodyMadeCountsNothing) {
  Counter counter;
  counter.add();
  EXPECT_EQ(counter.value(), 0);
  Timing{}.record(1s);
}

}  // namespace
}  // namespace waymark
