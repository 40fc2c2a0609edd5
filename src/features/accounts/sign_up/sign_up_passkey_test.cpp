#include "features/accounts/factors/change_password.hpp"
#include "features/accounts/factors/ways_in.hpp"
#include "features/accounts/sign_in/passkey_sign_in.hpp"
#include "features/accounts/sign_in/sign_in.hpp"
#include "features/accounts/sign_up/sign_up.hpp"
#include "support/passkey_person.hpp"

namespace waymark::accounts {
namespace {

using testing::refusal_of;
using testing::ScriptedPasskey;

class SignUpByPasskey : public testing::WithAccounts {
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
  static PasskeyAsker asker(std::string holder = "visit one") {
    return {.party = webauthn::relying_party_of(testing::kPasskeyOrigin),
            .holder = std::move(holder),
            .client = {.peer = "203.0.113.9"}};
  }
  NewPasskeyAnswer answer_to(std::string_view challenge) {
    const auto made = passkey_.registration(challenge);
    return {.credential_id = passkey_.credential_id(),
            .client_data = made.client_data,
            .attestation = made.attestation,
            .transports = "internal",
            .name_otherwise = "A passkey"};
  }
  std::string challenge() { return offer_passkey_for_sign_up(accounts(), ana().asker, asker())->challenge; }
  std::string choose(const NewPasskeyAnswer& answer) {
    return refusal_of(choose_passkey(accounts(), ana().asker, asker(), answer));
  }
  // An account that has a passkey and no password.
  AccountId opened() {
    ana().go_until("password");
    EXPECT_EQ(choose(answer_to(challenge())), "");
    ana().backup_codes = find_sign_up(accounts(), ana().asker)->draft.backup_codes;
    return ana().finish();
  }
  Result<SessionKey> sign_in(AccountId account) {
    const auto asked = ask_for_passkey(accounts(), {CeremonyPurpose::sign_in, "visit one"});
    const auto made = passkey_.assertion(asked.challenge);
    return sign_in_by_passkey(
        accounts(), asker(),
        {.credential_id = passkey_.credential_id(),
         .client_data = made.client_data,
         .authenticator_data = made.authenticator_data,
         .signature = made.signature,
         .user_handle = passkey_store(accounts()).find_handle(*database().snapshot(), account).value()},
        SharedComputer::no);
  }

