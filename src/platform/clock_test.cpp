#include "platform/clock.hpp"

#include <gtest/gtest.h>

namespace waymark {
namespace {

using namespace std::chrono_literals;

TEST(Clock, MovesTheSystemsTimeOnlyByWhatItIsTold) {
  const SystemClock system;
  MovableClock movable;
  const auto before = movable.steady();
  movable.move(48h);
  const auto ahead = movable.now() - system.now();
  EXPECT_GE(ahead, 48h - 1min);
  EXPECT_LE(ahead, 48h + 1min);
  EXPECT_LT(movable.steady() - before, 1min) << "timeouts must not expire because a demo moved its clock";
}

TEST(Clock, StandsStillWhereItIsFixed) {
  FixedClock clock(from_millis(1'700'000'000'000));
  EXPECT_EQ(to_millis(clock.now()), 1'700'000'000'000);
  clock.move(1500ms);
  EXPECT_EQ(to_millis(clock.now()), 1'700'000'001'500);
}

}  // namespace
}  // namespace waymark
