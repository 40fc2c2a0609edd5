#include "features/accounts/sign_up/sign_up.hpp"

#include "journal/audit.hpp"
#include "support/accounts_bed.hpp"

namespace waymark::accounts {
namespace {

class SignUpFlow : public testing::WithAccounts {
 protected:
  void SetUp() override {
    WithAccounts::SetUp();
    if (IsSkipped()) return;
    ana_ = std::make_unique<testing::SigningUp>(testing::SigningUp{.bed = bed()});
  }
  void TearDown() override {
    ana_.reset();
    WithAccounts::TearDown();
  }
  testing::SigningUp& ana() { return *ana_; }
  // The locale key of what was refused at the first field, or of the refusal itself.
  template <typename T>
  static std::string refusal(const Result<T>& result) {
    if (result) return "";
    return result.error().fields.empty() ? result.error().message.key : result.error().fields.front().message.key;
  }
  std::unique_ptr<testing::SigningUp> ana_;
};

TEST_P(SignUpFlow, LeadsFromAnAddressToASignedInAccount) {
  ana().prove_email();
  EXPECT_EQ(ana().step(), "consent");
  ana().agree();
  ana().tell_about_you();
  ana().choose_password();
  const auto code = ana().give_phone();
  EXPECT_EQ(ana().step(), "phone_code");
  ana().take(prove_phone(accounts(), ana().asker, code));
  EXPECT_EQ(ana().step(), "authenticator");
  ana().confirm_app();
  EXPECT_EQ(ana().step(), "backup_codes");
  EXPECT_EQ(ana().backup_codes.size(), 10U);
  bed().take_told();
  const auto id = ana().finish();
  const auto snapshot = database().snapshot();
  const auto profile = accounts().store.load_profile(*snapshot, id);
  EXPECT_EQ(profile.given_name, "Ana");
  EXPECT_EQ(profile.language, "es");
  const auto phones = accounts().phones.list(*snapshot, id);
  ASSERT_EQ(phones.size(), 1U);
  EXPECT_EQ(phones[0].number, "+15555550123");
  EXPECT_FALSE(phones[0].is_second_factor);
  EXPECT_EQ(accounts().factors.count_unused_backup_codes(*snapshot, id), 10);
  EXPECT_FALSE(ana().session.token.empty());
  EXPECT_FALSE(find_sign_up(accounts(), ana().asker));
  const auto told = bed().take_told();
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].kind, "accounts.account_opened");
  const auto trail = journal::list_for_account(*snapshot, id, 10);
  ASSERT_EQ(trail.size(), 2U);
  EXPECT_EQ(trail[1].event, "account.opened");
}

TEST_P(SignUpFlow, MailsTheCodeToExactlyWhatWasTyped) {
  ana().take(start_sign_up(accounts(), ana().asker, " Ana.Morales@Example.ORG "));
  const auto told = bed().take_told();
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].kind, "accounts.email_code");
  EXPECT_EQ(told[0].email, "Ana.Morales@example.org");
}

TEST_P(SignUpFlow, GoesOnAfterARestart) {
  ana().go_until("password");
  Accounts restarted({.database = database(),
                      .clock = bed().clock,
                      .random = bed().random,
                      .ids = bed().ids,
                      .keys = bed().keys,
                      .sealer = bed().sealer,
                      .hasher = bed().hasher,
                      .outbox = bed().outbox,
                      .catalogue = bed().catalogue,
                      .words = bed().words});
  EXPECT_EQ(present_step(find_sign_up(restarted, ana().asker)).name, "password");
}

TEST_P(SignUpFlow, TakesNoStepBeforeItsTurn) {
  ana().prove_email();
  EXPECT_TRUE(choose_password(accounts(), ana().asker, testing::kGoodPassword));
  EXPECT_TRUE(skip_phone(accounts(), ana().asker));
  EXPECT_TRUE(keep_backup_codes(accounts(), ana().asker, true));
  const auto finished = finish_sign_up(accounts(), ana().asker);
  ASSERT_TRUE(finished);
  EXPECT_TRUE(finished->is_incomplete);
  EXPECT_EQ(ana().step(), "consent");
}

