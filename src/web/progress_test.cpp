#include "web/progress.hpp"

#include <gtest/gtest.h>

namespace waymark::web {
namespace {

using namespace std::chrono_literals;

bool is_overdue_after(Phase phase, std::chrono::steady_clock::duration taken, std::uint64_t bytes = 0) {
  const std::chrono::steady_clock::time_point begin{1000s};
  return is_overdue({phase, begin, bytes}, begin + taken, ServerOptions());
}

TEST(Progress, EachPhaseHasItsLimit) {
  for (const Phase phase : {Phase::handshaking, Phase::fresh, Phase::reading_head}) {
    EXPECT_FALSE(is_overdue_after(phase, 10s));
    EXPECT_TRUE(is_overdue_after(phase, 10'001ms));
  }
  EXPECT_FALSE(is_overdue_after(Phase::idle, 60s));
  EXPECT_TRUE(is_overdue_after(Phase::idle, 60'001ms));
  EXPECT_FALSE(is_overdue_after(Phase::lingering, 2s));
  EXPECT_TRUE(is_overdue_after(Phase::lingering, 2'001ms));
  EXPECT_FALSE(is_overdue_after(Phase::handling, 24h));
}

TEST(Progress, BodiesAndAnswersAreHeldToARateAfterAGraceTime) {
  for (const Phase phase : {Phase::reading_body, Phase::writing}) {
    EXPECT_FALSE(is_overdue_after(phase, 5s));
    EXPECT_TRUE(is_overdue_after(phase, 6s));
    EXPECT_FALSE(is_overdue_after(phase, 6s, 500));
    EXPECT_TRUE(is_overdue_after(phase, 15s, 4'999));
    EXPECT_FALSE(is_overdue_after(phase, 15s, 5'000));
    EXPECT_FALSE(is_overdue_after(phase, 1h, 50'000'000));
  }
}

TEST(Progress, TheSweepComesOftenEnoughAndNotTooOften) {
  EXPECT_EQ(sweep_period(ServerOptions()), 200ms);
  ServerOptions options;
  options.head_time_max = 10ms;
  EXPECT_EQ(sweep_period(options), 5ms);
  options.head_time_max = options.linger_time_max = 1h;
  EXPECT_EQ(sweep_period(options), 500ms);
}

}  // namespace
}  // namespace waymark::web
