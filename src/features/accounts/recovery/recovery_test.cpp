#include "features/accounts/recovery/recovery.hpp"

#include <gmock/gmock.h>

#include <atomic>

#include "features/accounts/devices/device_store.hpp"
#include "features/accounts/recovery/vouching.hpp"
#include "features/accounts/recovery/waits.hpp"
#include "support/getting_back.hpp"

namespace waymark::accounts {
namespace {

using testing::argument_of;
using ::testing::ElementsAre;
using testing::GettingBack;
using testing::in_threads;
using testing::kNewPassword;
using testing::refusal_of;

class RecoveryContract : public testing::WithAna {
 protected:
  GettingBack browser() { return GettingBack{.ana = ana()}; }
  GettingBack lost() {
    auto browser = GettingBack{.ana = ana()};
    browser.asker.purpose = RecoveryPurpose::second_factor;
    return browser;
  }
  void move(std::chrono::milliseconds by) { ana().bed.clock.move(by); }
  PhoneId add_phone() { return testing::add_phone_that_signs_in(ana()); }
  // As far as the new app: vouched for, and the day is over.
  GettingBack vouched() {
    auto first = lost();
    EXPECT_EQ(first.give_code(first.start()), "");
    EXPECT_EQ(first.give_password(testing::kGoodPassword), "");
    EXPECT_EQ(vouch_as_operator(accounts(), ana().account, "kim"), Vouching::first_of_two);
    EXPECT_EQ(vouch_as_operator(accounts(), ana().account, "lee"), Vouching::wait_started);
    move(kWaitLasts);
    auto later = lost();
    EXPECT_EQ(later.give_code(later.start()), "");
    EXPECT_EQ(later.give_password(testing::kGoodPassword), "");
    return later;
  }
};

TEST_P(RecoveryContract, ANewPasswordTakesTheEmailedCodeAndTheSecondFactor) {
  const auto old = ana().prove(ana().half(), ana().app_code()).value();
  move(1min);
  auto browser = this->browser();
  browser.prove_address();
  EXPECT_EQ(browser.give_factor(ana().app_code()), "");
  ana().bed.take_told();
  EXPECT_EQ(browser.choose(), "finished");
  EXPECT_EQ(browser.step(), "none");
  EXPECT_EQ(ana().standing(old), web::Standing::stranger) << "every session ends";
  EXPECT_TRUE(list_devices(*database().snapshot(), ana().account).empty());
  const auto told = ana().bed.take_told();
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].kind, "accounts.password_recovered");
  EXPECT_FALSE(argument_of(told[0], "link").empty());
  EXPECT_FALSE(ana().give(testing::kGoodPassword));
  EXPECT_TRUE(ana().give(kNewPassword));
}

TEST_P(RecoveryContract, Incident_I17_AResetGivesNoSessionAndNoneWithoutTheSecondFactor) {
  auto browser = this->browser();
  browser.prove_address();
  EXPECT_EQ(browser.choose(), "") << "out of turn: nothing happens";
  EXPECT_EQ(browser.step(), "second_factor");
  EXPECT_TRUE(ana().give(testing::kGoodPassword)) << "the old password is still the one";
  EXPECT_EQ(browser.give_factor(ana().wrong_app_code()), "accounts.error.totp_wrong");
  EXPECT_EQ(browser.give_factor(ana().app_code()), "");
  const auto before = list_living_sessions(*database().snapshot(), ana().account, ana().bed.clock.now()).size();
  EXPECT_EQ(browser.choose(), "finished");
  EXPECT_LE(list_living_sessions(*database().snapshot(), ana().account, ana().bed.clock.now()).size(), before);
  const auto signed_in = ana().give(kNewPassword);
  ASSERT_TRUE(signed_in);
  EXPECT_EQ(ana().standing(*signed_in->session), web::Standing::half_signed_in);
}

