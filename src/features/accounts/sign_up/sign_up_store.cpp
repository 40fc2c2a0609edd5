#include "features/accounts/sign_up/sign_up_store.hpp"

#include "base/assert.hpp"

namespace waymark::accounts {
namespace {

constexpr db::Query kInsert{
    "sign_ups.insert",
    "INSERT INTO sign_ups (id, token_hash, email_sealed, email_index, email_proved_at, code_hash, code_expires_at, "
    "draft_sealed, continues, revision, created_at, expires_at) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $10, $11)"};
constexpr db::Query kFind{
    "sign_ups.find",
    "SELECT id, email_sealed, email_proved_at, code_hash, code_expires_at, draft_sealed, continues, created_at, "
    "expires_at FROM sign_ups WHERE token_hash = $1 AND expires_at > $2"};
constexpr db::Query kFindById{
    "sign_ups.find_by_id",
    "SELECT id, email_sealed, email_proved_at, code_hash, code_expires_at, draft_sealed, continues, created_at, "
    "expires_at FROM sign_ups WHERE id = $1 AND expires_at > $2"};
constexpr db::Query kLockByToken{
    "sign_ups.lock_by_token",
    "UPDATE sign_ups SET revision = revision + 1 WHERE token_hash = $1 AND expires_at > $2 "
    "RETURNING id, email_sealed, email_proved_at, code_hash, code_expires_at, draft_sealed, continues, created_at, "
    "expires_at"};
constexpr db::Query kLockById{
    "sign_ups.lock_by_id",
    "UPDATE sign_ups SET revision = revision + 1 WHERE id = $1 AND expires_at > $2 "
    "RETURNING id, email_sealed, email_proved_at, code_hash, code_expires_at, draft_sealed, continues, created_at, "
    "expires_at"};
constexpr db::Query kSave{"sign_ups.save",
                          "UPDATE sign_ups SET email_proved_at = $2, code_hash = $3, code_expires_at = $4, "
                          "draft_sealed = $5, continues = $6 WHERE id = $1"};
constexpr db::Query kSetToken{"sign_ups.set_token", "UPDATE sign_ups SET token_hash = $2 WHERE id = $1"};
constexpr db::Query kRemove{"sign_ups.remove", "DELETE FROM sign_ups WHERE id = $1"};
constexpr db::Query kFindProved{
    "sign_ups.find_proved",
    "SELECT id, email_sealed, email_proved_at, code_hash, code_expires_at, draft_sealed, continues, created_at, "
    "expires_at FROM sign_ups WHERE email_index = $1 AND id <> $2 AND expires_at > $3 "
    "AND email_proved_at IS NOT NULL AND continues IS NULL ORDER BY email_proved_at DESC, id DESC LIMIT 1"};
constexpr db::Query kRemoveUnproved{
    "sign_ups.remove_unproved", "DELETE FROM sign_ups WHERE email_index = $1 AND id <> $2 AND email_proved_at IS NULL"};
constexpr db::Query kRemoveAll{"sign_ups.remove_all", "DELETE FROM sign_ups WHERE email_index = $1"};
constexpr db::Query kDeleteLapsed{"sign_ups.delete_lapsed", "DELETE FROM sign_ups WHERE expires_at <= $1"};

SealPlace place(std::string_view column, SignUpId id) { return {"sign_ups", column, id.value}; }

db::Parameter bytes_or_null(const std::string& bytes) {
  return bytes.empty() ? db::Parameter(nullptr) : db::Parameter(db::Bytes{bytes});
}

}  // namespace

// The index of an address is the accounts' own, so that a lookup by it means the same in both tables.
SignUpStore::SignUpStore(const Sealer& sealer, const KeyRing& keys)
    : sealer_(sealer), email_hash_(keys, "accounts.email") {}

SignUp SignUpStore::read(const db::Row& row) const {
  const auto id = row.id<SignUpId>(0);
  auto email = parse_email(sealer_.open(place("email_sealed", id), row.bytes(1)));
  WAYMARK_ASSERT(email);
  SignUp sign_up{.id = id,
                 .email = std::move(*email),
                 .email_proved_at = row.maybe_instant(2),
                 .code_hash = row.maybe_bytes(3).value_or(std::string{}),
                 .code_expires_at = row.maybe_instant(4),
                 .draft = parse_draft(sealer_.open(place("draft_sealed", id), row.bytes(5))),
                 .created_at = row.instant(7),
                 .expires_at = row.instant(8)};
  if (!row.is_null(6)) sign_up.continues = row.id<SignUpId>(6);
  return sign_up;
}

void SignUpStore::insert(db::Transaction& tx, const SignUp& sign_up, std::string_view token_hash) const {
  const auto email = sealer_.seal(place("email_sealed", sign_up.id), sign_up.email.address);
  const auto index = email_hash_.of(sign_up.email.canonical);
  const auto draft = sealer_.seal(place("draft_sealed", sign_up.id), to_json(sign_up.draft));
  tx.run(kInsert, {sign_up.id, db::Bytes{token_hash}, db::Bytes{email}, db::Bytes{index}, sign_up.email_proved_at,
                   bytes_or_null(sign_up.code_hash), sign_up.code_expires_at, db::Bytes{draft}, sign_up.continues,
                   sign_up.created_at, sign_up.expires_at});
}

std::optional<SignUp> SignUpStore::find(db::Snapshot& snapshot, std::string_view token_hash, Instant now) const {
  return snapshot.find(kFind, {db::Bytes{token_hash}, now}, [this](const db::Row& row) { return read(row); });
}

std::optional<SignUp> SignUpStore::find(db::Snapshot& snapshot, SignUpId id, Instant now) const {
  return snapshot.find(kFindById, {id, now}, [this](const db::Row& row) { return read(row); });
}

std::optional<SignUp> SignUpStore::lock(db::Transaction& tx, std::string_view token_hash, Instant now) const {
  return tx.find(kLockByToken, {db::Bytes{token_hash}, now}, [this](const db::Row& row) { return read(row); });
}

std::optional<SignUp> SignUpStore::lock(db::Transaction& tx, SignUpId id, Instant now) const {
  return tx.find(kLockById, {id, now}, [this](const db::Row& row) { return read(row); });
}

void SignUpStore::save(db::Transaction& tx, const SignUp& sign_up) const {
  const auto draft = sealer_.seal(place("draft_sealed", sign_up.id), to_json(sign_up.draft));
  tx.run(kSave, {sign_up.id, sign_up.email_proved_at, bytes_or_null(sign_up.code_hash), sign_up.code_expires_at,
                 db::Bytes{draft}, sign_up.continues});
}

void SignUpStore::set_token(db::Transaction& tx, SignUpId id, std::string_view token_hash) const {
  tx.run(kSetToken, {id, db::Bytes{token_hash}});
}

void SignUpStore::remove(db::Transaction& tx, SignUpId id) const { tx.run(kRemove, {id}); }

std::optional<SignUp> SignUpStore::find_proved(db::Snapshot& snapshot, std::string_view canonical, SignUpId other_than,
                                               Instant now) const {
  const auto index = email_hash_.of(canonical);
  return snapshot.find(kFindProved, {db::Bytes{index}, other_than, now},
                       [this](const db::Row& row) { return read(row); });
}

void SignUpStore::remove_unproved(db::Transaction& tx, std::string_view canonical, SignUpId kept) const {
  const auto index = email_hash_.of(canonical);
  tx.run(kRemoveUnproved, {db::Bytes{index}, kept});
}

void SignUpStore::remove_all(db::Transaction& tx, std::string_view canonical) const {
  const auto index = email_hash_.of(canonical);
  tx.run(kRemoveAll, {db::Bytes{index}});
}

void delete_lapsed_sign_ups(db::Transaction& tx, Instant now) { tx.run(kDeleteLapsed, {now}); }

}  // namespace waymark::accounts
