// How often somebody may guess, and what a lock stops and does not stop.
#include <atomic>

#include "support/signing_in.hpp"

namespace waymark::accounts {
namespace {

using testing::kGoodPassword;
using testing::kWrongPassword;
using testing::refusal_of;

class SignInLimits : public testing::WithAna {
 protected:
  FixedClock& clock() { return ana().bed.clock; }
  void lock_second_factor(const SessionKey& half) {
    for (int i = 0; i < 5; ++i) ana().prove(half, ana().wrong_app_code());
    clock().move(2s);
    ana().prove(half, ana().wrong_app_code());
  }
};
ON_BOTH_DATABASES(SignInLimits);

TEST_P(SignInLimits, LocksAfterSixWrongPasswordsForAQuarterOfAnHour) {
  for (int i = 0; i < 5; ++i) EXPECT_EQ(refusal_of(ana().give(kWrongPassword)), "accounts.error.sign_in_wrong_email");
  const auto slowed = ana().give(kGoodPassword);
  ASSERT_FALSE(slowed);
  EXPECT_EQ(slowed.error().kind, FailureKind::too_many);
  EXPECT_EQ(slowed.error().retry_after, 2s);
  EXPECT_TRUE(ana().told_kinds().empty());
  clock().move(2s);
  EXPECT_EQ(refusal_of(ana().give(kWrongPassword)), "accounts.error.sign_in_wrong_email");
  const auto locked = ana().give(kGoodPassword);
  ASSERT_FALSE(locked);
  EXPECT_EQ(refusal_of(locked), "accounts.error.sign_in_locked");
  EXPECT_EQ(locked.error().retry_after, 15min);
  const auto told = ana().bed.take_told();
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].kind, "accounts.sign_in_locked");
  EXPECT_EQ(told[0].account, ana().account);
  EXPECT_EQ(testing::argument_of(told[0], "minutes"), "15");
  clock().move(15min - 1s);
  EXPECT_FALSE(ana().give(kGoodPassword));
  clock().move(1s);
  EXPECT_TRUE(ana().give(kGoodPassword));
  EXPECT_TRUE(ana().told_kinds().empty());
}

TEST_P(SignInLimits, ForgetsWrongPasswordsAfterTheRightOne) {
  for (int i = 0; i < 4; ++i) ana().give(kWrongPassword);
  EXPECT_EQ(ana().sign_in_failures(), 4);
  ana().half();
  EXPECT_EQ(ana().sign_in_failures(), 0);
  EXPECT_EQ(ana().failures(kNetworkTries, "203.0.113.9"), 4) << "the network's wrong tries stay";
}

TEST_P(SignInLimits, Incident_I30_JohnAndJOHNShareOneBudget) {
  const std::vector<std::string> spellings{"ana@example.org", "ANA@example.org", " Ana@EXAMPLE.org ",
                                           "aNa@Example.Org"};
  for (int i = 0; i < 5; ++i) ana().give(kWrongPassword, "203.0.113.9", spellings[static_cast<std::size_t>(i) % 4]);
  EXPECT_EQ(ana().sign_in_failures(), 5);
  EXPECT_EQ(refusal_of(ana().give(kGoodPassword, "203.0.113.9", "AnA@example.org")), "accounts.error.sign_in_locked");
  clock().move(2s);
  EXPECT_TRUE(ana().give(kGoodPassword, "203.0.113.9", "AnA@example.org"));
}

TEST_P(SignInLimits, Incident_I03_AThousandNetworksShareOneBudget) {
  std::atomic<int> checked{0};
  testing::in_threads(40, [&](int thread) {
    for (int i = 0; i < 25; ++i) {
      const auto answer = ana().give(kWrongPassword, fmt::format("198.51.{}.{}", thread, i));
      if (answer.error().kind == FailureKind::bad_input) ++checked;
    }
  });
  EXPECT_LE(checked.load(), kSignInTries.tries_max);
  EXPECT_EQ(ana().sign_in_failures(), checked.load());
  EXPECT_FALSE(ana().give(kGoodPassword, "192.0.2.1"));
}

TEST_P(SignInLimits, OneNetworkMayFailAtManyAddressesOnlySoOften) {
  testing::in_threads(20, [&](int thread) {
    for (int i = 0; i < kNetworkTries.tries_max / 20; ++i) {
      const auto email = fmt::format("p{}-{}@example.org", thread, i);
      ana().give(kWrongPassword, fmt::format("2001:db8:1:2::{:x}:{:x}", thread, i + 1), email);
    }
  });
  const auto refused = ana().give(kGoodPassword, "2001:db8:1:2:ffff::1");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, FailureKind::too_many);
  EXPECT_EQ(refused.error().retry_after, 1h);
  EXPECT_TRUE(ana().give(kGoodPassword, "2001:db8:1:3::1"));
}

