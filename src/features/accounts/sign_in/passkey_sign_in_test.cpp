#include "features/accounts/sign_in/passkey_sign_in.hpp"

#include <algorithm>

#include "journal/audit.hpp"
#include "support/passkey_person.hpp"

namespace waymark::accounts {
namespace {

using testing::refusal_of;
using testing::ScriptedPasskey;

class PasskeySignIn : public testing::WithPasskeyAna {
 protected:
  std::string sign_in(const testing::PasskeyAnswerForm& form) { return refusal_of(ana().sign_in_by_passkey(form)); }
  std::string sign_in(const PasskeyAnswer& answer) { return refusal_of(ana().sign_in_with(answer)); }
  std::string challenge() { return ana().challenge_for(CeremonyPurpose::sign_in); }
  int count_events(std::string_view event) {
    const auto rows = journal::list_for_account(*database().snapshot(), ana().account, 100);
    return static_cast<int>(std::ranges::count(rows, event, &journal::AuditRow::event));
  }
};

constexpr const char* kRefused = "accounts.error.passkey_refused";
constexpr const char* kUnknown = "accounts.error.passkey_unknown";
constexpr const char* kOff = "accounts.error.passkey_off";

TEST_P(PasskeySignIn, OpensAWholeSessionWithThePasskeyAlone) {
  const auto id = ana().add();
  ana().bed.clock.move(60s);
  const auto key = ana().sign_in_by_passkey({.count = 5});
  ASSERT_TRUE(key) << refusal_of(key);
  EXPECT_EQ(ana().standing(*key), web::Standing::signed_in);
  const auto kept = ana().kept(id);
  EXPECT_EQ(kept.sign_count, 5U);
  EXPECT_EQ(kept.used_at, ana().bed.clock.now());
  EXPECT_TRUE(ana().told_kinds().empty());  // a device that she was on before
  const auto rows = journal::list_for_account(*database().snapshot(), ana().account, 1);
  EXPECT_EQ(rows.at(0).event, "session.started");
  EXPECT_EQ(rows.at(0).detail, "passkey");
}

TEST_P(PasskeySignIn, OfSyncedPasskeysStaysAtZero) {
  ana().add();
  EXPECT_EQ(sign_in(testing::PasskeyAnswerForm{}), "");
  EXPECT_EQ(sign_in(testing::PasskeyAnswerForm{}), "");
}

TEST_P(PasskeySignIn, Incident_I73_RefusesEachWrongAnswer) {
  ana().add();
  EXPECT_EQ(sign_in({.type = "webauthn.create"}), kRefused);
  EXPECT_EQ(sign_in({.origin = "https://account.northport.example.evil.net"}), kRefused);
  EXPECT_EQ(sign_in({.relying_party = "northport.example"}), kRefused);
  EXPECT_EQ(sign_in({.more_client_data = R"(,"topOrigin":"https://evil.example")"}), kRefused);
  EXPECT_EQ(sign_in({.flags = 0x01}), "accounts.error.passkey_unverified");
  EXPECT_EQ(sign_in({.flags = 0x04}), "accounts.error.passkey_unverified");
  EXPECT_EQ(sign_in({.flags = 0x0d}), kRefused);

  auto answer = ana().answer_to(challenge());
  answer.signature.back() = static_cast<char>(answer.signature.back() ^ 1);
  EXPECT_EQ(sign_in(answer), kRefused);
  answer = ana().answer_to(challenge());
  answer.credential_id += "x";
  EXPECT_EQ(sign_in(answer), kUnknown);
  EXPECT_EQ(sign_in(PasskeyAnswer{}), kRefused);
  EXPECT_EQ(sign_in(testing::PasskeyAnswerForm{}), "");
}

TEST_P(PasskeySignIn, Incident_I73_RefusesAnotherAccountsUserHandleOrNone) {
  ana().add();
  auto answer = ana().answer_to(challenge());
  answer.user_handle.clear();
  EXPECT_EQ(sign_in(answer), kUnknown);
  answer = ana().answer_to(challenge());
  answer.user_handle.back() = static_cast<char>(answer.user_handle.back() ^ 1);
  EXPECT_EQ(sign_in(answer), kUnknown);
  answer = ana().answer_to(challenge());
  answer.user_handle = std::to_string(ana().account.value);
  EXPECT_EQ(sign_in(answer), kUnknown);
}

TEST_P(PasskeySignIn, RefusesChallengesOfOthersAndLateOnes) {
  ana().add();
  EXPECT_EQ(sign_in(ana().answer_to(std::string(72, 'c'))), kRefused);
  EXPECT_EQ(sign_in(ana().answer_to("")), kRefused);
  EXPECT_EQ(sign_in(ana().answer_to(ana().challenge_for(CeremonyPurpose::sign_in, "visit two"))), kRefused);
  EXPECT_EQ(sign_in(ana().answer_to(ana().challenge_for(CeremonyPurpose::second_factor))), kRefused);
  EXPECT_EQ(sign_in(ana().answer_to(ana().challenge_for(CeremonyPurpose::prove_again))), kRefused);
  auto longer = challenge();
  longer[39] = static_cast<char>(longer[39] + 1);  // its time
  EXPECT_EQ(sign_in(ana().answer_to(longer)), kRefused);
  const auto old = challenge();
  ana().bed.clock.move(kPasskeyChallengeLifetime);
  EXPECT_EQ(sign_in(ana().answer_to(old)), "accounts.error.passkey_late");
  EXPECT_EQ(sign_in(testing::PasskeyAnswerForm{}), "");
}

TEST_P(PasskeySignIn, TakesAnAnswerOnce) {
  const auto id = ana().add();
  const auto answer = ana().answer_to(challenge(), {.count = 3});
  EXPECT_EQ(sign_in(answer), "");
  EXPECT_EQ(sign_in(answer), "accounts.error.passkey_late");
  EXPECT_FALSE(ana().kept(id).switched_off_at);  // sent twice is no clone
  EXPECT_TRUE(ana().sign_in_by_passkey({.count = 4}));
}

TEST_P(PasskeySignIn, OfAClonedCounterSwitchesThePasskeyOffAndTellsTheOwner) {
  const auto id = ana().add();
  ASSERT_TRUE(ana().sign_in_by_passkey({.count = 9}));
  ana().bed.take_told();
  for (const std::uint32_t count : {9U, 8U, 0U}) {
    EXPECT_EQ(sign_in({.count = count}), kOff);
    EXPECT_TRUE(ana().kept(id).switched_off_at);
  }
  EXPECT_EQ(sign_in({.count = 10}), kOff);
  EXPECT_EQ(ana().told_kinds(), std::vector<std::string>{"accounts.passkey_copied"});
  EXPECT_EQ(count_events("factor.switched_off"), 1);
  EXPECT_EQ(passkey_store(accounts()).count_usable(*database().snapshot(), ana().account), 0);
  EXPECT_TRUE(ask_for_passkey(accounts(), {CeremonyPurpose::second_factor, "session"}, ana().account).known.empty());
}

TEST_P(PasskeySignIn, OfALockedOrClosedAccountOpensNothing) {
  const auto id = ana().add();
  ana().set_locked(true);
  const auto refused = ana().sign_in_by_passkey({.count = 2});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, FailureKind::forbidden);
  EXPECT_EQ(refusal_of(refused), "accounts.error.locked_by_agency");
  EXPECT_EQ(ana().kept(id).sign_count, 0U);
  ana().set_locked(false);
  EXPECT_TRUE(ana().sign_in_by_passkey({.count = 2}));
  static constexpr db::Query kClose{"test.close", "UPDATE accounts SET state = 'closed' WHERE id = $1"};
  database().write([&](db::Transaction& tx) { tx.run(kClose, {ana().account}); });
  EXPECT_EQ(sign_in({.count = 3}), kUnknown);
}

TEST_P(PasskeySignIn, ProvesTheSecondFactorAfterThePassword) {
  ana().add();
  const auto half = ana().half();
  const auto options = ask_for_passkey(accounts(), {CeremonyPurpose::second_factor, "session"}, ana().account);
  ASSERT_EQ(options.known.size(), 1U);
  EXPECT_EQ(options.known[0].credential_id, ana().passkey.credential_id());
  auto answer = ana().answer_to(options.challenge);
  answer.user_handle.clear();  // a key that keeps no accounts
  EXPECT_EQ(
      refusal_of(prove_second_factor_by_passkey(accounts(), ana().asker("another"), answer, ana().account, half.id)),
      kRefused);
  const auto raised =
      prove_second_factor_by_passkey(accounts(), ana().asker("session"), answer, ana().account, half.id);
  ASSERT_TRUE(raised) << refusal_of(raised);
  EXPECT_EQ(ana().standing(*raised), web::Standing::signed_in);
  EXPECT_EQ(ana().standing(half), web::Standing::stranger);  // incident I35: a new token
}

TEST_P(PasskeySignIn, OfAnotherPersonNeverRaisesASession) {
  ana().add();
  testing::SigningUp ben{.bed = ana().bed, .email = "ben@example.org"};
  const auto other = ben.finish();
  const auto half = accounts().sessions.make_key({.peer = "203.0.113.9"});
  database().write([&](db::Transaction& tx) { accounts().sessions.start_half(tx, half, other, SharedComputer::no); });
  const auto challenge = ask_for_passkey(accounts(), {CeremonyPurpose::second_factor, "session"}, other).challenge;
  EXPECT_EQ(refusal_of(prove_second_factor_by_passkey(accounts(), ana().asker("session"), ana().answer_to(challenge),
                                                      other, half.id)),
            kUnknown);
}

TEST_P(PasskeySignIn, GivesThePlaceBackWhenTheSessionEndedMeanwhile) {
  const auto id = ana().add();
  const auto half = ana().half();
  const auto challenge = ana().challenge_for(CeremonyPurpose::second_factor, "session");
  database().write([&](db::Transaction& tx) { accounts().sessions.end(tx, half.id, 1, ana().bed.clock.now()); });
  const auto answer = ana().answer_to(challenge, {.count = 4});
  const auto refused =
      prove_second_factor_by_passkey(accounts(), ana().asker("session"), answer, ana().account, half.id);
  EXPECT_EQ(refused.error().kind, FailureKind::unauthorized);
  EXPECT_EQ(ana().kept(id).sign_count, 0U);
}

TEST_P(PasskeySignIn, ProvesAgainUnderANewToken) {
  ana().add();
  const auto key = ana().sign_in_by_passkey();
  ASSERT_TRUE(key);
  const auto challenge = ana().challenge_for(CeremonyPurpose::prove_again, "session");
  const auto proved =
      prove_again_by_passkey(accounts(), ana().asker("session"), ana().answer_to(challenge), ana().account, key->id);
  ASSERT_TRUE(proved) << refusal_of(proved);
  EXPECT_EQ(ana().standing(*key), web::Standing::stranger);
  EXPECT_EQ(ana().standing(*proved), web::Standing::signed_in);
}

TEST_P(PasskeySignIn, Incident_I08_WrongAnswersAreLimited) {
  ana().add();
  int checked = 0;
  for (int i = 0; i < 40; ++i) {
    auto answer = ana().answer_to(challenge());
    answer.signature = "0";
    if (sign_in(answer) == kRefused) ++checked;
  }
  EXPECT_EQ(checked, kPasskeyTriesFromNetwork.tries_max);
  ana().bed.clock.move(kPasskeyTriesFromNetwork.lock);
  EXPECT_EQ(sign_in(testing::PasskeyAnswerForm{}), "");
}

TEST_P(PasskeySignIn, WrongAnswersWithEverNewPasskeysCountForTheirNetwork) {
  ana().add();
  for (int i = 0; i < 3; ++i) {
    auto answer = ana().answer_to(challenge());
    answer.credential_id = fmt::format("made up {}", i);
    static_cast<void>(
        sign_in_by_passkey(accounts(), ana().asker("visit one", fmt::format("2001:db8:7:7:{}::1", i)), answer, {}));
  }
  EXPECT_EQ(ana().failures(kPasskeyNetworkTries, web::network_of("2001:db8:7:7::9")), 3);
}

TEST_P(PasskeySignIn, Incident_I15_AStrangersFailuresNeverStopAPasskey) {
  ana().add();
  for (int i = 0; i < 60; ++i) {
    static_cast<void>(ana().give(testing::kWrongPassword, fmt::format("198.51.100.{}", i)));
    auto answer = ana().answer_to(challenge());
    answer.signature = "0";
    static_cast<void>(sign_in_by_passkey(accounts(), ana().asker("visit one", "198.51.100.7"), answer, {}));
  }
  const auto half = ana().halves(1).front();
  for (int i = 0; i < 20; ++i) static_cast<void>(ana().prove(half, ana().wrong_app_code()));
  EXPECT_EQ(refusal_of(ana().give(testing::kGoodPassword)), "accounts.error.sign_in_locked");
  EXPECT_EQ(sign_in(testing::PasskeyAnswerForm{}), "");
}

ON_BOTH_DATABASES(PasskeySignIn);

class PasskeyRace : public PasskeySignIn {};

TEST_P(PasskeyRace, OneAnswerIn64ThreadsOpensOneSession) {
  const auto id = ana().add();
  for (int round = 0; round < testing::race_rounds(50); ++round) {
    ana().bed.clock.move(kPasskeyTriesFromNetwork.window);
    const auto answer = ana().answer_to(challenge(), {.count = static_cast<std::uint32_t>(round) + 1});
    std::atomic<int> opened{0};
    testing::in_threads(64, [&](int i) {
      const auto asker = ana().asker("visit one", fmt::format("198.51.{}.{}", round % 250, i));
      if (sign_in_by_passkey(accounts(), asker, answer, SharedComputer::no)) ++opened;
    });
    ASSERT_EQ(opened.load(), 1);
    ASSERT_FALSE(ana().kept(id).switched_off_at);
  }
}

TEST_P(PasskeyRace, SixtyFourAnswersWithOneCountAreOneSessionAndOneNotice) {
  for (int round = 0; round < std::max(1, testing::race_rounds(50) / 10); ++round) {
    ana().bed.clock.move(kPasskeyTriesFromNetwork.window);
    ana().passkey = ScriptedPasskey(std::string(testing::kPasskeyOrigin), fmt::format("passkey {}", round));
    const auto id = ana().add();
    std::vector<PasskeyAnswer> answers;
    for (int i = 0; i < 64; ++i) answers.push_back(ana().answer_to(challenge(), {.count = 7}));
    std::atomic<int> opened{0};
    testing::in_threads(64, [&](int i) {
      const auto asker = ana().asker("visit one", fmt::format("198.51.{}.{}", round % 250, i));
      if (sign_in_by_passkey(accounts(), asker, answers[static_cast<std::size_t>(i)], SharedComputer::no)) ++opened;
    });
    ASSERT_EQ(opened.load(), 1);
    ASSERT_TRUE(ana().kept(id).switched_off_at);
    const auto told = ana().told_kinds();
    ASSERT_EQ(std::ranges::count(told, "accounts.passkey_copied"), 1);
    ASSERT_EQ(refusal_of(remove_passkey(accounts(), ana().account, id)), "");
    ana().bed.take_told();
  }
}

ON_BOTH_DATABASES(PasskeyRace);

}  // namespace
}  // namespace waymark::accounts
