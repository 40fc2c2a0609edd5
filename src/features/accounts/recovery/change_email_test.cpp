#include "features/accounts/recovery/change_email.hpp"

#include <gmock/gmock.h>

#include <atomic>

#include "features/accounts/recovery/end_everything.hpp"
#include "features/accounts/recovery/waits.hpp"
#include "support/signing_in.hpp"

namespace waymark::accounts {
namespace {

using testing::argument_of;
using testing::in_threads;
using testing::refusal_of;

class ChangeEmailContract : public testing::WithAna {
 protected:
  EmailChanger changer() { return {.account = ana().account, .peer = "203.0.113.9", .language = "en"}; }
  void move(std::chrono::milliseconds by) { ana().bed.clock.move(by); }

  struct Codes {
    std::string fresh, old;
  };
  Codes start(const std::string& email = "ana.new@example.org") {
    ana().bed.take_told();
    EXPECT_TRUE(start_email_change(accounts(), changer(), email));
    Codes codes;
    for (const auto& telling : ana().bed.take_told()) {
      if (telling.kind == "accounts.new_email_code") codes.fresh = argument_of(telling, "code");
      if (telling.kind == "accounts.old_email_code") codes.old = argument_of(telling, "code");
    }
    return codes;
  }
  std::string email_now() { return accounts().store.load_profile(*database().snapshot(), ana().account).email.address; }
  EmailStep step() { return find_email_step(accounts(), *database().snapshot(), ana().account, ana().bed.clock.now()); }
  static bool is(const Result<EmailStep>& result, EmailStep wanted) { return result && *result == wanted; }
};

TEST_P(ChangeEmailContract, BothCodesChangeTheAddressAtOnceAndTheOldOneIsToldWithALink) {
  const auto codes = start();
  EXPECT_TRUE(is(prove_new_email(accounts(), changer(), codes.fresh), EmailStep::old_code));
  EXPECT_EQ(email_now(), "ana@example.org");
  EXPECT_TRUE(is(prove_old_email(accounts(), changer(), codes.old), EmailStep::changed));
  EXPECT_EQ(email_now(), "ana.new@example.org");
  const auto told = ana().bed.take_told();
  ASSERT_EQ(told.size(), 2U);
  EXPECT_EQ(told[1].email, "ana@example.org");
  EXPECT_FALSE(argument_of(told[1], "link").empty());
  EXPECT_EQ(refusal_of(ana().give(testing::kGoodPassword)), "accounts.error.sign_in_wrong_email");
  EXPECT_TRUE(ana().give(testing::kGoodPassword, "203.0.113.9", "ana.new@example.org"));
}

TEST_P(ChangeEmailContract, ItsCodesAreGoodForTenMinutesAndItselfForThirty) {
  const auto codes = start();
  move(kCodeLifetime);
  EXPECT_EQ(refusal_of(prove_new_email(accounts(), changer(), codes.fresh)), "accounts.error.code_expired");
  EXPECT_EQ(step(), EmailStep::new_code);
  move(20min);
  EXPECT_EQ(step(), EmailStep::nothing);
  EXPECT_EQ(email_now(), "ana@example.org");
}

TEST_P(ChangeEmailContract, SendsTwoMailsInTenSecondsAtMost) {
  for (int i = 0; i < 2; ++i) EXPECT_TRUE(start_email_change(accounts(), changer(), "ana.new@example.org"));
  ana().bed.take_told();
  const auto third = start_email_change(accounts(), changer(), "ana.new@example.org");
  ASSERT_FALSE(third);
  EXPECT_EQ(third.error().kind, FailureKind::too_many);
  EXPECT_TRUE(ana().bed.take_told().empty());
}

TEST_P(ChangeEmailContract, TheOldAddressMayLockTheAccountAndNotTakeItBack) {
  const auto codes = start();
  ASSERT_TRUE(prove_new_email(accounts(), changer(), codes.fresh));
  ASSERT_TRUE(prove_old_email(accounts(), changer(), codes.old));
  const auto token = argument_of(ana().bed.take_told().at(1), "link").substr(std::string("/link/").size());
  move(kMailLinkLifetime - 1ms);
  const auto link = find_mail_link(*database().snapshot(), token, ana().bed.clock.now());
  ASSERT_TRUE(link);
  EXPECT_TRUE(lock_by_owner(accounts(), *link));
  EXPECT_EQ(email_now(), "ana.new@example.org");
  EXPECT_EQ(refusal_of(ana().give(testing::kGoodPassword, "203.0.113.9", "ana.new@example.org")),
            "accounts.error.locked_by_owner");
}

TEST_P(ChangeEmailContract, Incident_I23_ACodeProvesOnlyTheAddressThatItWasSentTo) {
  const auto mine = start("ana.new@example.org");
  move(1min);
  const auto other = start("victim@example.org");
  EXPECT_EQ(refusal_of(prove_new_email(accounts(), changer(), mine.fresh)), "accounts.error.code_wrong");
  EXPECT_EQ(refusal_of(prove_new_email(accounts(), changer(), other.old)), "accounts.error.code_wrong");
  EXPECT_EQ(step(), EmailStep::new_code);
  EXPECT_TRUE(is(prove_new_email(accounts(), changer(), other.fresh), EmailStep::old_code));
  EXPECT_EQ(refusal_of(prove_old_email(accounts(), changer(), mine.old)), "accounts.error.code_wrong");
}

TEST_P(ChangeEmailContract, NoStepIsLeftOutOrRepeated) {
  const auto codes = start();
  EXPECT_TRUE(is(prove_old_email(accounts(), changer(), codes.old), EmailStep::nothing));
  EXPECT_TRUE(
      is(change_email_without_old(accounts(), changer(), RecoveryFactor::totp, ana().app_code()), EmailStep::nothing));
  EXPECT_TRUE(is(finish_email_change(accounts(), changer()), EmailStep::nothing));
  EXPECT_TRUE(is(prove_new_email(accounts(), changer(), codes.fresh), EmailStep::old_code));
  EXPECT_TRUE(is(prove_new_email(accounts(), changer(), codes.fresh), EmailStep::nothing));
  EXPECT_TRUE(is(prove_old_email(accounts(), changer(), codes.old), EmailStep::changed));
  EXPECT_TRUE(is(prove_old_email(accounts(), changer(), codes.old), EmailStep::nothing));
}

TEST_P(ChangeEmailContract, WithoutTheOldAddressItTakesASecondFactorAndADay) {
  const auto codes = start();
  ASSERT_TRUE(prove_new_email(accounts(), changer(), codes.fresh));
  EXPECT_EQ(refusal_of(change_email_without_old(accounts(), changer(), RecoveryFactor::totp, ana().wrong_app_code())),
            "accounts.error.totp_wrong");
  EXPECT_EQ(ana().failures(kSecondFactorTries, ana().subject()), 1);
  EXPECT_TRUE(
      is(change_email_without_old(accounts(), changer(), RecoveryFactor::totp, ana().app_code()), EmailStep::waits));
  const auto told = ana().bed.take_told();
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].kind, "accounts.wait_started");
  EXPECT_EQ(told[0].email, "") << "the address that the account has: the old one";
  EXPECT_TRUE(is(finish_email_change(accounts(), changer()), EmailStep::nothing));
  move(kWaitLasts);
  EXPECT_EQ(step(), EmailStep::waits);
  EXPECT_TRUE(is(finish_email_change(accounts(), changer()), EmailStep::changed));
  EXPECT_EQ(email_now(), "ana.new@example.org");
}