TEST_P(SignUpFlow, RefusesWrongAndOldCodesAtTheirField) {
  const auto code = ana().start();
  EXPECT_EQ(refusal(prove_email(accounts(), ana().asker, "12345")), "accounts.error.code_form");
  EXPECT_EQ(refusal(prove_email(accounts(), ana().asker, "")), "accounts.error.code_form");
  EXPECT_EQ(refusal(prove_email(accounts(), ana().asker, testing::another_code(code))), "accounts.error.code_wrong");
  bed().clock.move(kCodeLifetime);
  EXPECT_EQ(refusal(prove_email(accounts(), ana().asker, code)), "accounts.error.code_expired");
}

TEST_P(SignUpFlow, ANewCodeEndsTheOldOne) {
  const auto first = ana().start();
  bed().clock.move(11s);
  ASSERT_TRUE(send_email_code_again(accounts(), ana().asker));
  const auto second = testing::argument_of(bed().take_told().back(), "code");
  if (first != second) {
    EXPECT_EQ(refusal(prove_email(accounts(), ana().asker, first)), "accounts.error.code_wrong");
  }
  EXPECT_TRUE(prove_email(accounts(), ana().asker, second));
}

TEST_P(SignUpFlow, SaysHowLongToWaitForAnotherCode) {
  ana().start();
  ASSERT_TRUE(send_email_code_again(accounts(), ana().asker));
  const auto refused = send_email_code_again(accounts(), ana().asker);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, FailureKind::too_many);
  EXPECT_EQ(refused.error().retry_after, std::chrono::seconds{10});
  bed().clock.move(10s);
  EXPECT_TRUE(send_email_code_again(accounts(), ana().asker));
}

TEST_P(SignUpFlow, ContinuesInAnotherBrowserWhereItWas) {
  ana().go_until("password");
  testing::SigningUp elsewhere{.bed = bed(), .email = "ANA@example.org"};
  bed().clock.move(1min);
  elsewhere.prove_email();
  EXPECT_EQ(elsewhere.step(), "password");
  EXPECT_FALSE(find_sign_up(accounts(), ana().asker));
}

TEST_P(SignUpFlow, AsksForThePasswordBeforeItContinuesElsewhere) {
  ana().go_until("phone");
  testing::SigningUp elsewhere{.bed = bed()};
  bed().clock.move(1min);
  elsewhere.prove_email();
  EXPECT_EQ(elsewhere.step(), "welcome_back");
  EXPECT_EQ(refusal(continue_sign_up(accounts(), elsewhere.asker, {.password = "not the password"})),
            "accounts.error.welcome_back_wrong");
  EXPECT_EQ(ana().step(), "phone");
  elsewhere.take(continue_sign_up(accounts(), elsewhere.asker, {.password = testing::kGoodPassword}));
  EXPECT_EQ(elsewhere.step(), "phone");
  EXPECT_FALSE(find_sign_up(accounts(), ana().asker));
}

TEST_P(SignUpFlow, AsksForTheAppTooOnceItIsBound) {
  ana().go_until("check");
  const auto used = ana().app_code();
  testing::SigningUp elsewhere{.bed = bed()};
  elsewhere.prove_email();
  EXPECT_FALSE(continue_sign_up(accounts(), elsewhere.asker, {.password = testing::kGoodPassword}));
  EXPECT_FALSE(continue_sign_up(accounts(), elsewhere.asker, {.password = testing::kGoodPassword, .totp = used}));
  bed().clock.move(60s);
  const auto fresh = totp_code(ana().totp_secret, bed().clock.now());
  elsewhere.take(continue_sign_up(accounts(), elsewhere.asker, {.password = testing::kGoodPassword, .totp = fresh}));
  EXPECT_EQ(elsewhere.step(), "check");
}

TEST_P(SignUpFlow, StartsOverWhenItsOwnerSaysSo) {
  ana().go_until("check");
  testing::SigningUp elsewhere{.bed = bed()};
  bed().clock.move(1min);
  elsewhere.prove_email();
  elsewhere.take(start_sign_up_over(accounts(), elsewhere.asker));
  EXPECT_EQ(elsewhere.step(), "consent");
  EXPECT_FALSE(find_sign_up(accounts(), ana().asker));
  EXPECT_NE(find_sign_up(accounts(), elsewhere.asker)->draft.totp_secret, ana().totp_secret);
}

