#include "features/accounts/recovery/recovery.hpp"
#include "features/accounts/recovery/vouching.hpp"
#include "features/accounts/recovery/waits.hpp"
#include "support/passkey_person.hpp"

namespace waymark::accounts {
namespace {

using testing::refusal_of;

constexpr std::string_view kNewPassword = "harbour lantern mosaic thunder";

// Ana with a passkey, on her way to a new password.
class RecoveryByPasskey : public testing::WithPasskeyAna {
 protected:
  void SetUp() override {
    WithPasskeyAna::SetUp();
    if (IsSkipped()) return;
    ana().add();
  }

  // As far as after the emailed code.
  RecoveryAsker with_proved_address(RecoveryPurpose purpose = RecoveryPurpose::password,
                                    std::string_view email = "ana@example.org") {
    RecoveryAsker asker{.purpose = purpose, .peer = "198.51.100.7", .language = "en"};
    ana().bed.take_told();
    asker.token = start_recovery(accounts(), asker, email).value().new_token;
    const auto code = testing::argument_of(ana().bed.take_told().at(0), "code");
    const auto reply = prove_recovery_code(accounts(), asker, code).value();
    if (!reply.new_token.empty()) asker.token = reply.new_token;
    return asker;
  }
  std::string step(const RecoveryAsker& asker) {
    const auto view = find_recovery(accounts(), asker);
    return view ? std::string(present_step(asker.purpose, view).name) : "none";
  }
  std::string challenge(CeremonyPurpose purpose = CeremonyPurpose::recovery) { return ana().challenge_for(purpose); }
  std::string give(const RecoveryAsker& asker, const PasskeyAnswer& answer) {
    return refusal_of(prove_recovery_passkey(accounts(), asker, ana().asker(), answer));
  }
};

TEST_P(RecoveryByPasskey, NeedsNoDayOfWaiting) {
  const auto asker = with_proved_address();
  ASSERT_EQ(step(asker), "second_factor");
  EXPECT_EQ(give(asker, ana().answer_to(challenge())), "");
  EXPECT_EQ(step(asker), "new_password");
  const auto reply = choose_recovered_password(accounts(), asker, kNewPassword);
  ASSERT_TRUE(reply) << refusal_of(reply);
  EXPECT_TRUE(reply->is_finished);
}

TEST_P(RecoveryByPasskey, AnAppProvesLessThanThePasskeyAndWaits) {
  const auto asker = with_proved_address();
  ASSERT_TRUE(prove_recovery_factor(accounts(), asker, RecoveryFactor::totp, ana().app_code()));
  const auto reply = choose_recovered_password(accounts(), asker, kNewPassword);
  ASSERT_TRUE(reply);
  EXPECT_FALSE(reply->is_finished);
}

TEST_P(RecoveryByPasskey, AsksForNoCredentialByNameBeforeAPasswordWasRight) {
  EXPECT_TRUE(ask_for_passkey(accounts(), {CeremonyPurpose::recovery, "visit one"}, ana().account).known.empty());
}

TEST_P(RecoveryByPasskey, RefusesAnswersThatWereMadeForSomethingElse) {
  const auto asker = with_proved_address();
  for (const auto purpose : {CeremonyPurpose::sign_in, CeremonyPurpose::second_factor, CeremonyPurpose::prove_again}) {
    EXPECT_EQ(give(asker, ana().answer_to(challenge(purpose))), "accounts.error.passkey_refused");
  }
  EXPECT_NE(refusal_of(ana().sign_in_with(ana().answer_to(challenge()))), "") << "nor does its answer sign anybody in";
  EXPECT_EQ(step(asker), "second_factor");
}

TEST_P(RecoveryByPasskey, RefusesAPasskeyOfSomebodyElse) {
  testing::SigningUp mallory{.bed = ana().bed, .email = "mallory@example.org"};
  const auto theirs = mallory.finish();
  const auto asker = with_proved_address(RecoveryPurpose::password, "mallory@example.org");
  ASSERT_NE(theirs, ana().account);
  EXPECT_EQ(give(asker, ana().answer_to(challenge())), "accounts.error.passkey_unknown");
  EXPECT_EQ(step(asker), "second_factor");
}

TEST_P(RecoveryByPasskey, AnAnswerIsGoodOnceAndOnlyAtItsStep) {
  const auto first = with_proved_address();
  const auto answer = ana().answer_to(challenge());
  EXPECT_EQ(give(first, answer), "");
  EXPECT_EQ(give(first, answer), "") << "the step is done: nothing is asked, nothing happens";
  ana().bed.clock.move(2min);
  const auto second = with_proved_address();
  EXPECT_NE(give(second, answer), "");
  EXPECT_EQ(step(second), "second_factor");
}

TEST_P(RecoveryByPasskey, WhoHasNoPasswordAndLostThePasskeyIsVouchedForAndWaits) {
  auto asker = with_proved_address(RecoveryPurpose::second_factor);
  EXPECT_EQ(refusal_of(prove_old_password(accounts(), asker, "")), "accounts.error.password_missing")
      << "she has a password, and has to give it";
  database().write([&](db::Transaction& tx) { accounts().store.replace_password_hash(tx, ana().account, ""); });
  EXPECT_EQ(refusal_of(prove_old_password(accounts(), asker, "")), "");
  EXPECT_EQ(step(asker), "vouching");
  EXPECT_EQ(vouch_as_operator(accounts(), ana().account, "kim"), Vouching::first_of_two);
  EXPECT_EQ(vouch_as_operator(accounts(), ana().account, "lee"), Vouching::wait_started);
  ana().bed.clock.move(kWaitLasts);
  asker = with_proved_address(RecoveryPurpose::second_factor);
  EXPECT_EQ(refusal_of(prove_old_password(accounts(), asker, "")), "");
  EXPECT_EQ(step(asker), "authenticator");
}

ON_BOTH_DATABASES(RecoveryByPasskey);

}  // namespace
}  // namespace waymark::accounts