TEST_P(ChangeEmailContract, ABackupCodeThatGetsNoTurnToBeHashedIsNoTry) {
  const auto codes = start();
  ASSERT_TRUE(prove_new_email(accounts(), changer(), codes.fresh));
  {
    testing::FullHasher full;
    Accounts crowded(ana().bed.parts_with(database(), full.hasher));
    const auto refused =
        change_email_without_old(crowded, changer(), RecoveryFactor::backup_code, ana().backup_codes[0]);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, FailureKind::unavailable);
  }
  EXPECT_EQ(ana().factor_failures(), 0);
  EXPECT_TRUE(is(change_email_without_old(accounts(), changer(), RecoveryFactor::backup_code, ana().backup_codes[0]),
                 EmailStep::waits));
}

TEST_P(ChangeEmailContract, WhatWaitsCanBeGivenUp) {
  const auto codes = start();
  ASSERT_TRUE(prove_new_email(accounts(), changer(), codes.fresh));
  ASSERT_TRUE(change_email_without_old(accounts(), changer(), RecoveryFactor::backup_code, ana().backup_codes.front()));
  give_up_email_change(accounts(), changer());
  EXPECT_EQ(step(), EmailStep::nothing);
  move(kWaitLasts);
  EXPECT_TRUE(is(finish_email_change(accounts(), changer()), EmailStep::nothing));
  EXPECT_EQ(email_now(), "ana@example.org");
}