TEST_P(RecoveryContract, NoStepCanBeLeftOutRepeatedOrTakenOutOfTurn) {
  const auto take = [&](GettingBack& browser, std::string_view step) {
    if (step == "code") return browser.give_code("123456");
    if (step == "second_factor") return browser.give_factor(ana().wrong_app_code());
    return browser.choose();
  };
  const auto go_to = [&](GettingBack& browser, std::string_view step) {
    const auto code = browser.start();
    if (step == "code") return;
    ASSERT_EQ(browser.give_code(code), "");
    if (step == "second_factor") return;
    ASSERT_EQ(browser.give_factor(ana().app_code()), "");
  };
  for (const auto& present : recovery_steps(RecoveryPurpose::password).subspan(1)) {
    for (const auto& tried : recovery_steps(RecoveryPurpose::password).subspan(1)) {
      if (present.name == tried.name) continue;
      SCOPED_TRACE(fmt::format("{} at {}", tried.name, present.name));
      move(10min);
      auto browser = this->browser();
      go_to(browser, present.name);
      EXPECT_EQ(take(browser, tried.name), "");
      EXPECT_EQ(browser.step(), present.name);
    }
  }
  EXPECT_TRUE(ana().give(testing::kGoodPassword));
}

TEST_P(RecoveryContract, NoStepOfALostFactorCanBeLeftOutEither) {
  auto browser = lost();
  const auto code = browser.start();
  EXPECT_EQ(browser.give_password(testing::kGoodPassword), "");
  EXPECT_EQ(browser.step(), "code");
  EXPECT_EQ(browser.give_code(code), "");
  EXPECT_EQ(browser.take(confirm_new_app(accounts(), browser.asker, browser.app_code())), "");
  EXPECT_EQ(browser.step(), "old_password");
  EXPECT_EQ(browser.give_password(testing::kWrongPassword), "accounts.error.password_wrong");
  EXPECT_EQ(browser.give_password(testing::kGoodPassword), "");
  EXPECT_EQ(browser.step(), "vouching");
  EXPECT_EQ(browser.take(confirm_new_app(accounts(), browser.asker, browser.app_code())), "");
  EXPECT_EQ(browser.take(finish_new_factors(accounts(), browser.asker, true)), "");
  EXPECT_EQ(browser.step(), "vouching");
  EXPECT_EQ(accounts().factors.count_unused_backup_codes(*database().snapshot(), ana().account), 10);
}

TEST_P(RecoveryContract, Incident_I71_WhatAStrangerSeesIsTheSameForEveryAddress) {
  database().write([&](db::Transaction& tx) { accounts().store.set_locked(tx, ana().account, true); });
  for (const std::string email : {"ana@example.org", "nobody@example.org"}) {
    SCOPED_TRACE(email);
    auto browser = this->browser();
    EXPECT_EQ(browser.start(email), "") << "the mail holds no code";
    EXPECT_EQ(browser.step(), "code");
    EXPECT_EQ(browser.give_code("123456"), "accounts.error.code_wrong");
    EXPECT_EQ(ana().failures(kEmailCodeTries, email), 1);
    EXPECT_EQ(browser.step(), "code");
    move(10min);
    EXPECT_EQ(browser.give_code("123456"), "accounts.error.code_expired");
  }
}

TEST_P(RecoveryContract, Incident_I28_MailGoesOnlyToTheStoredAddress) {
  ana().bed.take_told();
  auto browser = this->browser();
  browser.take(start_recovery(accounts(), browser.asker, "ANA@EXAMPLE.ORG"));
  const auto told = ana().bed.take_told();
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].email, "");
  EXPECT_EQ(told[0].account, ana().account);
  EXPECT_EQ(browser.take(start_recovery(accounts(), browser.asker, "ana@example.org,eve@example.org")),
            "accounts.error.email_form");
  EXPECT_EQ(browser.take(start_recovery(accounts(), browser.asker, "ana@example.org\r\nBcc: eve@example.org")),
            "accounts.error.email_form");
  EXPECT_EQ(browser.take(start_recovery(accounts(), browser.asker, "an\xC4\xB1@example.org")),
            "accounts.error.email_form");
  EXPECT_TRUE(ana().bed.take_told().empty());
}

TEST_P(RecoveryContract, NewFlowsAndNewCodesNeverMultiplyTheGuesses) {
  int guesses = 0;
  for (int flow = 0; flow < 10; ++flow) {
    move(6min);
    auto browser = this->browser();
    const auto code = browser.start(flow % 2 == 0 ? "ana@example.org" : "ANA@example.org");
    for (int i = 0; i < 3; ++i) {
      const auto answer = browser.give_code(testing::another_code(code));
      if (answer == "accounts.error.code_wrong") ++guesses;
    }
  }
  EXPECT_EQ(guesses, kEmailCodeTries.tries_max);
}

