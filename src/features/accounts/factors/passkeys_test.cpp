#include "features/accounts/factors/passkeys.hpp"

#include <algorithm>

#include "features/accounts/factors/ways_in.hpp"
#include "features/accounts/recovery/recovery.hpp"
#include "journal/audit.hpp"
#include "support/passkey_person.hpp"

namespace waymark::accounts {
namespace {

using testing::refusal_of;
using testing::ScriptedPasskey;

class Passkeys : public testing::WithPasskeyAna {
 protected:
  std::string add(const testing::PasskeyAnswerForm& form) { return refusal_of(ana().add(ana().passkey, form)); }
  std::vector<Passkey> list() { return passkey_store(accounts()).list(*database().snapshot(), ana().account); }
  ScriptedPasskey another(std::string id) {
    return ScriptedPasskey(std::string(testing::kPasskeyOrigin), std::move(id));
  }
  std::vector<std::string> events() {
    std::vector<std::string> found;
    for (const auto& row : journal::list_for_account(*database().snapshot(), ana().account, 100)) {
      if (row.event.starts_with("factor.")) found.push_back(row.event + " " + row.detail);
    }
    return found;
  }
  void remove_app() {
    static constexpr db::Query kRemove{"test.remove_app", "DELETE FROM totp_factors WHERE account = $1"};
    database().write([&](db::Transaction& tx) { tx.run(kRemove, {ana().account}); });
  }
};

TEST_P(Passkeys, AreKeptAsTheyWereRegisteredAndTold) {
  const auto id = ana().add(ana().passkey, {.flags = 0x1d, .count = 6});
  ASSERT_TRUE(id) << refusal_of(id);
  const auto kept = ana().kept(*id);
  EXPECT_EQ(kept.name, "My phone");
  EXPECT_EQ(kept.credential_id, ana().passkey.credential_id());
  EXPECT_EQ(kept.public_key, ana().passkey.cose_key());
  EXPECT_EQ(kept.sign_count, 6U);
  EXPECT_TRUE(kept.is_backup_eligible);
  EXPECT_TRUE(kept.is_backed_up);
  EXPECT_EQ(kept.transports, "hybrid internal");
  EXPECT_EQ(kept.created_at, ana().bed.clock.now());
  EXPECT_FALSE(kept.used_at);
  EXPECT_EQ(ana().told_kinds(), std::vector<std::string>{"accounts.passkey_added"});
  EXPECT_EQ(events(), std::vector<std::string>{"factor.added passkey"});
}

TEST_P(Passkeys, HaveARandomHandleThatTellsNothing) {
  const auto first = offer_new_passkey(accounts(), ana().account, ana().asker());
  const auto second = offer_new_passkey(accounts(), ana().account, ana().asker());
  EXPECT_EQ(first.handle.size(), 64U);
  EXPECT_EQ(first.handle, second.handle);
  EXPECT_NE(first.challenge, second.challenge);
  EXPECT_EQ(first.handle.find(std::to_string(ana().account.value)), std::string::npos);
  EXPECT_EQ(first.handle.find("ana@example.org"), std::string::npos);
}

TEST_P(Passkeys, Incident_I73_RefuseEachWrongRegistration) {
  EXPECT_EQ(add({.type = "webauthn.get"}), "accounts.error.passkey_refused");
  EXPECT_EQ(add({.origin = "https://evil.example"}), "accounts.error.passkey_refused");
  EXPECT_EQ(add({.relying_party = "evil.example"}), "accounts.error.passkey_refused");
  EXPECT_EQ(add({.flags = 0x01}), "accounts.error.passkey_unverified");
  EXPECT_EQ(add({.flags = 0x15}), "accounts.error.passkey_refused");
  const auto challenge = offer_new_passkey(accounts(), ana().account, ana().asker()).challenge;
  const auto answer = ana().passkey.registration(challenge);
  EXPECT_EQ(refusal_of(ana().add_answer(answer, "another id")), "accounts.error.passkey_refused");
  EXPECT_EQ(refusal_of(ana().add_answer(ana().passkey.registration(std::string(72, 'x')), "id")),
            "accounts.error.passkey_refused");
  const auto of_sign_in = ana().passkey.registration(ana().challenge_for(CeremonyPurpose::sign_in));
  EXPECT_EQ(refusal_of(ana().add_answer(of_sign_in, ana().passkey.credential_id())), "accounts.error.passkey_refused");
  auto es384 = ana().passkey.cose_key();
  es384.replace(4, 1, std::string("\x38\x22", 2));
  EXPECT_EQ(
      refusal_of(ana().add_answer(ana().passkey.registration_of_key(challenge, es384), ana().passkey.credential_id())),
      "accounts.error.passkey_kind");
  EXPECT_TRUE(list().empty());
  EXPECT_TRUE(ana().told_kinds().empty());
}

TEST_P(Passkeys, AreRegisteredOnceAndEachAnswerOnce) {
  const auto challenge = offer_new_passkey(accounts(), ana().account, ana().asker()).challenge;
  const auto answer = ana().passkey.registration(challenge);
  EXPECT_EQ(refusal_of(ana().add_answer(answer, ana().passkey.credential_id())), "");
  EXPECT_EQ(refusal_of(ana().add_answer(answer, ana().passkey.credential_id())), "accounts.error.passkey_late");
  EXPECT_EQ(add({}), "accounts.error.passkey_known");
  const auto late = offer_new_passkey(accounts(), ana().account, ana().asker()).challenge;
  ana().bed.clock.move(kPasskeyChallengeLifetime);
  const auto other = another("two");
  EXPECT_EQ(refusal_of(ana().add_answer(other.registration(late), "two")), "accounts.error.passkey_late");
  EXPECT_EQ(list().size(), 1U);
}

TEST_P(Passkeys, OfOneAccountAreNotTakenByAnother) {
  ana().add();
  testing::SigningUp ben{.bed = ana().bed, .email = "ben@example.org"};
  const auto other = ben.finish();
  const auto challenge = offer_new_passkey(accounts(), other, ana().asker()).challenge;
  const auto answer = ana().passkey.registration(challenge);
  const auto taken = add_passkey(accounts(), other, ana().asker(),
                                 {.credential_id = ana().passkey.credential_id(),
                                  .client_data = answer.client_data,
                                  .attestation = answer.attestation});
  EXPECT_EQ(refusal_of(taken), "accounts.error.passkey_known");
  const auto id = list().front().id;
  EXPECT_EQ(refusal_of(rename_passkey(accounts(), other, id, "Mine")), "accounts.error.passkey_gone");
  EXPECT_EQ(refusal_of(remove_passkey(accounts(), other, id)), "accounts.error.passkey_gone");
  EXPECT_EQ(list().size(), 1U);
}

TEST_P(Passkeys, AreAtMostTwenty) {
  for (std::size_t i = 0; i < kPasskeysMax; ++i) ASSERT_TRUE(ana().add(another(fmt::format("key {}", i))));
  EXPECT_EQ(refusal_of(ana().add(another("one more"))), "accounts.error.passkeys_many");
}

TEST_P(Passkeys, AreRenamed) {
  const auto id = ana().add();
  EXPECT_EQ(refusal_of(rename_passkey(accounts(), ana().account, id, "  Blue\tkey ")), "");
  EXPECT_EQ(ana().kept(id).name, "Blue key");
  EXPECT_EQ(refusal_of(rename_passkey(accounts(), ana().account, id, "  ")), "accounts.error.passkey_name_missing");
  EXPECT_EQ(refusal_of(rename_passkey(accounts(), ana().account, id, std::string(61, 'n'))),
            "accounts.error.passkey_name_long");
}

TEST_P(Passkeys, ProveNothingOnceRemoved) {
  const auto id = ana().add();
  ASSERT_TRUE(ana().sign_in_by_passkey());
  ana().bed.take_told();
  EXPECT_EQ(refusal_of(remove_passkey(accounts(), ana().account, id)), "");
  EXPECT_EQ(ana().told_kinds(), std::vector<std::string>{"accounts.passkey_removed"});
  EXPECT_EQ(events().front(), "factor.removed passkey");
  EXPECT_EQ(refusal_of(ana().sign_in_by_passkey()), "accounts.error.passkey_unknown");
  EXPECT_EQ(refusal_of(remove_passkey(accounts(), ana().account, id)), "accounts.error.passkey_gone");
}

TEST_P(Passkeys, StayWhenTheyAreTheLastSecondFactor) {
  const auto first = ana().add();
  const auto second = ana().add(another("two"));
  remove_app();
  EXPECT_EQ(refusal_of(remove_passkey(accounts(), ana().account, first)), "");
  EXPECT_EQ(refusal_of(remove_passkey(accounts(), ana().account, *second)), "accounts.error.last_second_factor");
  EXPECT_EQ(list().size(), 1U);
}

TEST_P(Passkeys, ThatAreSwitchedOffCountForNothingAndAlwaysGo) {
  const auto first = ana().add();
  const auto second = ana().add(another("two"));
  remove_app();
  database().write(
      [&](db::Transaction& tx) { passkey_store(accounts()).switch_off(tx, first, ana().bed.clock.now()); });
  EXPECT_EQ(find_ways_in(*database().snapshot(), ana().account).passkeys, 1);
  EXPECT_EQ(refusal_of(remove_passkey(accounts(), ana().account, *second)), "accounts.error.last_second_factor");
  EXPECT_EQ(refusal_of(remove_passkey(accounts(), ana().account, first)), "");
}

TEST_P(Passkeys, MakeWhatProvesLessWaitADay) {
  const auto ways = [&] { return find_recovery_ways(accounts(), *database().snapshot(), ana().account); };
  EXPECT_FALSE(proves_less(ways(), "totp"));
  ana().add();
  EXPECT_TRUE(ways().has_passkey);
  EXPECT_TRUE(proves_less(ways(), "totp"));
}

TEST_P(Passkeys, RaceOfRemovalsLeavesOne) {
  remove_app();
  for (int round = 0; round < testing::race_rounds(50); ++round) {
    while (list().size() < 4) ASSERT_TRUE(ana().add(another(fmt::format("{} {}", round, list().size()))));
    const auto all = list();
    std::atomic<int> removed{0};
    testing::in_threads(64, [&](int i) {
      if (remove_passkey(accounts(), ana().account, all[static_cast<std::size_t>(i) % all.size()].id)) ++removed;
    });
    ASSERT_EQ(removed.load(), 3);
    ASSERT_EQ(list().size(), 1U);
  }
}

TEST_P(Passkeys, AnsweredChallengesAreForgottenOnceTheyLapsed) {
  ana().add();
  static constexpr db::Query kCount{"test.count_challenges", "SELECT COUNT(*) FROM passkey_challenges"};
  const auto count = [&] {
    return database().snapshot()->find(kCount, {}, [](const db::Row& row) { return row.integer(0); }).value();
  };
  EXPECT_EQ(count(), 1);
  accounts().delete_lapsed();
  EXPECT_EQ(count(), 1);
  ana().bed.clock.move(kPasskeyChallengeLifetime + 1s);
  accounts().delete_lapsed();
  EXPECT_EQ(count(), 0);
}

ON_BOTH_DATABASES(Passkeys);

}  // namespace
}  // namespace waymark::accounts
