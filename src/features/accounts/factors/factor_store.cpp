#include "features/accounts/factors/factor_store.hpp"

namespace waymark::accounts {
namespace {

constexpr db::Query kAddTotp{"accounts.add_totp",
                             "INSERT INTO totp_factors (id, account, name, secret_sealed, used_step, created_at) "
                             "VALUES ($1, $2, $3, $4, $5, $6)"};
constexpr db::Query kListTotp{"accounts.list_totp",
                              "SELECT id, name, secret_sealed, used_step, created_at, last_used_at FROM totp_factors "
                              "WHERE account = $1 ORDER BY id"};
constexpr db::Query kRenameTotp{"accounts.rename_totp",
                                "UPDATE totp_factors SET name = $3 WHERE account = $1 AND id = $2"};
constexpr db::Query kRemoveTotp{"accounts.remove_totp", "DELETE FROM totp_factors WHERE account = $1 AND id = $2"};
constexpr db::Query kHasTotp{"accounts.has_totp", "SELECT 1 FROM totp_factors WHERE account = $1 AND id = $2"};
constexpr db::Query kUseTotpStep{"accounts.use_totp_step",
                                 "UPDATE totp_factors SET used_step = $2, last_used_at = $3 "
                                 "WHERE id = $1 AND used_step < $2 "
                                 "RETURNING id"};
constexpr db::Query kDeleteTotp{"accounts.delete_totp", "DELETE FROM totp_factors WHERE account = $1"};
constexpr db::Query kAddBackupCode{"accounts.add_backup_code",
                                   "INSERT INTO backup_codes (id, account, code_hash, recipe, created_at) "
                                   "VALUES ($1, $2, $3, $4, $5)"};
constexpr db::Query kFindRecipe{"accounts.find_backup_code_recipe",
                                "SELECT recipe FROM backup_codes WHERE account = $1 AND used_at IS NULL LIMIT 1"};
constexpr db::Query kUseBackupCode{"accounts.use_backup_code",
                                   "UPDATE backup_codes SET used_at = $3 WHERE account = $1 AND code_hash = $2 "
                                   "AND used_at IS NULL RETURNING id"};
constexpr db::Query kCountUnused{"accounts.count_unused_backup_codes",
                                 "SELECT COUNT(*) FROM backup_codes WHERE account = $1 AND used_at IS NULL"};
constexpr db::Query kDeleteBackupCodes{"accounts.delete_backup_codes", "DELETE FROM backup_codes WHERE account = $1"};

int read_count(const db::Row& row) { return static_cast<int>(row.integer(0)); }

SealPlace secret_place(TotpFactorId id) { return {"totp_factors", "secret_sealed", id.value}; }

}  // namespace

FactorStore::FactorStore(const Sealer& sealer, const KeyRing& keys)
    : sealer_(sealer), code_hash_(keys, "accounts.backup_code") {}

void FactorStore::add_totp(db::Transaction& tx, const TotpFactor& factor) const {
  const auto secret = sealer_.seal(secret_place(factor.id), factor.secret);
  tx.run(kAddTotp, {factor.id, factor.account, factor.name, db::Bytes{secret}, factor.used_step, factor.created_at});
}

std::vector<TotpFactor> FactorStore::list_totp(db::Snapshot& snapshot, AccountId account) const {
  return snapshot.list(kListTotp, {account}, [&](const db::Row& row) {
    const auto id = row.id<TotpFactorId>(0);
    return TotpFactor{.id = id,
                      .account = account,
                      .name = std::string(row.text(1)),
                      .secret = sealer_.open(secret_place(id), row.bytes(2)),
                      .used_step = row.integer(3),
                      .created_at = row.instant(4),
                      .last_used_at = row.maybe_instant(5)};
  });
}

bool FactorStore::rename_totp(db::Transaction& tx, AccountId account, TotpFactorId factor,
                              std::string_view name) const {
  return tx.run(kRenameTotp, {account, factor, name}) == 1;
}

bool FactorStore::remove_totp(db::Transaction& tx, AccountId account, TotpFactorId factor) const {
  return tx.run(kRemoveTotp, {account, factor}) == 1;
}

bool FactorStore::has_totp(db::Snapshot& snapshot, AccountId account, TotpFactorId factor) const {
  return snapshot.has(kHasTotp, {account, factor});
}

bool FactorStore::use_totp_step(db::Transaction& tx, TotpFactorId factor, std::int64_t step, Instant now) const {
  return tx.has(kUseTotpStep, {factor, step, now});
}

void FactorStore::delete_totp(db::Transaction& tx, AccountId account) const { tx.run(kDeleteTotp, {account}); }

std::string FactorStore::backup_code_hash(std::string_view derived) const { return code_hash_.of(derived); }

void FactorStore::add_backup_codes(db::Transaction& tx, AccountId account, const NewBackupCodes& set,
                                   Instant now) const {
  for (const auto& code : set.codes) {
    tx.run(kAddBackupCode, {code.id, account, db::Bytes{code.hash}, set.recipe, now});
  }
}

std::optional<std::string> FactorStore::find_backup_code_recipe(db::Snapshot& snapshot, AccountId account) const {
  return snapshot.find(kFindRecipe, {account},
                       [](const db::Row& row) { return std::string(row.maybe_text(0).value_or("")); });
}

bool FactorStore::use_backup_code(db::Transaction& tx, AccountId account, std::string_view hash, Instant now) const {
  return tx.has(kUseBackupCode, {account, db::Bytes{hash}, now});
}

int FactorStore::count_unused_backup_codes(db::Snapshot& snapshot, AccountId account) const {
  return snapshot.find(kCountUnused, {account}, read_count).value_or(0);
}

void FactorStore::delete_backup_codes(db::Transaction& tx, AccountId account) const {
  tx.run(kDeleteBackupCodes, {account});
}

}  // namespace waymark::accounts