  std::unique_ptr<testing::SigningUp> ana_;
  ScriptedPasskey passkey_{std::string(testing::kPasskeyOrigin), "the id of Ana's passkey"};
};

TEST_P(SignUpByPasskey, NeedsNeitherPasswordNorApp) {
  ana().go_until("password");
  const auto options = offer_passkey_for_sign_up(accounts(), ana().asker, asker());
  ASSERT_TRUE(options);
  EXPECT_TRUE(options->must_keep_account) << "nobody could name the key to it without a password";
  EXPECT_EQ(options->handle.size(), 64U);
  EXPECT_EQ(choose(answer_to(options->challenge)), "");
  EXPECT_EQ(ana().step(), "phone");
  ana().skip_phone();
  EXPECT_EQ(ana().step(), "backup_codes") << "a passkey is both factors in one";
  EXPECT_EQ(find_sign_up(accounts(), ana().asker)->draft.backup_codes.size(), 10U);
  const auto id = ana().finish();
  EXPECT_FALSE(has_password(accounts(), *database().snapshot(), id));
  EXPECT_EQ(passkey_store(accounts()).find_handle(*database().snapshot(), id), options->handle);
  EXPECT_EQ(passkey_store(accounts()).list(*database().snapshot(), id).at(0).name, "A passkey");
  EXPECT_EQ(find_ways_in(*database().snapshot(), id).apps, 0);
  EXPECT_EQ(accounts().factors.count_unused_backup_codes(*database().snapshot(), id), 10);
  const auto session = sign_in(id);
  EXPECT_TRUE(session) << refusal_of(session);
}

TEST_P(SignUpByPasskey, GivesNobodyASessionForAnyPassword) {
  opened();
  for (const std::string_view typed : {testing::kGoodPassword, std::string_view("another one entirely")}) {
    EXPECT_EQ(refusal_of(waymark::accounts::sign_in(
                  accounts(), {.email = "ana@example.org", .password = std::string(typed), .client = asker().client})),
              "accounts.error.sign_in_wrong_email");
  }
}

TEST_P(SignUpByPasskey, APasswordChosenAfterwardsTakesItsPlaceAndAsksForAnApp) {
  ana().go_until("password");
  EXPECT_EQ(choose(answer_to(challenge())), "");
  ana().choose_password();
  ana().skip_phone();
  EXPECT_EQ(ana().step(), "authenticator");
  const auto id = ana().finish();
  EXPECT_TRUE(passkey_store(accounts()).list(*database().snapshot(), id).empty());
}

TEST_P(SignUpByPasskey, TakesThePlaceOfAPasswordAndAnAppChosenBefore) {
  ana().go_until("check");
  EXPECT_EQ(choose(answer_to(challenge())), "");
  EXPECT_EQ(ana().step(), "backup_codes") << "new ones: the old were made for the app";
  EXPECT_FALSE(may_take_step(find_sign_up(accounts(), ana().asker), sign_up_step("authenticator")));
  ana().take(set_up_authenticator_again(accounts(), ana().asker));
  EXPECT_EQ(find_sign_up(accounts(), ana().asker)->draft.backup_codes.size(), 10U) << "out of turn: nothing happened";
  const auto id = ana().finish();
  EXPECT_FALSE(has_password(accounts(), *database().snapshot(), id));
  EXPECT_EQ(find_ways_in(*database().snapshot(), id).apps, 0);
}

TEST_P(SignUpByPasskey, IsRefusedOutOfTurn) {
  EXPECT_EQ(refusal_of(offer_passkey_for_sign_up(accounts(), ana().asker, asker())), "accounts.error.sign_up_moved_on");
  ana().go_until("consent");
  EXPECT_EQ(refusal_of(offer_passkey_for_sign_up(accounts(), ana().asker, asker())), "accounts.error.sign_up_moved_on");
  const auto early =
      passkey_challenges(accounts()).make(bed().random, {CeremonyPurpose::sign_up, "visit one"}, bed().clock.now());
  EXPECT_EQ(choose(answer_to(early)), "");
  EXPECT_EQ(ana().step(), "consent");
}

TEST_P(SignUpByPasskey, RefusesWhatWasMadeForSomethingElseOrForAnotherBrowserOrTwice) {
  ana().go_until("password");
  const auto made_for = [&](CeremonyPurpose purpose, std::string holder) {
    return passkey_challenges(accounts()).make(bed().random, {purpose, std::move(holder)}, bed().clock.now());
  };
  EXPECT_EQ(choose(answer_to(made_for(CeremonyPurpose::add, "visit one"))), "accounts.error.passkey_refused");
  EXPECT_EQ(choose(answer_to(made_for(CeremonyPurpose::sign_up, "visit two"))), "accounts.error.passkey_refused");
  const auto once = answer_to(challenge());
  EXPECT_EQ(choose(once), "");
  EXPECT_EQ(choose(once), "accounts.error.passkey_late");
}

TEST_P(SignUpByPasskey, RefusesAPasskeyThatAnAccountHas) {
  opened();
  testing::SigningUp other{.bed = bed(), .email = "ben@example.org"};
  other.go_until("password");
  const auto offered = offer_passkey_for_sign_up(accounts(), other.asker, asker());
  EXPECT_EQ(refusal_of(choose_passkey(accounts(), other.asker, asker(), answer_to(offered->challenge))),
            "accounts.error.passkey_known");
}

TEST_P(SignUpByPasskey, ARaceForOneCredentialMakesOneAccount) {
  testing::SigningUp other{.bed = bed(), .email = "ben@example.org"};
  for (auto* person : {ana_.get(), &other}) {
    person->go_until("password");
    const auto offered = offer_passkey_for_sign_up(accounts(), person->asker, asker());
    EXPECT_EQ(refusal_of(choose_passkey(accounts(), person->asker, asker(), answer_to(offered->challenge))), "");
    person->skip_phone();
    person->keep_codes();
  }
  EXPECT_TRUE(finish_sign_up(accounts(), ana().asker));
  EXPECT_EQ(refusal_of(finish_sign_up(accounts(), other.asker)), "accounts.error.passkey_known");
  EXPECT_EQ(other.step(), "check") << "nothing of the second account was written";
  EXPECT_FALSE(accounts().store.find_by_email(*database().snapshot(), "ben@example.org"));
}

// Who could read the mailbox first would otherwise hold a key to the account that its owner finishes.
TEST_P(SignUpByPasskey, Incident_I28_IsForgottenWhenTheFlowGoesOnInAnotherBrowser) {
  ana().go_until("password");
  EXPECT_EQ(choose(answer_to(challenge())), "");
  ana().skip_phone();
  bed().clock.move(2min);
  testing::SigningUp owner{.bed = bed()};
  owner.prove_email();
  EXPECT_EQ(owner.step(), "password");
  const auto draft = find_sign_up(accounts(), owner.asker)->draft;
  EXPECT_FALSE(draft.passkey);
  EXPECT_TRUE(draft.backup_codes.empty());
}

TEST_P(SignUpByPasskey, KeepsTheLastPasskeyUntilThereIsAPassword) {
  const auto id = opened();
  const auto factor = accounts().parts.ids.next<TotpFactorId>();
  database().write([&](db::Transaction& tx) {
    accounts().factors.add_totp(
        tx, {.id = factor, .account = id, .secret = "12345678901234567890", .created_at = bed().clock.now()});
  });
  const auto passkey = passkey_store(accounts()).list(*database().snapshot(), id).at(0).id;
  EXPECT_EQ(refusal_of(remove_passkey(accounts(), id, passkey)), "accounts.error.last_passkey");
  const auto hash = bed().hasher.hash(std::string(testing::kGoodPassword)).value();
  database().write([&](db::Transaction& tx) { accounts().store.replace_password_hash(tx, id, hash); });
  EXPECT_EQ(refusal_of(remove_passkey(accounts(), id, passkey)), "");
}

ON_BOTH_DATABASES(SignUpByPasskey);

}  // namespace
}  // namespace waymark::accounts
