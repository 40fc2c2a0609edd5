// Many tries at once: each is run many times, and under ThreadSanitizer too (./test races).
#include <atomic>

#include "features/accounts/factors/backup_code_hashes.hpp"
#include "features/accounts/factors/backup_codes.hpp"
#include "support/signing_in.hpp"

namespace waymark::accounts {
namespace {

using testing::in_threads;
using testing::refusal_of;

class SignInRace : public testing::WithAna {
 protected:
  static int rounds() { return testing::race_rounds(50); }
  // Where a round hashes a password a hundred times.
  static int few_rounds() { return std::max(1, rounds() / 10); }
  void put_new_backup_codes() {
    auto& hers = accounts();
    ana().backup_codes = make_backup_codes(hers.parts.random);
    const auto set = make_backup_code_set(hers, ana().backup_codes).value();
    database().write([&](db::Transaction& tx) {
      hers.factors.delete_backup_codes(tx, ana().account);
      hers.factors.add_backup_codes(tx, ana().account, set, ana().bed.clock.now());
    });
  }
};

TEST_P(SignInRace, Incident_I01_FiftySessionsWithTenGuessesEachAreNoMoreThanTheCap) {
  for (int round = 0; round < few_rounds(); ++round) {
    const auto halves = ana().halves(50);
    const auto wrong = ana().wrong_app_code();
    std::atomic<int> checked{0};
    in_threads(50, [&](int i) {
      for (int guess = 0; guess < 10; ++guess) {
        const auto answer = ana().prove(halves[static_cast<std::size_t>(i)], wrong);
        ASSERT_FALSE(answer);
        if (refusal_of(answer) == "accounts.error.totp_wrong") ++checked;
      }
    });
    EXPECT_LE(checked.load(), kSecondFactorTries.tries_max);
    EXPECT_GE(checked.load(), kSecondFactorTries.slow_from);
    EXPECT_EQ(ana().failures(kSecondFactorTries, ana().subject()), checked.load());
    ana().forget_tries();
  }
}

TEST_P(SignInRace, Incident_I02_TwoThousandPasswordsAtOnceAreNoMoreThanTheCap) {
  std::atomic<int> checked{0};
  in_threads(100, [&](int i) {
    for (int guess = 0; guess < 20; ++guess) {
      const auto answer = ana().give(testing::kWrongPassword, fmt::format("198.51.{}.{}", guess, i));
      ASSERT_FALSE(answer);
      if (answer.error().kind == FailureKind::bad_input) ++checked;
    }
  });
  EXPECT_LE(checked.load(), kSignInTries.tries_max);
  EXPECT_GE(checked.load(), kSignInTries.slow_from);
  EXPECT_EQ(ana().failures(kSignInTries, "ana@example.org"), checked.load());
}

TEST_P(SignInRace, Incident_I07_CountersEqualTheAttemptsUnderAHundredThreads) {
  for (int round = 0; round < few_rounds(); ++round) {
    const auto peer = fmt::format("198.51.100.{}", round % 250);
    in_threads(100, [&](int i) {
      const auto email = fmt::format("p{}-{}@example.org", round, i);
      ASSERT_EQ(refusal_of(ana().give(testing::kWrongPassword, peer, email)), "accounts.error.sign_in_wrong_email");
      ASSERT_EQ(ana().failures(kSignInTries, email), 1);
    });
    EXPECT_EQ(ana().failures(kNetworkTries, peer), 100);
    ana().bed.clock.move(1h);
  }
}

TEST_P(SignInRace, Incident_I04_TwoHundredWrongPasswordsInParallelCountAsTwoHundred) {
  in_threads(200, [&](int i) {
    ana().give(testing::kWrongPassword, "198.51.100.7", fmt::format("person{}@example.org", i % 50));
  });
  EXPECT_EQ(ana().failures(kNetworkTries, "198.51.100.7"), 200);
  for (int i = 0; i < 50; ++i) EXPECT_EQ(ana().failures(kSignInTries, fmt::format("person{}@example.org", i)), 4);
}

TEST_P(SignInRace, TwentyRightPasswordsAtOnceAllPass) {
  for (int round = 0; round < few_rounds(); ++round) {
    std::atomic<int> passed{0};
    in_threads(20, [&](int) { passed += ana().give(testing::kGoodPassword).has_value() ? 1 : 0; });
    EXPECT_EQ(passed.load(), 20);
    EXPECT_EQ(ana().failures(kSignInTries, "ana@example.org"), 0);
    EXPECT_EQ(ana().failures(kNetworkTries, "203.0.113.9"), 0);
  }
}

TEST_P(SignInRace, Incident_I10_OneAppCodeTypedInFiftyPlacesAtOnceIsGoodOnce) {
  for (int round = 0; round < rounds(); ++round) {
    ana().bed.clock.move(90s);
    const auto halves = ana().halves(50);
    const auto code = ana().app_code();
    std::atomic<int> passed{0};
    std::atomic<int> refused{0};
    in_threads(50, [&](int i) {
      const auto answer = ana().prove(halves[static_cast<std::size_t>(i)], code);
      const auto why = refusal_of(answer);
      if (answer) ++passed;
      if (why == "accounts.error.totp_used" || why == "accounts.error.too_many_tries") ++refused;
    });
    ASSERT_EQ(passed.load(), 1);
    ASSERT_EQ(refused.load(), 49);
    ASSERT_EQ(refusal_of(ana().prove(ana().halves(1)[0], ana().app_code(-30s))), "accounts.error.totp_used");
    ASSERT_EQ(ana().failures(kSecondFactorTries, ana().subject()), 0);
  }
}

TEST_P(SignInRace, OneBackupCodeTypedInSixtyFourPlacesAtOnceIsGoodOnce) {
  for (int round = 0; round < rounds(); ++round) {
    const auto codes = static_cast<int>(kBackupCodeCount);
    if (round > 0 && round % codes == 0) put_new_backup_codes();
    const auto halves = ana().halves(64);
    const auto code = ana().backup_codes[static_cast<std::size_t>(round % codes)];
    std::atomic<int> passed{0};
    in_threads(64, [&](int i) {
      passed += ana().prove_by_backup_code(halves[static_cast<std::size_t>(i)], code).has_value() ? 1 : 0;
    });
    ASSERT_EQ(passed.load(), 1);
    ASSERT_EQ(accounts().factors.count_unused_backup_codes(*database().snapshot(), ana().account),
              codes - 1 - round % codes);
    ana().forget_tries();
  }
}

TEST_P(SignInRace, OneHalfSessionIsRaisedOnceAndTheOtherCodesStayGood) {
  const auto half = ana().half();
  std::atomic<int> passed{0};
  std::atomic<int> gone{0};
  in_threads(6, [&](int i) {
    const auto answer = ana().prove_by_backup_code(half, ana().backup_codes[static_cast<std::size_t>(i)]);
    if (answer) ++passed;
    if (refusal_of(answer) == "accounts.error.sign_in_anew") ++gone;
  });
  EXPECT_EQ(passed.load(), 1);
  EXPECT_EQ(gone.load(), 5);
  EXPECT_EQ(accounts().factors.count_unused_backup_codes(*database().snapshot(), ana().account), 9);
}

TEST_P(SignInRace, ExactlyOneOfTheLastTriesAtOnceIsTheLast) {
  for (int round = 0; round < few_rounds(); ++round) {
    const auto email = fmt::format("p{}@example.org", round);
    std::vector<TryPlace> places;
    for (int i = 0; i < kSignInTries.tries_max; ++i) {
      places.push_back(accounts().throttle.reserve(kSignInTries, email).value());
    }
    std::atomic<int> last{0};
    in_threads(kSignInTries.tries_max, [&](int i) { last += places[static_cast<std::size_t>(i)].wrong() ? 1 : 0; });
    EXPECT_EQ(last.load(), 1);
  }
}

TEST_P(SignInRace, TheOwnerIsToldOfEachLockOnce) {
  for (int round = 0; round < few_rounds(); ++round) {
    in_threads(12, [&](int) { ana().give(testing::kWrongPassword); });
    const bool is_locked = ana().failures(kSignInTries, "ana@example.org") == kSignInTries.tries_max;
    EXPECT_EQ(ana().told_kinds().size(), is_locked ? 1U : 0U);
    ana().bed.clock.move(15min);
    ana().forget_tries();  // or a hundred in all switch the password off
  }
}

TEST_P(SignInRace, Incident_I14_AnAccountLockedMeanwhileIsNeverSignedIn) {
  for (int round = 0; round < rounds(); ++round) {
    ana().bed.clock.move(90s);
    const auto half = ana().halves(1)[0];
    const auto code = ana().app_code();
    const auto audit_id = ana().bed.ids.next_value();
    std::optional<SessionKey> raised;
    in_threads(2, [&](int i) {
      if (i == 0) {
        if (const auto answer = ana().prove(half, code)) raised = *answer;
        return;
      }
      database().write([&](db::Transaction& tx) {
        accounts().store.set_locked(tx, ana().account, true);
        accounts().sessions.end_all(tx, ana().account, SessionId{}, audit_id, ana().bed.clock.now());
      });
    });
    ana().set_locked(false);  // what was ended stays ended
    ASSERT_EQ(ana().standing(half), web::Standing::stranger);
    if (raised) {
      ASSERT_EQ(ana().standing(*raised), web::Standing::stranger);
    }
  }
}

ON_BOTH_DATABASES(SignInRace);

}  // namespace
}  // namespace waymark::accounts
