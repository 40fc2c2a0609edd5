#include <gtest/gtest.h>

#include <thread>

#include "features/office/invite_officer.hpp"
#include "features/office/limits.hpp"
#include "features/office/officer_passkeys.hpp"
#include "support/databases.hpp"
#include "support/office_bed.hpp"
#include "support/passkey_person.hpp"

namespace waymark::office {
namespace {

using testing::OfficeBed;
using testing::ScriptedPasskey;
using web::OfficeRole;

constexpr db::Query kHashes{"test.token_hashes", "SELECT COUNT(*) FROM office_sessions WHERE token_hash = $1"};

template <typename T>
std::string said(const Result<T>& result) {
  if (result) return {};
  return result.error().fields.empty()
             ? result.error().message.key
             : result.error().fields.front().field + ":" + result.error().fields.front().message.key;
}

class OfficersContract : public testing::DatabaseContract {
 protected:
  void SetUp() override {
    DatabaseContract::SetUp();
    if (IsSkipped()) return;
    bed_ = std::make_unique<OfficeBed>(database());
  }
  void TearDown() override {
    bed_.reset();
    DatabaseContract::TearDown();
  }
  OfficeBed& bed() { return *bed_; }
  Office& office() { return bed_->office; }
  bool is_in(const OfficeSessionKey& key) { return bed().visitor(key.token).seat.has_value(); }