TEST_P(SignUpFlow, ContinuesAfterSigningInWithItsPassword) {
  ana().go_until("phone");
  const auto unfinished = find_unfinished_sign_up(accounts(), *parse_email("ana@example.org"));
  ASSERT_TRUE(unfinished);
  const auto token = continue_sign_up_after_password(accounts(), *unfinished);
  ASSERT_TRUE(token);
  EXPECT_EQ(present_step(find_sign_up(accounts(), {.token = *token})).name, "phone");
}

TEST_P(SignUpFlow, StillAsksForTheAppAfterSigningInWithItsPassword) {
  ana().go_until("check");
  bed().clock.move(60s);
  const auto unfinished = find_unfinished_sign_up(accounts(), *parse_email("ana@example.org"));
  const auto token = continue_sign_up_after_password(accounts(), unfinished.value());
  SignUpAsker asker{.token = token.value()};
  EXPECT_EQ(present_step(find_sign_up(accounts(), asker)).name, "welcome_back");
  // Nothing of the flow may be thrown away by who only knows the password.
  EXPECT_TRUE(start_sign_up_over(accounts(), asker));
  EXPECT_EQ(present_step(find_sign_up(accounts(), asker)).name, "welcome_back");
  EXPECT_EQ(refusal(continue_sign_up(accounts(), asker, {.totp = "000000"})), "accounts.error.totp_wrong");
  const auto code = totp_code(ana().totp_secret, bed().clock.now());
  const auto reply = continue_sign_up(accounts(), asker, {.totp = code});
  ASSERT_TRUE(reply);
  EXPECT_EQ(present_step(find_sign_up(accounts(), {.token = reply->new_token})).name, "check");
}

TEST_P(SignUpFlow, LapsesAfterADay) {
  ana().go_until("check");
  bed().clock.move(kSignUpLifetime);
  EXPECT_FALSE(find_sign_up(accounts(), ana().asker));
  const auto finished = finish_sign_up(accounts(), ana().asker);
  ASSERT_TRUE(finished);
  EXPECT_TRUE(finished->is_gone);
  accounts().delete_lapsed();
  constexpr db::Query kCount{"test.count_sign_ups", "SELECT COUNT(*) FROM sign_ups"};
  EXPECT_EQ(database().snapshot()->find(kCount, {}, [](const db::Row& row) { return row.integer(0); }), 0);
}

TEST_P(SignUpFlow, ForgetsThePhonesProofWithTheNumber) {
  ana().go_until("phone");
  const auto code = ana().give_phone();
  ana().take(prove_phone(accounts(), ana().asker, code));
  bed().clock.move(11s);
  ana().take(give_phone(accounts(), ana().asker, {.region = "US", .number = "5555550199"}));
  EXPECT_EQ(ana().step(), "phone_code");
  EXPECT_EQ(refusal(prove_phone(accounts(), ana().asker, "")), "accounts.error.code_form");
  ana().skip_phone();
  EXPECT_EQ(ana().step(), "authenticator");
  EXPECT_TRUE(find_sign_up(accounts(), ana().asker)->draft.phone.empty());
}

TEST_P(SignUpFlow, SpeaksTheCodeWhenAsked) {
  ana().go_until("phone");
  bed().take_told();
  ana().take(give_phone(accounts(), ana().asker, {.region = "US", .number = "5555550199", .spoken = true}));
  const auto told = bed().take_told();
  ASSERT_EQ(told.size(), 1U);
  EXPECT_TRUE(told[0].spoken);
  EXPECT_EQ(told[0].phone, "+15555550199");
}

TEST_P(SignUpFlow, RefusesCountriesAndNumbersThatItCannotCall) {
  ana().go_until("phone");
  EXPECT_EQ(refusal(give_phone(accounts(), ana().asker, {.region = "XX", .number = "5555550199"})),
            "accounts.error.phone_country");
  EXPECT_EQ(refusal(give_phone(accounts(), ana().asker, {.region = "US", .number = "call me"})),
            "accounts.error.phone_form");
  EXPECT_EQ(refusal(give_phone(accounts(), ana().asker, {.region = "US", .number = " "})),
            "accounts.error.phone_missing");
}

