#include "web/route_timings.hpp"

#include <gtest/gtest.h>

namespace waymark::web {
namespace {

using namespace std::chrono_literals;

class RouteTimingsTest : public testing::Test {
 protected:
  void run(int times, std::chrono::microseconds took) {
    for (int i = 0; i < times; ++i) timings_.record(timings_.unmatched(), 200, took);
  }
  bool may_run_inline() const { return timings_.may_run_inline(timings_.unmatched()); }

  bool is_preempted_ = false;
  Metrics metrics_;
  RouteTimings timings_{metrics_, {}, [this] { return is_preempted_; }};
};

TEST_F(RouteTimingsTest, OneSlowRunInAHundredIsQuickEnoughAndOneMoreIsNot) {
  run(990, 50us);
  run(10, 1100us);
  EXPECT_TRUE(may_run_inline());
  run(989, 50us);
  run(11, 1100us);
  EXPECT_FALSE(may_run_inline());
  run(1000, 50us);
  EXPECT_TRUE(may_run_inline());
}

TEST_F(RouteTimingsTest, RunsThatLostTheirCoreSayNothingOfTheRoute) {
  is_preempted_ = true;
  run(1000, 4000us);
  EXPECT_TRUE(may_run_inline());
  is_preempted_ = false;
  run(1000, 4000us);
  EXPECT_FALSE(may_run_inline());
}

}  // namespace
}  // namespace waymark::web