TEST_P(RecoveryContract, TheSecondFactorsTriesAreThoseOfSigningIn) {
  auto browser = this->browser();
  browser.prove_address();
  EXPECT_EQ(browser.give_factor(ana().wrong_app_code()), "accounts.error.totp_wrong");
  EXPECT_EQ(browser.give_factor("abcde-abcde-abcde", RecoveryFactor::backup_code), "accounts.error.backup_code_wrong");
  EXPECT_EQ(ana().failures(kSecondFactorTries, ana().subject()), 2);
  // Of the hundred that a way has, too, whichever door it is tried at.
  const auto half = ana().half();
  EXPECT_EQ(refusal_of(ana().prove(half, ana().wrong_app_code())), "accounts.error.totp_wrong");
  EXPECT_EQ(ana().failures(kAuthenticatorTries, authenticator_subject(ana().account, SecondFactor::totp)), 2);
  EXPECT_EQ(ana().failures(kAuthenticatorTries, authenticator_subject(ana().account, SecondFactor::backup_code)), 1);
}

TEST_P(RecoveryContract, ABackupCodeThatGetsNoTurnToBeHashedIsNoTry) {
  auto browser = this->browser();
  browser.prove_address();
  {
    testing::FullHasher full;
    Accounts crowded(ana().bed.parts_with(database(), full.hasher));
    const auto refused =
        prove_recovery_factor(crowded, browser.asker, RecoveryFactor::backup_code, ana().backup_codes[0]);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, FailureKind::unavailable);
  }
  EXPECT_EQ(ana().factor_failures(), 0);
  EXPECT_EQ(browser.give_factor(ana().backup_codes[0], RecoveryFactor::backup_code), "");
}

TEST_P(RecoveryContract, AtMostTwentyMailsGoOutInAnHour) {
  int sent = 0;
  for (int i = 0; i < 30; ++i) {
    move(100s);
    auto browser = this->browser();
    if (browser.take(start_recovery(accounts(), browser.asker, "ana@example.org")).empty()) ++sent;
  }
  EXPECT_EQ(sent, kRecoveryMails.tries_max);
}

TEST_P(RecoveryContract, AFlowEndsAfterHalfAnHour) {
  auto browser = this->browser();
  browser.prove_address();
  move(kRecoveryLifetime);
  EXPECT_EQ(browser.step(), "none");
  EXPECT_EQ(browser.give_factor(ana().app_code()), "gone");
}

TEST_P(RecoveryContract, Incident_I14_AnAccountLockedByTheOperatorInTheMiddleIsNotRecovered) {
  auto browser = this->browser();
  browser.prove_address();
  EXPECT_EQ(browser.give_factor(ana().app_code()), "");
  ana().set_locked(true);
  EXPECT_EQ(browser.choose(), "gone");
  ana().set_locked(false);
  EXPECT_TRUE(ana().give(testing::kGoodPassword));
}

TEST_P(RecoveryContract, ARecoveryLiftsTheOwnersLockOnly) {
  database().write(
      [&](db::Transaction& tx) { accounts().store.lock_by_owner(tx, ana().account, ana().bed.clock.now()); });
  auto browser = this->browser();
  browser.prove_address();
  EXPECT_EQ(browser.give_factor(ana().app_code()), "");
  EXPECT_EQ(browser.choose(), "finished");
  EXPECT_TRUE(ana().give(kNewPassword));
}

TEST_P(RecoveryContract, WeakPasswordsAreRefusedAsAtSignUp) {
  auto browser = this->browser();
  browser.prove_address();
  EXPECT_EQ(browser.give_factor(ana().app_code()), "");
  EXPECT_EQ(browser.choose("short"), "accounts.error.password_short");
  EXPECT_EQ(browser.choose("ana@example.org"), "accounts.error.password_weak");
  EXPECT_EQ(browser.step(), "new_password");
}

