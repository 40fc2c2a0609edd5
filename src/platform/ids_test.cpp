#include "platform/ids.hpp"

#include <gtest/gtest.h>

#include <set>
#include <thread>

namespace waymark {
namespace {

using namespace std::chrono_literals;

constexpr Instant kNoon{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + 12h};

TEST(Ids, GrowEvenWhenTheClockStandsStillOrGoesBack) {
  FixedClock clock(kNoon);
  IdSource ids(clock, 3);
  std::int64_t last = 0;
  for (int i = 0; i < 20'000; ++i) {
    if (i == 10'000) clock.move(-1h);
    const auto next = ids.next<CaseId>();
    ASSERT_GT(next.value, last);
    last = next.value;
  }
}

TEST(Ids, GrowWithTime) {
  FixedClock clock(kNoon);
  IdSource early(clock, 1023);
  const auto before = early.next_value();
  clock.move(1ms);
  IdSource late(clock, 0);
  EXPECT_GT(late.next_value(), before);
}

TEST(Ids, OfTwoNodesNeverMeet) {
  FixedClock clock(kNoon);
  IdSource one(clock, 0);
  IdSource other(clock, 1);
  std::set<std::int64_t> seen;
  for (int i = 0; i < 4000; ++i) {
    EXPECT_TRUE(seen.insert(one.next_value()).second);
    EXPECT_TRUE(seen.insert(other.next_value()).second);
  }
}

TEST(Ids, ArePositiveEvenBeforeTheirFirstYear) {
  FixedClock clock(from_millis(0));
  IdSource ids(clock, 0);
  const auto first = ids.next_value();
  EXPECT_GT(first, 0);
  EXPECT_GT(ids.next_value(), first);
}

TEST(Ids, OfManyThreadsNeverMeet) {
  FixedClock clock(kNoon);
  IdSource ids(clock, 0);
  std::array<std::vector<std::int64_t>, 4> made;
  {
    std::vector<std::jthread> threads;
    for (auto& mine : made) {
      threads.emplace_back([&ids, &mine] {
        for (int i = 0; i < 5000; ++i) mine.push_back(ids.next_value());
      });
    }
  }
  std::set<std::int64_t> all;
  for (const auto& mine : made) all.insert(mine.begin(), mine.end());
  EXPECT_EQ(all.size(), 20'000U);
}

}  // namespace
}  // namespace waymark
