#include "features/help/asking_store.hpp"

#include "base/assert.hpp"

namespace waymark::help {
namespace {

constexpr db::Query kInsert{
    "help_askings.insert",
    "INSERT INTO help_askings (id, token_hash, email_sealed, code_hash, code_expires_at, revision, created_at, "
    "expires_at) VALUES ($1, $2, $3, $4, $5, 0, $6, $7)"};
constexpr db::Query kFind{"help_askings.find",
                          "SELECT id, email_sealed, code_hash, code_expires_at, email_proved_at, created_at, "
                          "expires_at FROM help_askings WHERE token_hash = $1 AND expires_at > $2"};
constexpr db::Query kLock{"help_askings.lock",
                          "UPDATE help_askings SET revision = revision + 1 WHERE token_hash = $1 AND expires_at > $2 "
                          "RETURNING id, email_sealed, code_hash, code_expires_at, email_proved_at, created_at, "
                          "expires_at"};
constexpr db::Query kSetCode{"help_askings.set_code",
                             "UPDATE help_askings SET code_hash = $2, code_expires_at = $3 WHERE id = $1"};
constexpr db::Query kSetProved{"help_askings.set_proved",
                               "UPDATE help_askings SET code_hash = NULL, code_expires_at = NULL, "
                               "email_proved_at = $2, token_hash = $3 WHERE id = $1"};
constexpr db::Query kRemove{"help_askings.remove", "DELETE FROM help_askings WHERE id = $1"};
constexpr db::Query kDeleteLapsed{"help_askings.delete_lapsed", "DELETE FROM help_askings WHERE expires_at <= $1"};

SealPlace place(AskingId id) { return {"help_askings", "email_sealed", id.value}; }

}  // namespace

Asking AskingStore::read(const db::Row& row) const {
  const auto id = row.id<AskingId>(0);
  auto email = parse_email(sealer_.open(place(id), row.bytes(1)));
  WAYMARK_ASSERT(email);
  return {.id = id,
          .email = std::move(*email),
          .code_hash = row.maybe_bytes(2).value_or(std::string{}),
          .code_expires_at = row.maybe_instant(3),
          .email_proved_at = row.maybe_instant(4),
          .created_at = row.instant(5),
          .expires_at = row.instant(6)};
}

void AskingStore::insert(db::Transaction& tx, const Asking& asking, std::string_view token_hash) const {
  const auto email = sealer_.seal(place(asking.id), asking.email.address);
  tx.run(kInsert, {asking.id, db::Bytes{token_hash}, db::Bytes{email}, db::Bytes{asking.code_hash},
                   asking.code_expires_at, asking.created_at, asking.expires_at});
}

std::optional<Asking> AskingStore::find(db::Snapshot& snapshot, std::string_view token_hash, Instant now) const {
  return snapshot.find(kFind, {db::Bytes{token_hash}, now}, [this](const db::Row& row) { return read(row); });
}

std::optional<Asking> AskingStore::lock(db::Transaction& tx, std::string_view token_hash, Instant now) const {
  return tx.find(kLock, {db::Bytes{token_hash}, now}, [this](const db::Row& row) { return read(row); });
}

void AskingStore::set_code(db::Transaction& tx, AskingId id, std::string_view code_hash, Instant expires_at) const {
  tx.run(kSetCode, {id, db::Bytes{code_hash}, expires_at});
}

void AskingStore::set_proved(db::Transaction& tx, AskingId id, Instant now, std::string_view token_hash) const {
  tx.run(kSetProved, {id, now, db::Bytes{token_hash}});
}

void AskingStore::remove(db::Transaction& tx, AskingId id) const { tx.run(kRemove, {id}); }

void delete_lapsed_askings(db::Transaction& tx, Instant now) { tx.run(kDeleteLapsed, {now}); }

}  // namespace waymark::help
