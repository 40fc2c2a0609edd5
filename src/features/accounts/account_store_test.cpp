#include "features/accounts/account_store.hpp"

#include "support/accounts_bed.hpp"

namespace waymark::accounts {
namespace {

class AccountStoreContract : public testing::WithAccounts {
 protected:
  AccountStore& store() { return accounts().store; }
  NewAccount ana(std::string_view address = "ana@example.org") {
    const auto now = bed().clock.now();
    return {.profile = {.id = bed().ids.next<AccountId>(),
                        .email = *parse_email(address),
                        .given_name = "Ana",
                        .family_name = "Morales Ñ",
                        .date_of_birth = Date{std::chrono::year{1984} / 3 / 27},
                        .language = "es",
                        .created_at = now},
            .password_hash = "$argon2id$secret",
            .consent_version = "1",
            .consented_at = now};
  }
  bool add(const NewAccount& account) {
    return database().write([&](db::Transaction& tx) { return store().add(tx, account); });
  }
};

TEST_P(AccountStoreContract, GivesBackWhatWasWritten) {
  const auto account = ana();
  ASSERT_TRUE(add(account));
  const auto snapshot = database().snapshot();
  const auto profile = store().load_profile(*snapshot, account.profile.id);
  EXPECT_EQ(profile.email.address, "ana@example.org");
  EXPECT_EQ(profile.family_name, "Morales Ñ");
  EXPECT_EQ(profile.date_of_birth, account.profile.date_of_birth);
  EXPECT_EQ(profile.state, AccountState::active);
  EXPECT_FALSE(profile.time_zone);
  EXPECT_FALSE(profile.signed_in_at);
  EXPECT_EQ(store().find_password_hash(*snapshot, profile.id), "$argon2id$secret");
}

TEST_P(AccountStoreContract, HoldsOneAccountAMailbox) {
  const auto first = ana("Ana@Example.org");
  ASSERT_TRUE(add(first));
  EXPECT_FALSE(add(ana("ana@example.ORG")));
  EXPECT_TRUE(add(ana("ana+work@example.org")));
  EXPECT_EQ(store().find_by_email(*database().snapshot(), parse_email("ANA@example.org")->canonical), first.profile.id);
}

TEST_P(AccountStoreContract, FindsNothingForAStranger) {
  EXPECT_FALSE(store().find_by_email(*database().snapshot(), "nobody@example.org"));
  EXPECT_FALSE(store().find_for_sign_in(*database().snapshot(), "nobody@example.org"));
  EXPECT_FALSE(store().find_profile(*database().snapshot(), AccountId{5}));
}

TEST_P(AccountStoreContract, LocksAndUnlocksButNeverReopensAClosedAccount) {
  const auto account = ana();
  ASSERT_TRUE(add(account));
  const auto id = account.profile.id;
  const auto lock = [&](bool locked) {
    return database().write([&](db::Transaction& tx) { return store().set_locked(tx, id, locked); });
  };
  EXPECT_TRUE(lock(true));
  EXPECT_EQ(store().find_for_sign_in(*database().snapshot(), "ana@example.org")->state, AccountState::locked);
  EXPECT_TRUE(lock(false));
  EXPECT_EQ(store().load_profile(*database().snapshot(), id).state, AccountState::active);
  constexpr db::Query kClose{"test.close", "UPDATE accounts SET state = 'closed' WHERE id = $1"};
  database().write([&](db::Transaction& tx) { tx.run(kClose, {id}); });
  EXPECT_FALSE(lock(false));
}

TEST_P(AccountStoreContract, SealsEverythingPersonal) {
  ASSERT_TRUE(add(ana()));
  constexpr db::Query kAll{"test.sealed",
                           "SELECT email_sealed, given_name_sealed, family_name_sealed, date_of_birth_sealed, "
                           "password_hash_sealed, email_index FROM accounts"};
  database().snapshot()->each(kAll, {}, [](const db::Row& row) {
    for (int column = 0; column < 6; ++column) {
      for (const std::string_view word : {"ana", "Ana", "Morales", "1984", "argon2id"}) {
        EXPECT_EQ(row.bytes(column).find(word), std::string_view::npos) << column;
      }
    }
  });
}

TEST_P(AccountStoreContract, DoesNotOpenAValueThatWasCopiedToAnotherRow) {
  const auto first = ana();
  const auto second = ana("bo@example.org");
  ASSERT_TRUE(add(first) && add(second));
  constexpr db::Query kCopy{"test.copy",
                            "UPDATE accounts SET password_hash_sealed = (SELECT password_hash_sealed FROM accounts "
                            "WHERE id = $1) WHERE id = $2"};
  database().write([&](db::Transaction& tx) { tx.run(kCopy, {first.profile.id, second.profile.id}); });
  const auto snapshot = database().snapshot();
  EXPECT_THROW(store().find_password_hash(*snapshot, second.profile.id), std::runtime_error);
}

ON_BOTH_DATABASES(AccountStoreContract);

}  // namespace
}  // namespace waymark::accounts