TEST_P(ChangeEmailContract, AnAddressThatHasAnAccountLooksTheSameAndItsOwnerIsTold) {
  testing::SigningUp bob{.bed = ana().bed, .email = "bob@example.org"};
  const auto bobs = bob.finish();
  move(1min);
  ana().bed.take_told();
  EXPECT_TRUE(is(start_email_change(accounts(), changer(), "Bob@example.org"), EmailStep::new_code));
  const auto told = ana().bed.take_told();
  ASSERT_EQ(told.size(), 2U);
  EXPECT_EQ(told[0].kind, "accounts.email_change_known_address");
  EXPECT_EQ(told[0].account, bobs);
  EXPECT_EQ(argument_of(told[0], "code"), "");
  EXPECT_EQ(refusal_of(prove_new_email(accounts(), changer(), "123456")), "accounts.error.code_wrong");
}

TEST_P(ChangeEmailContract, Incident_I31_OnlyOneAddressIsTaken) {
  for (const std::string_view bad : {"a@example.org,b@example.org", "a@example.org\r\nBcc: b@example.org", "a@b@c.org",
                                     "", "=?utf-8?q?a?=@example.org b@example.org"}) {
    EXPECT_EQ(refusal_of(start_email_change(accounts(), changer(), bad)), "accounts.error.email_form") << bad;
  }
  EXPECT_EQ(refusal_of(start_email_change(accounts(), changer(), "ANA@example.org")), "accounts.error.email_is_yours");
}

TEST_P(ChangeEmailContract, TheSharedCountOfEmailedCodesStopsGuesses) {
  int guesses = 0;
  for (int flow = 0; flow < 6; ++flow) {
    move(6min);
    const auto codes = start();
    for (int i = 0; i < 3; ++i) {
      if (refusal_of(prove_new_email(accounts(), changer(), testing::another_code(codes.fresh))) ==
          "accounts.error.code_wrong")
        ++guesses;
    }
  }
  EXPECT_EQ(guesses, kEmailCodeTries.tries_max);
}

TEST_P(ChangeEmailContract, OfTwoAccountsThatRaceForOneAddressOneWins) {
  testing::SigningUp bob{.bed = ana().bed, .email = "bob@example.org"};
  const auto bobs = bob.finish();
  for (int round = 0; round < testing::race_rounds(20); ++round) {
    const auto wanted = Email{fmt::format("new{}@example.org", round), fmt::format("new{}@example.org", round)};
    std::atomic<int> winners{0};
    in_threads(64, [&](int i) {
      try {
        if (database().write([&](db::Transaction& tx) {
              return accounts().store.replace_email(tx, i % 2 == 0 ? ana().account : bobs, wanted);
            }))
          winners |= i % 2 == 0 ? 1 : 2;
      } catch (const db::ConstraintViolation&) {
      }
    });
    ASSERT_TRUE(winners.load() == 1 || winners.load() == 2) << winners.load();
  }
}

TEST_P(ChangeEmailContract, OfManyWhoGiveTheOldCodeAtOnceOneWins) {
  for (int round = 0; round < testing::race_rounds(10); ++round) {
    move(1h);
    const auto codes = start(fmt::format("new{}@example.org", round));
    ASSERT_TRUE(prove_new_email(accounts(), changer(), codes.fresh));
    std::atomic<int> winners{0};
    in_threads(9, [&](int) {
      if (is(prove_old_email(accounts(), changer(), codes.old), EmailStep::changed)) ++winners;
    });
    ASSERT_EQ(winners.load(), 1);
  }
}

ON_BOTH_DATABASES(ChangeEmailContract);

}  // namespace
}  // namespace waymark::accounts