TEST_P(RecoveryContract, ATextProvesLessThanAnAppSoTheNewPasswordWaitsADay) {
  const auto phone = add_phone();
  auto browser = this->browser();
  browser.prove_by_text(phone);
  EXPECT_EQ(browser.choose(), "");
  EXPECT_THAT(ana().told_kinds(), ElementsAre("accounts.wait_started", "accounts.wait_started"));
  EXPECT_TRUE(ana().give(testing::kGoodPassword)) << "nothing is changed yet";
  EXPECT_EQ(browser.finish(), "");
  move(kWaitLasts);
  auto later = this->browser();
  later.prove_by_text(phone);
  EXPECT_EQ(later.finish(), "finished");
  EXPECT_FALSE(ana().give(testing::kGoodPassword));
  EXPECT_TRUE(ana().give(kNewPassword));
}

TEST_P(RecoveryContract, ACancelledWaitNeverChangesThePassword) {
  const auto phone = add_phone();
  auto browser = this->browser();
  browser.prove_by_text(phone);
  EXPECT_EQ(browser.choose(), "");
  const auto code = argument_of(ana().bed.take_told().at(1), "cancel_code");
  EXPECT_TRUE(cancel_by_code(accounts(), "ana@example.org", code, "203.0.113.9"));
  move(kWaitLasts);
  auto later = this->browser();
  later.prove_by_text(phone);
  EXPECT_EQ(later.finish(), "");
  EXPECT_TRUE(ana().give(testing::kGoodPassword));
}

TEST_P(RecoveryContract, WhoHasTheAppNeedNotWaitAndStopsWhatSomebodyElseStarted) {
  const auto phone = add_phone();
  auto thief = this->browser();
  thief.prove_by_text(phone);
  EXPECT_EQ(thief.choose("a thief chose this one"), "");
  move(6min);
  auto owner = this->browser();
  owner.prove_address();
  EXPECT_EQ(owner.give_factor(ana().app_code()), "");
  EXPECT_EQ(owner.choose(), "finished");
  EXPECT_EQ(thief.step(), "none") << "every other flow ends too";
  EXPECT_FALSE(accounts().waits.find_open(*database().snapshot(), ana().account, WaitKind::password_reset,
                                          ana().bed.clock.now()));
}

TEST_P(RecoveryContract, APhoneThatIsNoSecondFactorProvesNothing) {
  const auto phone = add_phone();
  database().write([&](db::Transaction& tx) { accounts().phones.set_second_factor(tx, ana().account, phone, false); });
  auto browser = this->browser();
  browser.prove_address();
  EXPECT_EQ(browser.take(text_recovery_code(accounts(), browser.asker, phone)), "");
  EXPECT_TRUE(ana().bed.take_told().empty());
  EXPECT_EQ(browser.give_factor("123456", RecoveryFactor::text), "accounts.error.code_wrong");
}

TEST_P(RecoveryContract, TwoDifferentOperatorsStartTheDayOfALostFactor) {
  EXPECT_EQ(vouch_as_operator(accounts(), ana().account, "kim"), Vouching::nothing_requested);
  auto browser = lost();
  EXPECT_EQ(browser.give_code(browser.start()), "");
  EXPECT_EQ(browser.give_password(testing::kGoodPassword), "");
  EXPECT_THAT(ana().told_kinds(), ElementsAre("accounts.second_factor_reset_asked"));
  EXPECT_EQ(vouch_as_operator(accounts(), ana().account, "kim"), Vouching::first_of_two);
  EXPECT_EQ(vouch_as_operator(accounts(), ana().account, "kim"), Vouching::same_operator);
  EXPECT_TRUE(ana().told_kinds().empty());
  EXPECT_EQ(vouch_as_operator(accounts(), ana().account, "lee"), Vouching::wait_started);
  EXPECT_THAT(ana().told_kinds(), ElementsAre("accounts.wait_started"));
  EXPECT_EQ(vouch_as_operator(accounts(), ana().account, "max"), Vouching::nothing_requested);
  EXPECT_EQ(browser.step(), "vouching");
}

