#include "features/accounts/factors/factor_store.hpp"

#include <atomic>
#include <map>
#include <set>
#include <thread>

#include "features/accounts/factors/backup_code_hashes.hpp"
#include "features/accounts/factors/backup_codes.hpp"
#include "support/accounts_bed.hpp"

namespace waymark::accounts {
namespace {

class FactorStoreContract : public testing::WithAccounts {
 protected:
  void SetUp() override {
    WithAccounts::SetUp();
    if (IsSkipped()) return;
    testing::SigningUp ana{.bed = bed()};
    account_ = ana.finish();
    codes_ = ana.backup_codes;
  }
  FactorStore& factors() { return accounts().factors; }
  TotpFactor app() { return factors().list_totp(*database().snapshot(), account_).at(0); }
  bool use_step(std::int64_t step) {
    const auto id = app().id;
    return database().write(
        [&](db::Transaction& tx) { return factors().use_totp_step(tx, id, step, bed().clock.now()); });
  }
  bool use_code(AccountId account, const std::string& code) {
    const auto hash = hash_backup_code(accounts(), account, code).value();
    return database().write(
        [&](db::Transaction& tx) { return factors().use_backup_code(tx, account, hash, bed().clock.now()); });
  }
  static int winners(const std::function<bool()>& attempt) {
    std::atomic<int> won{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 64; ++i) {
      threads.emplace_back([&] {
        if (attempt()) ++won;
      });
    }
    for (auto& thread : threads) thread.join();
    return won.load();
  }
  AccountId account_{};
  std::vector<std::string> codes_;
};

TEST_P(FactorStoreContract, Incident_I10_StepIsTakenOnceByManyAtOnceAndEarlierOnesAreRefused) {
  const auto step = app().used_step + 5;
  EXPECT_EQ(winners([&] { return use_step(step); }), 1);
  EXPECT_FALSE(use_step(step));
  EXPECT_FALSE(use_step(step - 1));
  EXPECT_TRUE(use_step(step + 1));
}

TEST_P(FactorStoreContract, BackupCodeIsTakenOnceByManyAtOnce) {
  EXPECT_EQ(winners([&] { return use_code(account_, codes_.at(0)); }), 1);
  EXPECT_FALSE(use_code(account_, codes_.at(0)));
  EXPECT_TRUE(use_code(account_, codes_.at(1)));
  EXPECT_EQ(factors().count_unused_backup_codes(*database().snapshot(), account_), 8);
}

TEST_P(FactorStoreContract, BackupCodeIsItsOwnersOnly) {
  testing::SigningUp bo{.bed = bed(), .email = "bo@example.org"};
  EXPECT_FALSE(use_code(bo.finish(), codes_.at(0)));
}

TEST_P(FactorStoreContract, Incident_I12_SecretHasAHundredAndSixtyBits) { EXPECT_GE(app().secret.size(), 20U); }

TEST_P(FactorStoreContract, SealsSecretsAndHashesCodes) {
  const auto secret = app().secret;
  constexpr db::Query kSecret{"test.secret", "SELECT secret_sealed FROM totp_factors"};
  constexpr db::Query kCodes{"test.codes", "SELECT code_hash FROM backup_codes"};
  const auto snapshot = database().snapshot();
  snapshot->each(kSecret, {}, [&](const db::Row& row) { EXPECT_EQ(row.bytes(0).find(secret), std::string::npos); });
  snapshot->each(kCodes, {}, [&](const db::Row& row) {
    for (const auto& code : codes_) EXPECT_EQ(row.bytes(0).find(code), std::string::npos);
  });
}

TEST_P(FactorStoreContract, KeepsBackupCodesByAPasswordHashWithASaltForEachSet) {
  constexpr db::Query kKept{"test.kept", "SELECT account, code_hash, recipe FROM backup_codes"};
  testing::SigningUp bo{.bed = bed(), .email = "bo@example.org"};
  bo.finish();
  std::map<std::int64_t, std::set<std::string>> recipes;
  std::set<std::string> kept;
  database().snapshot()->each(kKept, {}, [&](const db::Row& row) {
    recipes[row.integer(0)].insert(row.maybe_text(2).value_or(""));
    kept.insert(std::string(row.bytes(1)));
  });
  ASSERT_EQ(recipes.size(), 2U);
  for (const auto& [account, of_set] : recipes) {
    ASSERT_EQ(of_set.size(), 1U);
    EXPECT_TRUE(of_set.begin()->starts_with("argon2id m=64 t=1 ")) << *of_set.begin();
  }
  EXPECT_NE(recipes.begin()->second, recipes.rbegin()->second);
  // Neither the fast keyed hash of a code, nor the slow one without the key.
  const auto recipe = *recipes[account_.value].begin();
  for (const auto& code : codes_) {
    EXPECT_FALSE(kept.contains(factors().backup_code_hash(code)));
    const auto derived = bed().hasher.derive(code, recipe).value();
    EXPECT_FALSE(kept.contains(derived));
    EXPECT_TRUE(kept.contains(factors().backup_code_hash(derived)));
  }
}

TEST_P(FactorStoreContract, TakesTheCodesOfASetThatWasMadeBeforeSlowHashes) {
  constexpr db::Query kMakeOld{"test.make_old", "UPDATE backup_codes SET code_hash = $2, recipe = NULL WHERE id = $1"};
  constexpr db::Query kFirst{"test.first", "SELECT id FROM backup_codes ORDER BY id LIMIT 1"};
  const auto id = database().snapshot()->find(kFirst, {}, [](const db::Row& row) { return row.integer(0); }).value();
  constexpr db::Query kDropOthers{"test.drop_others", "DELETE FROM backup_codes WHERE id <> $1"};
  const auto old = factors().backup_code_hash(codes_.at(0));
  database().write([&](db::Transaction& tx) {
    tx.run(kDropOthers, {id});
    tx.run(kMakeOld, {id, db::Bytes{old}});
  });
  EXPECT_FALSE(use_code(account_, codes_.at(1)));
  EXPECT_TRUE(use_code(account_, codes_.at(0)));
  EXPECT_FALSE(use_code(account_, codes_.at(0)));
}

ON_BOTH_DATABASES(FactorStoreContract);

TEST(BackupCodes, AreTenDifferentOnesOfMoreThanSixtyFourBits) {
  SystemRandom random;
  const auto codes = make_backup_codes(random);
  ASSERT_EQ(codes.size(), 10U);
  for (const auto& code : codes) EXPECT_GE(code.size() * 5, 64U);
  auto sorted = codes;
  std::ranges::sort(sorted);
  EXPECT_EQ(std::ranges::adjacent_find(sorted), sorted.end());
}

TEST(BackupCodes, AreReadAsPeopleTypeThem) {
  SystemRandom random;
  const auto code = make_backup_codes(random).front();
  EXPECT_EQ(parse_backup_code(format_backup_code(code)), code);
  EXPECT_EQ(parse_backup_code(" 0O1IL 23456 789AB "),
            "00111"
            "23456"
            "789ab");
  EXPECT_FALSE(parse_backup_code(""));
  EXPECT_FALSE(parse_backup_code(code + "0"));
  EXPECT_FALSE(parse_backup_code("u" + code.substr(1)));
}

}  // namespace
}  // namespace waymark::accounts
