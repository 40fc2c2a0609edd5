#include "features/accounts/throttle/throttle_rules.hpp"

#include <gtest/gtest.h>

namespace waymark::accounts {
namespace {

constexpr Instant kStart{std::chrono::milliseconds{1'800'000'000'000}};
constexpr Limit kSix{"test", 6, 15min, 15min};

TEST(ThrottleRules, AdmitAsManyAtOnceAsThereAreTriesLeft) {
  ThrottleRow row;
  for (int i = 0; i < 6; ++i) EXPECT_EQ(admit(row, kSix, kStart), Admission::admitted);
  EXPECT_EQ(admit(row, kSix, kStart), Admission::full);
  settle_right(row, kSix);
  EXPECT_EQ(admit(row, kSix, kStart), Admission::admitted);
}

TEST(ThrottleRules, LockAfterTheLastWrongTryAndOpenAgainAfterTheLock) {
  ThrottleRow row;
  for (int i = 0; i < 6; ++i) {
    ASSERT_EQ(admit(row, kSix, kStart), Admission::admitted);
    settle_wrong(row, kSix, kStart);
  }
  EXPECT_EQ(admit(row, kSix, kStart), Admission::locked);
  EXPECT_EQ(row.locked_until, kStart + 15min);
  EXPECT_EQ(admit(row, kSix, kStart + 15min - 1ms), Admission::locked);
  EXPECT_EQ(admit(row, kSix, kStart + 15min), Admission::admitted);
  EXPECT_EQ(row.failures, 0);
}

TEST(ThrottleRules, ForgetWrongTriesWhenTheWindowEnds) {
  ThrottleRow row;
  admit(row, kSix, kStart);
  settle_wrong(row, kSix, kStart);
  let_time_pass(row, kSix, kStart + 15min - 1ms);
  EXPECT_EQ(row.failures, 1);
  let_time_pass(row, kSix, kStart + 15min);
  EXPECT_EQ(row.failures, 0);
}

TEST(ThrottleRules, CountAPlaceWhoseOutcomeNeverCameAsWrong) {
  ThrottleRow row;
  admit(row, kSix, kStart);
  let_time_pass(row, kSix, kStart + kPlaceLapses);
  EXPECT_EQ(row.places, 0);
  EXPECT_EQ(row.failures, 1);
}

TEST(ThrottleRules, SlowDownBeforeTheLock) {
  constexpr Limit limit{"test", 6, 15min, 15min, 4, 2s};
  ThrottleRow row;
  auto now = kStart;
  for (int i = 0; i < 4; ++i) {
    admit(row, limit, now);
    settle_wrong(row, limit, now);
  }
  EXPECT_EQ(admit(row, limit, now + 1s), Admission::locked);
  now += 2s;
  ASSERT_EQ(admit(row, limit, now), Admission::admitted);
  settle_wrong(row, limit, now);
  EXPECT_EQ(row.locked_until, now + 4s);
}

// Uses the limit up; until when it is locked.
Instant use_up(ThrottleRow& row, const Limit& limit, Instant now) {
  for (int i = 0; i < limit.tries_max; ++i) {
    EXPECT_EQ(admit(row, limit, now), Admission::admitted);
    settle_wrong(row, limit, now);
  }
  return row.locked_until.value();
}

TEST(ThrottleRules, LockLongerEachTimeUpToThirtyDays) {
  ThrottleRow row;
  auto now = kStart;
  EXPECT_EQ(use_up(row, kSignInTriesFromNetwork, now) - now, 12h);
  now += 12h;
  EXPECT_EQ(use_up(row, kSignInTriesFromNetwork, now) - now, 12h + 72min);
  now = *row.locked_until;
  admit(row, kSignInTriesFromNetwork, now);
  settle_wrong(row, kSignInTriesFromNetwork, now);
  let_time_pass(row, kSignInTriesFromNetwork, now + 14h);
  EXPECT_EQ(row.failures, 1) << "the window has grown as well";
  EXPECT_GE(forget_at(row, kSignInTriesFromNetwork, now).value(), now + 24h * 30);
  settle_right(row, kSignInTriesFromNetwork);
  EXPECT_EQ(use_up(row, kSignInTriesFromNetwork, now) - now, 12h) << "a right try ends it";
  for (int i = 0; i < 60; ++i) use_up(row, kSignInTriesFromNetwork, *row.locked_until);
  now = *row.locked_until;
  EXPECT_EQ(use_up(row, kSignInTriesFromNetwork, now) - now, 24h * 30);
}

TEST(ThrottleRules, KeepAnAuthenticatorOffForGood) {
  ThrottleRow row;
  for (int i = 0; i < kAuthenticatorTries.tries_max; ++i) {
    admit(row, kAuthenticatorTries, kStart);
    settle_wrong(row, kAuthenticatorTries, kStart);
  }
  EXPECT_EQ(admit(row, kAuthenticatorTries, kStart + std::chrono::years{20}), Admission::locked);
  EXPECT_GT(forget_at(row, kAuthenticatorTries, kStart).value(), kStart + std::chrono::years{1000});
}

TEST(ThrottleRules, CountEventsUntilTheWindowEnds) {
  ThrottleRow row;
  EXPECT_TRUE(count_event(row, kCodesInTenSeconds, kStart));
  EXPECT_TRUE(count_event(row, kCodesInTenSeconds, kStart + 4s));
  EXPECT_FALSE(count_event(row, kCodesInTenSeconds, kStart + 9s));
  EXPECT_TRUE(count_event(row, kCodesInTenSeconds, kStart + 10s));
}

TEST(ThrottleRules, NeverForgetARowThatStillSaysSomething) {
  ThrottleRow row;
  admit(row, kSix, kStart);
  settle_wrong(row, kSix, kStart);
  EXPECT_GE(forget_at(row, kSix, kStart).value(), kStart + 15min);
  settle_right(row, kSix);
  EXPECT_EQ(forget_at(row, kSix, kStart), kStart);
}

}  // namespace
}  // namespace waymark::accounts