TEST_P(RecoveryContract, AfterTheDayNewFactorsTakeThePlaceOfTheOldOnes) {
  const auto phone = add_phone();
  auto browser = vouched();
  ASSERT_EQ(browser.step(), "authenticator");
  const auto new_secret = find_recovery(accounts(), browser.asker)->recovery.draft.totp_secret;
  EXPECT_EQ(browser.take(confirm_new_app(accounts(), browser.asker, browser.app_code())), "");
  const auto codes = find_recovery(accounts(), browser.asker)->recovery.draft.backup_codes;
  ASSERT_EQ(codes.size(), kBackupCodeCount);
  const auto whole = ana().prove(ana().half(), ana().app_code()).value();
  ana().bed.take_told();
  EXPECT_EQ(browser.take(finish_new_factors(accounts(), browser.asker, false)), "accounts.error.backup_codes_not_kept");
  EXPECT_EQ(browser.take(finish_new_factors(accounts(), browser.asker, true)), "finished");
  EXPECT_THAT(ana().told_kinds(), ElementsAre("accounts.second_factor_reset", "accounts.second_factor_reset"));
  EXPECT_FALSE(accounts().phones.find(*database().snapshot(), ana().account, phone)->is_second_factor);
  EXPECT_EQ(ana().standing(whole), web::Standing::stranger) << "every session is over";
  EXPECT_TRUE(list_devices(*database().snapshot(), ana().account).empty());
  move(1min);
  const auto half = ana().half();
  EXPECT_FALSE(ana().prove(half, ana().app_code())) << "the old app is dead";
  EXPECT_FALSE(ana().prove_by_backup_code(half, ana().backup_codes.front()));
  EXPECT_TRUE(ana().prove_by_backup_code(half, codes.front()));
  EXPECT_TRUE(ana().prove(ana().half(), totp_code(new_secret, ana().bed.clock.now())));
}

TEST_P(RecoveryContract, OfManyWhoFinishANewPasswordAtOnceOneWins) {
  const auto phone = add_phone();
  for (int round = 0; round < testing::race_rounds(10); ++round) {
    auto first = this->browser();
    first.prove_by_text(phone);
    ASSERT_EQ(first.choose(), "");
    move(kWaitLasts);
    auto later = this->browser();
    later.prove_by_text(phone);
    std::atomic<int> winners{0};
    in_threads(64, [&](int) {
      const auto reply = finish_recovered_password(accounts(), later.asker);
      if (reply && reply->is_finished) ++winners;
    });
    ASSERT_EQ(winners.load(), 1);
    move(24h);
  }
}

TEST_P(RecoveryContract, OfManyWhoGiveTheEmailedCodeAtOnceOneGoesOn) {
  for (int round = 0; round < testing::race_rounds(10); ++round) {
    auto browser = this->browser();
    const auto code = browser.start();
    std::atomic<int> winners{0};
    in_threads(9, [&](int) {
      const auto reply = prove_recovery_code(accounts(), browser.asker, code);
      if (reply && !reply->new_token.empty()) ++winners;
    });
    ASSERT_EQ(winners.load(), 1);
    move(1h);
  }
}

TEST_P(RecoveryContract, OfManyOperatorsAtOnceTheSecondStartsOneWait) {
  for (int round = 0; round < testing::race_rounds(10); ++round) {
    auto browser = lost();
    ASSERT_EQ(browser.give_code(browser.start()), "");
    ASSERT_EQ(browser.give_password(testing::kGoodPassword), "");
    std::atomic<int> firsts{0}, starts{0};
    in_threads(64, [&](int i) {
      const auto vouched = vouch_as_operator(accounts(), ana().account, i % 2 == 0 ? "kim" : "lee");
      if (vouched == Vouching::first_of_two) ++firsts;
      if (vouched == Vouching::wait_started) ++starts;
    });
    ASSERT_EQ(firsts.load(), 1);
    ASSERT_EQ(starts.load(), 1);
    move(kWaitLapses + 1h);
  }
}

ON_BOTH_DATABASES(RecoveryContract);

TEST(OperatorName, IsShortAndPlain) {
  EXPECT_TRUE(is_operator_name("kim"));
  EXPECT_TRUE(is_operator_name("j.doe-2"));
  for (const std::string_view bad : {"", "k", "Kim", "kim lee", "kim@x", "k\nm"}) EXPECT_FALSE(is_operator_name(bad));
  EXPECT_FALSE(is_operator_name(std::string(33, 'a')));
}

}  // namespace
}  // namespace waymark::accounts