  ScriptedPasskey key_{std::string(testing::kOfficeOrigin), "Maya's key"};
  ScriptedPasskey other_key_{std::string(testing::kOfficeOrigin), "another key"};
  std::unique_ptr<OfficeBed> bed_;
};

TEST_P(OfficersContract, LetInWhoWasInvitedByAKeyAndNothingElse) {
  const auto maya = bed().enrol(OfficeRole::case_officer, key_, "maya@northport.example");
  const auto seen = bed().visitor(maya.session.token);
  ASSERT_TRUE(seen.seat.has_value());
  EXPECT_EQ(seen.seat->role, OfficeRole::case_officer);
  EXPECT_EQ(seen.seat->name, "Maya Lindqvist");
  EXPECT_FALSE(seen.account) << "an officer is nobody's account";
  const auto again = bed().sign_in(key_, maya.officer);
  ASSERT_TRUE(again.has_value()) << said(again);
  EXPECT_TRUE(is_in(*again));
  EXPECT_EQ(said(bed().sign_in(other_key_, maya.officer)), "passkey:office.error.key_unknown");
}

TEST_P(OfficersContract, KeepOnlyAHashOfASession) {
  const auto maya = bed().enrol(OfficeRole::support, key_, "maya@northport.example");
  const auto count = [&](std::string_view value) {
    return database().snapshot()->find(kHashes, {db::Bytes{value}}, [](const db::Row& row) { return row.integer(0); });
  };
  EXPECT_EQ(count(sha256(maya.session.token)), 1);
  EXPECT_EQ(count(maya.session.token), 0);
}

TEST_P(OfficersContract, UseAnInvitationOnce) {
  const auto link = bed().invite(OfficeRole::support, "maya@northport.example");
  EXPECT_TRUE(bed().accept(link, key_).has_value());
  EXPECT_EQ(said(bed().accept(link, other_key_)), "gone");
}

TEST_P(OfficersContract, GiveAnInvitationToOneOfManyAtOnce) {
  const auto link = bed().invite(OfficeRole::support, "maya@northport.example");
  const auto token = OfficeBed::token_of(link);
  const auto officer = find_invited(office(), *database().snapshot(), token);
  std::vector<accounts::NewPasskeyAnswer> answers;
  for (int i = 0; i < 8; ++i) {
    const ScriptedPasskey key(std::string(testing::kOfficeOrigin), fmt::format("key {}", i));
    answers.push_back(OfficeBed::new_answer(
        key, offer_key(office(), *officer, accounts::CeremonyPurpose::office_welcome, OfficeBed::asker()).challenge));
  }
  std::atomic<int> in{0};
  std::vector<std::thread> people;
  for (const auto& answer : answers) {
    people.emplace_back([&] {
      if (accept_invitation(office(), token, OfficeBed::asker(), answer)) ++in;
    });
  }
  for (auto& person : people) person.join();
  EXPECT_EQ(in, 1);
  EXPECT_EQ(office().officers.list_passkeys(*database().snapshot(), officer->id).size(), 1U);
}

TEST_P(OfficersContract, EndAnInvitationByTimeAndByANewerOne) {
  const auto link = bed().invite(OfficeRole::support, "maya@northport.example");
  const auto officer = office().officers.find_by_email(*database().snapshot(), "maya@northport.example")->id;
  EXPECT_TRUE(invite_again(office(), OfficerId{1}, officer).has_value());
  EXPECT_EQ(said(bed().accept(link, key_)), "gone");
  const auto newer = testing::argument_of(bed().take_told().at(0), "link");
  bed().clock.move(kInvitationLifetime);
  EXPECT_EQ(said(bed().accept(newer, key_)), "gone");
}

TEST_P(OfficersContract, AreInvitedToAnAddressOnce) {
  bed().invite(OfficeRole::support, "maya@northport.example");
  const NewOfficer again{.email = "Maya@northport.example",
                         .name = "Maya",
                         .unit = "North",
                         .role = OfficeRole::auditor,
                         .language = "en"};
  EXPECT_EQ(said(invite_officer(office(), OfficerId{1}, again)), "email:office.error.email_taken");
  const NewOfficer empty{.role = OfficeRole::auditor};
  EXPECT_EQ(said(invite_officer(office(), OfficerId{1}, empty)), "email:office.error.email");
}

TEST_P(OfficersContract, BeginWithOneLinkPrintedToTheTerminal) {
  const NewOfficer ruth{.email = "ruth@northport.example", .name = "Ruth", .unit = "Head office", .language = "en"};
  const auto first = invite_first_administrator(office(), ruth, false);
  ASSERT_TRUE(first.has_value()) << said(first);
  EXPECT_TRUE(first->starts_with("https://account.northport.example/office/welcome/"));
  EXPECT_TRUE(bed().take_told().empty()) << "it is not mailed";
  EXPECT_TRUE(bed().accept(*first, key_).has_value());
  EXPECT_EQ(said(invite_first_administrator(office(), ruth, false)), "office.error.has_administrator");
  // All keys lost: by hand, and whoever had one is out.
  const auto officer = office().officers.find_by_email(*database().snapshot(), "ruth@northport.example")->id;
  const auto session = bed().sign_in(key_, officer);
  ASSERT_TRUE(session.has_value());
  const auto even_so = invite_first_administrator(office(), ruth, true);
  ASSERT_TRUE(even_so.has_value());
  EXPECT_FALSE(is_in(*session));
  EXPECT_EQ(said(bed().sign_in(key_, officer)), "passkey:office.error.key_unknown");
  bed().clock.move(kFirstLinkLifetime);
  EXPECT_EQ(said(bed().accept(*even_so, key_)), "gone");
}

TEST_P(OfficersContract, AreOutWhenTheyAreStopped) {
  bed().enrol(OfficeRole::administrator, other_key_, "ruth@northport.example");
  const auto maya = bed().enrol(OfficeRole::case_officer, key_, "maya@northport.example");
  EXPECT_TRUE(stop_officer(office(), OfficerId{1}, maya.officer).has_value());
  EXPECT_FALSE(is_in(maya.session));
  EXPECT_EQ(said(bed().sign_in(key_, maya.officer)), "passkey:office.error.key_unknown");
  EXPECT_EQ(said(stop_officer(office(), OfficerId{1}, maya.officer)), "web.error.not_found");
  EXPECT_EQ(said(invite_again(office(), OfficerId{1}, maya.officer)), "web.error.not_found");
}

TEST_P(OfficersContract, LoseTheirSessionsWithTheirRole) {
  const auto maya = bed().enrol(OfficeRole::case_officer, key_, "maya@northport.example");
  EXPECT_TRUE(change_seat(office(), OfficerId{1}, maya.officer, OfficeRole::support, "Call centre").has_value());
  EXPECT_FALSE(is_in(maya.session));
  const auto again = bed().sign_in(key_, maya.officer);
  EXPECT_EQ(bed().visitor(again->token).seat->role, OfficeRole::support);
}

TEST_P(OfficersContract, AlwaysHaveAnAdministrator) {
  const auto ruth = bed().enrol(OfficeRole::administrator, key_, "ruth@northport.example");
  EXPECT_EQ(said(stop_officer(office(), ruth.officer, ruth.officer)), "office.error.last_administrator");
  EXPECT_EQ(said(change_seat(office(), ruth.officer, ruth.officer, OfficeRole::auditor, "Head office")),
            "office.error.last_administrator");
  const auto other = bed().enrol(OfficeRole::administrator, other_key_, "omar@northport.example");
  // Each stops the other, at once: one stays.
  std::atomic<int> stopped{0};
  std::thread first([&] { stopped += stop_officer(office(), ruth.officer, other.officer).has_value() ? 1 : 0; });
  std::thread second([&] { stopped += stop_officer(office(), other.officer, ruth.officer).has_value() ? 1 : 0; });
  first.join();
  second.join();
  EXPECT_EQ(stopped, 1);
}

TEST_P(OfficersContract, AreSignedOutAfterAQuietQuarterOfAnHourAndTwelveHours) {
  const auto maya = bed().enrol(OfficeRole::support, key_, "maya@northport.example");
  bed().clock.move(kOfficeSessionIdle - std::chrono::seconds{1});
  EXPECT_TRUE(is_in(maya.session)) << "and this was activity";
  bed().clock.move(kOfficeSessionIdle);
  EXPECT_FALSE(is_in(maya.session));
  const auto again = bed().sign_in(key_, maya.officer);
  for (int i = 0; i < 12 * 6 - 1; ++i) {
    bed().clock.move(std::chrono::minutes{10});
    ASSERT_TRUE(is_in(*again)) << i;
  }
  bed().clock.move(std::chrono::minutes{10});
  EXPECT_FALSE(is_in(*again));
}

TEST_P(OfficersContract, GetANewTokenWhenTheyProveThemselvesAgain) {
  const auto maya = bed().enrol(OfficeRole::support, key_, "maya@northport.example");
  const auto session = bed().visitor(maya.session.token).session;
  bed().clock.move(std::chrono::minutes{10});
  const auto asker = OfficeBed::asker("session");
  const auto options = ask_for_key(office(), accounts::CeremonyPurpose::office_again, asker, maya.officer);
  const auto proved =
      prove_again(office(), asker, bed().answer(key_, options.challenge, maya.officer), maya.officer, session);
  ASSERT_TRUE(proved.has_value()) << said(proved);
  EXPECT_FALSE(is_in(maya.session));
  EXPECT_EQ(bed().visitor(proved->token).proved_at, bed().clock.now());
  // An answer to one question is none to another, and none a second time.
  const auto sign_in_challenge =
      ask_for_key(office(), accounts::CeremonyPurpose::office_sign_in, asker, std::nullopt).challenge;
  EXPECT_EQ(
      said(prove_again(office(), asker, bed().answer(key_, sign_in_challenge, maya.officer), maya.officer, session)),
      "passkey:accounts.error.passkey_refused");
  EXPECT_EQ(
      said(prove_again(office(), asker, bed().answer(key_, options.challenge, maya.officer), maya.officer, session)),
      "passkey:accounts.error.passkey_late");
}

TEST_P(OfficersContract, SwitchOffAKeyThatWasCopied) {
  const auto maya = bed().enrol(OfficeRole::support, key_, "maya@northport.example");
  EXPECT_TRUE(bed().sign_in(key_, maya.officer, {.count = 5}).has_value());
  EXPECT_EQ(said(bed().sign_in(key_, maya.officer, {.count = 5})), "passkey:office.error.key_off");
  EXPECT_EQ(said(bed().sign_in(key_, maya.officer, {.count = 9})), "passkey:office.error.key_off");
}

TEST_P(OfficersContract, KeepTheirLastKey) {
  const auto maya = bed().enrol(OfficeRole::support, key_, "maya@northport.example");
  const auto first = office().officers.list_passkeys(*database().snapshot(), maya.officer).front().id;
  EXPECT_EQ(said(remove_key(office(), maya.officer, first)), "office.error.last_key");
  const auto officer = office().officers.find(*database().snapshot(), maya.officer);
  const auto options = offer_key(office(), *officer, accounts::CeremonyPurpose::office_add, OfficeBed::asker());
  EXPECT_EQ(options.known.size(), 1U);
  EXPECT_EQ(
      said(add_key(office(), OfficeBed::asker(), OfficeBed::new_answer(other_key_, options.challenge), maya.officer)),
      "");
  EXPECT_EQ(said(remove_key(office(), maya.officer, first)), "");
  EXPECT_EQ(said(bed().sign_in(key_, maya.officer)), "passkey:office.error.key_unknown");
  EXPECT_TRUE(bed().sign_in(other_key_, maya.officer).has_value());
}

// A person's passkey opens their account and nothing of the office, and the other way round.
TEST_P(OfficersContract, AndPeopleOpenNothingOfEachOther) {
  testing::PasskeyPerson ana(database());
  ana.add();
  Office beside({.accounts = ana.accounts(), .cases = bed().cases, .origin = std::string(testing::kOfficeOrigin)});
  const auto options = ask_for_key(beside, accounts::CeremonyPurpose::office_sign_in, ana.asker(), std::nullopt);
  EXPECT_EQ(said(sign_in(beside, ana.asker(), ana.answer_to(options.challenge))), "passkey:office.error.key_unknown");
  const auto people = ana.challenge_for(accounts::CeremonyPurpose::sign_in);
  EXPECT_EQ(said(sign_in(beside, ana.asker(), ana.answer_to(people))), "passkey:accounts.error.passkey_refused");
}

ON_BOTH_DATABASES(OfficersContract);

}  // namespace
}  // namespace waymark::office
