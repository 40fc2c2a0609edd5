// What getting back in refuses: a texted code that is wrong, old or of no use any more; a day that is not over; an
// account that is closed.
#include <gmock/gmock.h>

#include "features/accounts/closing/close_account.hpp"
#include "features/accounts/recovery/vouching.hpp"
#include "features/accounts/sign_in/texted_code.hpp"
#include "support/getting_back.hpp"
#include "web/request.hpp"

namespace waymark::accounts {
namespace {

using testing::another_code;
using testing::argument_of;
using testing::GettingBack;
using testing::refusal_of;

class RecoveryRefusals : public testing::WithAna {
 protected:
  void SetUp() override {
    WithAna::SetUp();
    if (IsSkipped()) return;
    phone_ = testing::add_phone_that_signs_in(ana());
  }
  GettingBack browser() { return GettingBack{.ana = ana()}; }
  // At the second factor, with a code in a text; the code.
  std::string text_to(GettingBack& browser) {
    browser.prove_address();
    EXPECT_EQ(browser.take(text_recovery_code(accounts(), browser.asker, phone_)), "");
    return argument_of(ana().bed.take_told().at(0), "code");
  }
  std::int64_t failures(const Limit& limit, const std::string& subject) {
    return accounts().throttle.count_failures(*database().snapshot(), limit, subject);
  }
  void use_up(const Limit& limit, const std::string& subject) {
    for (int i = 0; i < limit.tries_max; ++i) static_cast<void>(accounts().throttle.count(limit, subject));
  }
  // Without any second factor left: the mailed code, and the password.
  GettingBack asked_to_be_vouched_for(std::string_view password = testing::kGoodPassword) {
    auto lost = browser();
    lost.asker.purpose = RecoveryPurpose::second_factor;
    EXPECT_EQ(lost.give_code(lost.start()), "");
    const auto said = lost.give_password(password);
    EXPECT_EQ(said.empty(), password == testing::kGoodPassword) << said;
    return lost;
  }
  void close() { ASSERT_TRUE(close_account(accounts(), ana().account, {.peer = "203.0.113.9"})); }

  PhoneId phone_{};
};

TEST_P(RecoveryRefusals, ATextedCodeIsComparedAndCountsTogetherWithSigningIn) {
  auto browser = this->browser();
  const auto code = text_to(browser);
  EXPECT_EQ(browser.give_factor(another_code(code), RecoveryFactor::text), "accounts.error.code_wrong");
  EXPECT_EQ(browser.step(), "second_factor");
  EXPECT_EQ(failures(kSecondFactorTries, std::to_string(ana().account.value)), 1);
  EXPECT_EQ(failures(kAuthenticatorTries, authenticator_subject(ana().account, SecondFactor::phone)), 1);
  EXPECT_EQ(failures(kSignInCodeTries, texted_code_subject(ana().account)), 1);
  EXPECT_EQ(browser.give_factor(code, RecoveryFactor::text), "");
  EXPECT_NE(browser.step(), "second_factor");
}

TEST_P(RecoveryRefusals, ATextedCodeIsGoodForTenMinutes) {
  auto browser = this->browser();
  const auto code = text_to(browser);
  ana().bed.clock.move(kCodeLifetime);
  EXPECT_EQ(browser.give_factor(code, RecoveryFactor::text), "accounts.error.code_wrong");
  EXPECT_EQ(browser.step(), "second_factor");
}

TEST_P(RecoveryRefusals, ATextedCodeProvesNothingOnceThePhoneWasSwitchedOff) {
  auto browser = this->browser();
  const auto code = text_to(browser);
  database().write([&](db::Transaction& tx) { accounts().phones.set_second_factor(tx, ana().account, phone_, false); });
  EXPECT_EQ(browser.give_factor(code, RecoveryFactor::text), "accounts.error.code_wrong");
  EXPECT_EQ(browser.step(), "second_factor");
}

TEST_P(RecoveryRefusals, TextedCodesStopAfterTenWrongOnesWhereverTheyWereTyped) {
  auto browser = this->browser();
  const auto code = text_to(browser);
  for (int i = 0; i < kSignInCodeTries.tries_max; ++i) {
    accounts().throttle.reserve(kSignInCodeTries, texted_code_subject(ana().account))->wrong();
  }
  EXPECT_EQ(browser.give_factor(code, RecoveryFactor::text), "accounts.error.too_many_code_tries");
}

TEST_P(RecoveryRefusals, AtMostTwoTextsGoOutInTenSeconds) {
  auto browser = this->browser();
  browser.prove_address();
  for (int i = 0; i < 2; ++i) EXPECT_EQ(browser.take(text_recovery_code(accounts(), browser.asker, phone_)), "");
  ana().bed.take_told();
  EXPECT_EQ(browser.take(text_recovery_code(accounts(), browser.asker, phone_)), "accounts.error.too_many_messages");
  EXPECT_TRUE(ana().bed.take_told().empty());
}

TEST_P(RecoveryRefusals, TextsStopWhereANumberOrItsPrefixHadEnough) {
  for (const auto& [limit, subject] : {std::pair(&kCodesInFiveMinutes, "+15555550123"), {&kTextsToPrefix, "+15555"}}) {
    auto browser = this->browser();
    browser.prove_address();
    use_up(*limit, subject);
    EXPECT_EQ(browser.take(text_recovery_code(accounts(), browser.asker, phone_)), "accounts.error.too_many_messages");
    EXPECT_TRUE(ana().bed.take_told().empty()) << limit->purpose;
    ana().bed.clock.move(1h);
  }
}

TEST_P(RecoveryRefusals, MailsStopWhereAnAddressOrANetworkHadEnough) {
  for (int i = 0; i < 2; ++i) EXPECT_EQ(this->browser().start().empty(), false);
  auto third = this->browser();
  EXPECT_EQ(third.take(start_recovery(accounts(), third.asker, "ana@example.org")), "accounts.error.too_many_messages");
  EXPECT_TRUE(ana().bed.take_told().empty());
  ana().bed.clock.move(1h);
  use_up(kCodesForNetwork, web::network_of(third.asker.peer));
  auto other = this->browser();
  EXPECT_EQ(other.take(start_recovery(accounts(), other.asker, "bo@example.org")), "accounts.error.too_many_messages");
  EXPECT_TRUE(ana().bed.take_told().empty());
}

TEST_P(RecoveryRefusals, APasswordThatWaitedIsNotTakenWithoutTheSecondFactorAgain) {
  auto browser = this->browser();
  browser.prove_by_text(phone_);
  ASSERT_EQ(browser.choose(), "");
  ana().bed.clock.move(kWaitLasts);
  auto later = this->browser();
  later.prove_address();
  EXPECT_EQ(later.finish(), "");
  EXPECT_EQ(later.step(), "second_factor");
  EXPECT_TRUE(ana().give(testing::kGoodPassword)) << "the old password is still the password";
}

TEST_P(RecoveryRefusals, AClosedAccountIsNotRecoveredNorToldApart) {
  auto unknown = this->browser();
  EXPECT_EQ(unknown.start("nobody@example.org"), "");
  close();
  auto browser = this->browser();
  ana().bed.take_told();
  ASSERT_EQ(browser.take(start_recovery(accounts(), browser.asker, "ana@example.org")), "");
  EXPECT_EQ(browser.step(), unknown.step());
  const auto told = ana().bed.take_told();
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].kind, "accounts.recovery_closed");
  EXPECT_NE(browser.give_code(argument_of(told[0], "code")), "") << "no code that works";
}