TEST_P(SignUpFlow, KeepsBackupCodesWhoseFormIsSentTwice) {
  ana().go_until("backup_codes");
  ana().keep_codes();
  const auto kept = find_sign_up(accounts(), ana().asker)->draft;
  ana().keep_codes();
  const auto again = find_sign_up(accounts(), ana().asker)->draft;
  EXPECT_EQ(again.backup_code_hashes.size(), 10U);
  EXPECT_EQ(again.backup_code_hashes, kept.backup_code_hashes);
  EXPECT_EQ(again.backup_code_recipe, kept.backup_code_recipe);
}

TEST_P(SignUpFlow, GivesNewBackupCodesWithANewApp) {
  ana().go_until("check");
  const auto old_codes = ana().backup_codes;
  const auto old_secret = ana().totp_secret;
  ana().take(set_up_authenticator_again(accounts(), ana().asker));
  EXPECT_EQ(ana().step(), "authenticator");
  ana().confirm_app();
  EXPECT_NE(ana().totp_secret, old_secret);
  EXPECT_NE(ana().backup_codes, old_codes);
}

TEST_P(SignUpFlow, KeepsBackupCodesOnlyAsHashesOnceThePersonHasThem) {
  ana().go_until("backup_codes");
  EXPECT_EQ(refusal(keep_backup_codes(accounts(), ana().asker, false)), "accounts.error.backup_codes_not_kept");
  ana().keep_codes();
  const auto draft = find_sign_up(accounts(), ana().asker)->draft;
  EXPECT_TRUE(draft.backup_codes.empty());
  EXPECT_EQ(draft.backup_code_hashes.size(), 10U);
}

TEST_P(SignUpFlow, LetsAPersonWithoutASmartphoneTakeCodesByPhone) {
  ana().go_until("phone");
  ana().take(prove_phone(accounts(), ana().asker, ana().give_phone()));
  ana().take(choose_phone_for_signing_in(accounts(), ana().asker));
  EXPECT_EQ(ana().step(), "backup_codes");
  EXPECT_EQ(find_sign_up(accounts(), ana().asker)->draft.backup_codes.size(), 10U);
  const auto id = ana().finish();
  const auto snapshot = database().snapshot();
  EXPECT_TRUE(accounts().factors.list_totp(*snapshot, id).empty());
  const auto phones = accounts().phones.list(*snapshot, id);
  ASSERT_EQ(phones.size(), 1U);
  EXPECT_TRUE(phones[0].is_second_factor);
  EXPECT_EQ(accounts().factors.count_unused_backup_codes(*snapshot, id), 10);
}

TEST_P(SignUpFlow, TakesNoPhoneInsteadOfAnAppThatWasNotProved) {
  ana().go_until("authenticator");
  ana().take(choose_phone_for_signing_in(accounts(), ana().asker));
  EXPECT_EQ(ana().step(), "authenticator");
}

TEST_P(SignUpFlow, ForgetsThatAPhoneSignsInWithTheNumber) {
  ana().go_until("phone");
  ana().take(prove_phone(accounts(), ana().asker, ana().give_phone()));
  ana().take(choose_phone_for_signing_in(accounts(), ana().asker));
  ana().keep_codes();
  EXPECT_EQ(ana().step(), "check");
  ana().skip_phone();
  EXPECT_EQ(ana().step(), "authenticator");
  const auto draft = find_sign_up(accounts(), ana().asker)->draft;
  EXPECT_FALSE(draft.phone_signs_in);
  EXPECT_TRUE(draft.backup_codes.empty());
  EXPECT_TRUE(draft.backup_code_hashes.empty());
}

TEST_P(SignUpFlow, SetsUpAnAppAfterAllInPlaceOfThePhone) {
  ana().go_until("phone");
  ana().take(prove_phone(accounts(), ana().asker, ana().give_phone()));
  ana().take(choose_phone_for_signing_in(accounts(), ana().asker));
  ana().take(set_up_authenticator_again(accounts(), ana().asker));
  EXPECT_EQ(ana().step(), "authenticator");
  const auto id = ana().finish();
  const auto snapshot = database().snapshot();
  EXPECT_EQ(accounts().factors.list_totp(*snapshot, id).size(), 1U);
  EXPECT_FALSE(accounts().phones.list(*snapshot, id).at(0).is_second_factor);
}

ON_BOTH_DATABASES(SignUpFlow);

}  // namespace
}  // namespace waymark::accounts