TEST_P(SignInLimits, OneNetworkMayFailAtOneAddressFiftyTimesInHalfADay) {
  int checked = 0;
  for (int i = 0; i < 70; ++i) {
    if (ana().give(kWrongPassword).error().kind == FailureKind::bad_input) ++checked;
    if (i % 6 == 4) clock().move(2s);
    if (i % 6 == 5) clock().move(15min);
  }
  EXPECT_EQ(checked, kSignInTriesFromNetwork.tries_max);
  EXPECT_FALSE(ana().give(kGoodPassword));
  EXPECT_TRUE(ana().give(kGoodPassword, "198.51.100.1"));
  ana().forget_tries();
  EXPECT_TRUE(ana().give(kGoodPassword)) << "the office knows no network, and unlocks them all";
}

TEST_P(SignInLimits, Incident_I08_EachWayOfProvingIsLimited) {
  const auto half = ana().half();
  lock_second_factor(half);
  for (const auto& answer :
       {ana().prove(half, ana().app_code()), ana().prove_by_backup_code(half, ana().backup_codes[0])}) {
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, FailureKind::too_many);
    EXPECT_EQ(answer.error().retry_after, 15min);
  }
  EXPECT_EQ(ana().told_kinds(), std::vector<std::string>{"accounts.second_factor_locked"});
  // A new half session is no new budget.
  EXPECT_FALSE(ana().prove(ana().half(), ana().app_code()));
  ana().forget_tries();
  const auto other = ana().half();
  for (int i = 0; i < 4; ++i) ana().prove_by_backup_code(other, "00000-00000-0000" + std::to_string(i));
  EXPECT_EQ(ana().factor_failures(), 4);
  for (int i = 0; i < 6; ++i) {
    check_password(accounts(), ana().account, kWrongPassword);
    if (i == 4) clock().move(2s);
  }
  EXPECT_EQ(refusal_of(check_password(accounts(), ana().account, kGoodPassword)), "accounts.error.too_many_tries");
  EXPECT_EQ(ana().told_kinds(), std::vector<std::string>{"accounts.prove_again_locked"});
}

TEST_P(SignInLimits, ASecondFactorGuessedAtAHundredTimesIsOffAndTheOtherIsNot) {
  int checked = 0;
  for (int i = 0; checked < kAuthenticatorTries.tries_max; ++i) {
    ASSERT_LT(i, 200);
    const auto answer = ana().prove(ana().halves(1)[0], ana().wrong_app_code());
    if (refusal_of(answer) == "accounts.error.totp_wrong") ++checked;
    clock().move(answer.error().retry_after.value_or(0s));
  }
  const auto told = ana().told_kinds();
  EXPECT_EQ(std::ranges::count(told, "accounts.authenticator_off"), 1);
  clock().move(24h * 365);
  const auto off = ana().prove(ana().half(), ana().app_code());
  ASSERT_FALSE(off);
  EXPECT_EQ(off.error().kind, FailureKind::forbidden);
  EXPECT_EQ(refusal_of(off), "accounts.error.authenticator_off");
  EXPECT_FALSE(off.error().retry_after);
  EXPECT_TRUE(ana().prove_by_backup_code(ana().half(), ana().backup_codes[0]));
  EXPECT_FALSE(ana().prove(ana().half(), ana().app_code())) << "a right backup code does not switch the app on";
  ana().forget_tries();
  EXPECT_TRUE(ana().prove(ana().half(), ana().app_code()));
}

TEST_P(SignInLimits, Incident_I15_StrangersFailuresDontStopWhoIsSignedIn) {
  ana().lock_sign_in();
  EXPECT_FALSE(ana().give(kGoodPassword));
  EXPECT_TRUE(check_password(accounts(), ana().account, kGoodPassword));
}

TEST_P(SignInLimits, UnlockingForgetsTheTries) {
  const auto half = ana().half();
  ana().lock_sign_in();
  lock_second_factor(half);
  EXPECT_FALSE(ana().give(kGoodPassword));
  EXPECT_FALSE(ana().prove(half, ana().app_code()));
  ana().forget_tries();
  EXPECT_TRUE(ana().prove(ana().half(), ana().app_code()));
}

}  // namespace
}  // namespace waymark::accounts
