#include "features/accounts/factors/passkey_store.hpp"

namespace waymark::accounts {
namespace {

constexpr db::Query kAdd{
    "passkeys.add",
    "INSERT INTO passkeys (id, account, name, credential_index, credential_id_sealed, public_key, sign_count, "
    "is_backup_eligible, is_backed_up, transports, aaguid, created_at) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (credential_index) DO NOTHING"};
constexpr db::Query kList{
    "passkeys.list",
    "SELECT id, account, name, credential_id_sealed, public_key, sign_count, is_backup_eligible, is_backed_up, "
    "transports, aaguid, created_at, used_at, switched_off_at FROM passkeys WHERE account = $1 ORDER BY id"};
constexpr db::Query kFind{
    "passkeys.find",
    "SELECT id, account, name, credential_id_sealed, public_key, sign_count, is_backup_eligible, is_backed_up, "
    "transports, aaguid, created_at, used_at, switched_off_at FROM passkeys WHERE account = $1 AND id = $2"};
constexpr db::Query kFindByCredential{
    "passkeys.find_by_credential",
    "SELECT id, account, name, credential_id_sealed, public_key, sign_count, is_backup_eligible, is_backed_up, "
    "transports, aaguid, created_at, used_at, switched_off_at FROM passkeys WHERE credential_index = $1"};
constexpr db::Query kCountUsable{"passkeys.count_usable",
                                 "SELECT COUNT(*) FROM passkeys WHERE account = $1 AND switched_off_at IS NULL"};
constexpr db::Query kUse{"passkeys.use",
                         "UPDATE passkeys SET sign_count = $2, is_backed_up = $3, used_at = $4 "
                         "WHERE id = $1 AND switched_off_at IS NULL "
                         "AND (sign_count < $2 OR (sign_count = 0 AND $2 = 0)) RETURNING id"};
constexpr db::Query kSwitchOff{"passkeys.switch_off",
                               "UPDATE passkeys SET switched_off_at = $2 WHERE id = $1 AND switched_off_at IS NULL "
                               "RETURNING id"};
constexpr db::Query kRename{"passkeys.rename", "UPDATE passkeys SET name = $3 WHERE account = $1 AND id = $2"};
constexpr db::Query kRemove{"passkeys.remove", "DELETE FROM passkeys WHERE account = $1 AND id = $2"};
constexpr db::Query kRemoveAll{"passkeys.remove_all", "DELETE FROM passkeys WHERE account = $1"};
constexpr db::Query kFindHandle{"passkeys.find_handle", "SELECT handle FROM passkey_handles WHERE account = $1"};
constexpr db::Query kAddHandle{"passkeys.add_handle",
                               "INSERT INTO passkey_handles (account, handle) VALUES ($1, $2) "
                               "ON CONFLICT (account) DO NOTHING"};
constexpr db::Query kUseChallenge{"passkeys.use_challenge",
                                  "INSERT INTO passkey_challenges (challenge_hash, lapses_at) VALUES ($1, $2) "
                                  "ON CONFLICT (challenge_hash) DO NOTHING"};
constexpr db::Query kDeleteLapsed{"passkeys.delete_lapsed_challenges",
                                  "DELETE FROM passkey_challenges WHERE lapses_at < $1"};

SealPlace place(PasskeyId passkey) { return {"passkeys", "credential_id_sealed", passkey.value}; }

}  // namespace

PasskeyStore::PasskeyStore(const Sealer& sealer, const KeyRing& keys)
    : sealer_(sealer), credential_hash_(keys, "accounts.credential") {}

bool PasskeyStore::add(db::Transaction& tx, const Passkey& passkey) const {
  const auto index = credential_hash_.of(passkey.credential_id);
  const auto sealed = sealer_.seal(place(passkey.id), passkey.credential_id);
  return tx.run(kAdd, {passkey.id, passkey.account, passkey.name, db::Bytes{index}, db::Bytes{sealed},
                       db::Bytes{passkey.public_key}, std::int64_t{passkey.sign_count}, passkey.is_backup_eligible,
                       passkey.is_backed_up, passkey.transports, db::Bytes{passkey.aaguid}, passkey.created_at}) == 1;
}

Passkey PasskeyStore::read(const db::Row& row) const {
  const auto id = row.id<PasskeyId>(0);
  return {.id = id,
          .account = row.id<AccountId>(1),
          .name = std::string(row.text(2)),
          .credential_id = sealer_.open(place(id), row.bytes(3)),
          .public_key = std::string(row.bytes(4)),
          .sign_count = static_cast<std::uint32_t>(row.integer(5)),
          .is_backup_eligible = row.boolean(6),
          .is_backed_up = row.boolean(7),
          .transports = std::string(row.text(8)),
          .aaguid = std::string(row.bytes(9)),
          .created_at = row.instant(10),
          .used_at = row.maybe_instant(11),
          .switched_off_at = row.maybe_instant(12)};
}

std::vector<Passkey> PasskeyStore::list(db::Snapshot& snapshot, AccountId account) const {
  return snapshot.list(kList, {account}, [&](const db::Row& row) { return read(row); });
}

std::optional<Passkey> PasskeyStore::find(db::Snapshot& snapshot, AccountId account, PasskeyId passkey) const {
  return snapshot.find(kFind, {account, passkey}, [&](const db::Row& row) { return read(row); });
}

std::optional<Passkey> PasskeyStore::find_by_credential(db::Snapshot& snapshot, std::string_view credential_id) const {
  const auto index = credential_hash_.of(credential_id);
  return snapshot.find(kFindByCredential, {db::Bytes{index}}, [&](const db::Row& row) { return read(row); });
}

int PasskeyStore::count_usable(db::Snapshot& snapshot, AccountId account) const {
  const auto count =
      snapshot.find(kCountUsable, {account}, [](const db::Row& row) { return static_cast<int>(row.integer(0)); });
  return count.value_or(0);
}

bool PasskeyStore::use(db::Transaction& tx, PasskeyId passkey, std::uint32_t sign_count, bool is_backed_up,
                       Instant now) const {
  return tx.has(kUse, {passkey, std::int64_t{sign_count}, is_backed_up, now});
}

bool PasskeyStore::switch_off(db::Transaction& tx, PasskeyId passkey, Instant now) const {
  return tx.has(kSwitchOff, {passkey, now});
}

bool PasskeyStore::rename(db::Transaction& tx, AccountId account, PasskeyId passkey, std::string_view name) const {
  return tx.run(kRename, {account, passkey, name}) == 1;
}

bool PasskeyStore::remove(db::Transaction& tx, AccountId account, PasskeyId passkey) const {
  return tx.run(kRemove, {account, passkey}) == 1;
}

void PasskeyStore::remove_all(db::Transaction& tx, AccountId account) const { tx.run(kRemoveAll, {account}); }

std::optional<std::string> PasskeyStore::find_handle(db::Snapshot& snapshot, AccountId account) const {
  return snapshot.find(kFindHandle, {account}, [](const db::Row& row) { return std::string(row.bytes(0)); });
}

std::string PasskeyStore::keep_handle(db::Transaction& tx, AccountId account, std::string_view fresh) const {
  tx.run(kAddHandle, {account, db::Bytes{fresh}});
  return find_handle(tx, account).value();
}

bool PasskeyStore::use_challenge(db::Transaction& tx, std::string_view challenge, Instant lapses_at) const {
  const auto hash = sha256(challenge);
  return tx.run(kUseChallenge, {db::Bytes{hash}, lapses_at}) == 1;
}

void delete_lapsed_passkey_challenges(db::Transaction& tx, Instant now) { tx.run(kDeleteLapsed, {now}); }

}  // namespace waymark::accounts
