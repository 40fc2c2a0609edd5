#include "features/accounts/recovery/email_change_store.hpp"

#include "base/assert.hpp"

namespace waymark::accounts {
namespace {

constexpr db::Query kRemove{"email_changes.remove", "DELETE FROM email_changes WHERE account = $1"};
constexpr db::Query kInsert{
    "email_changes.insert",
    "INSERT INTO email_changes (id, account, email_sealed, code_hash, code_expires_at, proved_at, old_code_hash, "
    "old_code_expires_at, revision, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, $10)"};
constexpr db::Query kFind{
    "email_changes.find",
    "SELECT id, account, email_sealed, code_hash, code_expires_at, proved_at, old_code_hash, old_code_expires_at, "
    "created_at, expires_at FROM email_changes WHERE account = $1 AND expires_at > $2"};
constexpr db::Query kLock{
    "email_changes.lock",
    "UPDATE email_changes SET revision = revision + 1 WHERE account = $1 AND expires_at > $2 "
    "RETURNING id, account, email_sealed, code_hash, code_expires_at, proved_at, old_code_hash, old_code_expires_at, "
    "created_at, expires_at"};
constexpr db::Query kSave{"email_changes.save",
                          "UPDATE email_changes SET code_hash = $2, code_expires_at = $3, proved_at = $4, "
                          "old_code_hash = $5, old_code_expires_at = $6 WHERE id = $1"};
constexpr db::Query kDeleteLapsed{"email_changes.delete_lapsed", "DELETE FROM email_changes WHERE expires_at <= $1"};

SealPlace place(EmailChangeId id) { return {"email_changes", "email_sealed", id.value}; }

}  // namespace

EmailChange EmailChangeStore::read(const db::Row& row) const {
  const auto id = row.id<EmailChangeId>(0);
  auto email = parse_email(sealer_.open(place(id), row.bytes(2)));
  WAYMARK_ASSERT(email);
  return {.id = id,
          .account = row.id<AccountId>(1),
          .email = std::move(*email),
          .code_hash = std::string(row.bytes(3)),
          .code_expires_at = row.instant(4),
          .proved_at = row.maybe_instant(5),
          .old_code_hash = std::string(row.bytes(6)),
          .old_code_expires_at = row.instant(7),
          .created_at = row.instant(8),
          .expires_at = row.instant(9)};
}

void EmailChangeStore::replace(db::Transaction& tx, const EmailChange& change) const {
  remove(tx, change.account);
  const auto sealed = sealer_.seal(place(change.id), change.email.address);
  tx.run(kInsert, {change.id, change.account, db::Bytes{sealed}, db::Bytes{change.code_hash}, change.code_expires_at,
                   change.proved_at, db::Bytes{change.old_code_hash}, change.old_code_expires_at, change.created_at,
                   change.expires_at});
}

std::optional<EmailChange> EmailChangeStore::find(db::Snapshot& snapshot, AccountId account, Instant now) const {
  return snapshot.find(kFind, {account, now}, [this](const db::Row& row) { return read(row); });
}

std::optional<EmailChange> EmailChangeStore::lock(db::Transaction& tx, AccountId account, Instant now) const {
  return tx.find(kLock, {account, now}, [this](const db::Row& row) { return read(row); });
}

void EmailChangeStore::save(db::Transaction& tx, const EmailChange& change) const {
  tx.run(kSave, {change.id, db::Bytes{change.code_hash}, change.code_expires_at, change.proved_at,
                 db::Bytes{change.old_code_hash}, change.old_code_expires_at});
}

void EmailChangeStore::remove(db::Transaction& tx, AccountId account) const { tx.run(kRemove, {account}); }

void delete_lapsed_email_changes(db::Transaction& tx, Instant now) { tx.run(kDeleteLapsed, {now}); }

}  // namespace waymark::accounts