TEST_P(RecoveryRefusals, AnAccountThatIsClosedInTheMiddleIsNotRecovered) {
  auto browser = this->browser();
  browser.prove_address();
  close();
  EXPECT_EQ(browser.give_factor(ana().app_code()), "gone");
}

TEST_P(RecoveryRefusals, AWrongOldPasswordOfALostFactorIsCountedAsAtSignIn) {
  auto lost = asked_to_be_vouched_for(testing::kWrongPassword);
  EXPECT_EQ(failures(kSignInTries, "ana@example.org"), 1);
  EXPECT_EQ(failures(kPasswordTries, "ana@example.org"), 1);
  EXPECT_EQ(failures(kNetworkTries, web::network_of(lost.asker.peer)), 1);
  EXPECT_EQ(vouch_as_operator(accounts(), ana().account, "kim"), Vouching::nothing_requested);
}

TEST_P(RecoveryRefusals, ARequestToBeVouchedForLapsesAfterAWeek) {
  asked_to_be_vouched_for();
  EXPECT_EQ(vouch_as_operator(accounts(), ana().account, "kim"), Vouching::first_of_two);
  ana().bed.clock.move(kFactorResetRequested);
  EXPECT_EQ(vouch_as_operator(accounts(), ana().account, "lee"), Vouching::nothing_requested);
}

TEST_P(RecoveryRefusals, AClosedAccountIsNotVouchedFor) {
  asked_to_be_vouched_for();
  close();
  EXPECT_EQ(vouch_as_operator(accounts(), ana().account, "kim"), Vouching::nothing_requested);
}

TEST_P(RecoveryRefusals, NobodyIsVouchedForOnceTheOwnerGotBackIn) {
  asked_to_be_vouched_for();
  EXPECT_EQ(vouch_as_operator(accounts(), ana().account, "kim"), Vouching::first_of_two);
  ana().bed.clock.move(1min);
  auto owner = this->browser();
  owner.prove_address();
  ASSERT_EQ(owner.give_factor(ana().app_code()), "");
  ASSERT_EQ(owner.choose(), "finished");
  EXPECT_EQ(vouch_as_operator(accounts(), ana().account, "lee"), Vouching::nothing_requested);
}

ON_BOTH_DATABASES(RecoveryRefusals);

}  // namespace
}  // namespace waymark::accounts
