#include "features/accounts/recovery/recovery_store.hpp"

#include <boost/json.hpp>
#include <stdexcept>

#include "base/assert.hpp"
#include "base/text.hpp"

namespace waymark::accounts {
namespace {

namespace json = boost::json;

constexpr db::Query kInsert{
    "recoveries.insert",
    "INSERT INTO recoveries (id, token_hash, purpose, email_sealed, account, code_hash, code_expires_at, draft_sealed, "
    "revision, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, $10)"};
constexpr db::Query kFind{
    "recoveries.find",
    "SELECT id, purpose, email_sealed, account, code_hash, code_expires_at, email_proved_at, factor, phone, "
    "phone_code_hash, phone_code_expires_at, password_proved_at, draft_sealed, created_at, expires_at FROM recoveries "
    "WHERE token_hash = $1 AND purpose = $2 AND expires_at > $3"};
constexpr db::Query kLock{
    "recoveries.lock",
    "UPDATE recoveries SET revision = revision + 1 WHERE token_hash = $1 AND purpose = $2 AND expires_at > $3 "
    "RETURNING id, purpose, email_sealed, account, code_hash, code_expires_at, email_proved_at, factor, phone, "
    "phone_code_hash, phone_code_expires_at, password_proved_at, draft_sealed, created_at, expires_at"};
constexpr db::Query kSave{"recoveries.save",
                          "UPDATE recoveries SET code_hash = $2, code_expires_at = $3, email_proved_at = $4, "
                          "factor = $5, phone = $6, phone_code_hash = $7, phone_code_expires_at = $8, "
                          "password_proved_at = $9, draft_sealed = $10 WHERE id = $1"};
constexpr db::Query kSetToken{"recoveries.set_token", "UPDATE recoveries SET token_hash = $2 WHERE id = $1"};
constexpr db::Query kRemove{"recoveries.remove", "DELETE FROM recoveries WHERE id = $1"};
constexpr db::Query kRemoveAll{"recoveries.remove_all", "DELETE FROM recoveries WHERE account = $1"};
constexpr db::Query kDeleteLapsed{"recoveries.delete_lapsed", "DELETE FROM recoveries WHERE expires_at <= $1"};

SealPlace place(std::string_view column, RecoveryId id) { return {"recoveries", column, id.value}; }

db::Parameter bytes_or_null(const std::string& bytes) {
  return bytes.empty() ? db::Parameter(nullptr) : db::Parameter(db::Bytes{bytes});
}

std::string to_json(const RecoveryDraft& draft) {
  json::object object;
  object["totp_secret"] = to_base64url(draft.totp_secret);
  if (draft.totp_step) object["totp_step"] = *draft.totp_step;
  json::array codes;
  for (const auto& code : draft.backup_codes) codes.emplace_back(code);
  object["backup_codes"] = std::move(codes);
  return json::serialize(object);
}

RecoveryDraft parse_recovery_draft(std::string_view text) {
  const auto value = json::parse(text);
  const auto& object = value.as_object();
  auto secret = from_base64url(object.at("totp_secret").as_string());
  if (!secret) throw std::runtime_error("accounts: a recovery's draft is damaged");
  RecoveryDraft draft{.totp_secret = std::move(*secret)};
  if (const auto* step = object.if_contains("totp_step")) draft.totp_step = step->as_int64();
  for (const auto& code : object.at("backup_codes").as_array()) draft.backup_codes.emplace_back(code.as_string());
  return draft;
}

}  // namespace

std::string_view to_text(RecoveryPurpose purpose) {
  return purpose == RecoveryPurpose::password ? "password" : "second_factor";
}

Recovery RecoveryStore::read(const db::Row& row) const {
  const auto id = row.id<RecoveryId>(0);
  auto email = parse_email(sealer_.open(place("email_sealed", id), row.bytes(2)));
  WAYMARK_ASSERT(email);
  Recovery recovery{.id = id,
                    .purpose = row.text(1) == "password" ? RecoveryPurpose::password : RecoveryPurpose::second_factor,
                    .email = std::move(*email),
                    .code_hash = row.maybe_bytes(4).value_or(std::string{}),
                    .code_expires_at = row.maybe_instant(5),
                    .email_proved_at = row.maybe_instant(6),
                    .factor = row.maybe_text(7).value_or(std::string{}),
                    .phone = row.is_null(8) ? PhoneId{} : row.id<PhoneId>(8),
                    .phone_code_hash = row.maybe_bytes(9).value_or(std::string{}),
                    .phone_code_expires_at = row.maybe_instant(10),
                    .password_proved_at = row.maybe_instant(11),
                    .draft = parse_recovery_draft(sealer_.open(place("draft_sealed", id), row.bytes(12))),
                    .created_at = row.instant(13),
                    .expires_at = row.instant(14)};
  if (!row.is_null(3)) recovery.account = row.id<AccountId>(3);
  return recovery;
}

void RecoveryStore::insert(db::Transaction& tx, const Recovery& recovery, std::string_view token_hash) const {
  const auto email = sealer_.seal(place("email_sealed", recovery.id), recovery.email.address);
  const auto draft = sealer_.seal(place("draft_sealed", recovery.id), to_json(recovery.draft));
  tx.run(kInsert, {recovery.id, db::Bytes{token_hash}, to_text(recovery.purpose), db::Bytes{email}, recovery.account,
                   bytes_or_null(recovery.code_hash), recovery.code_expires_at, db::Bytes{draft}, recovery.created_at,
                   recovery.expires_at});
}

std::optional<Recovery> RecoveryStore::find(db::Snapshot& snapshot, RecoveryPurpose purpose,
                                            std::string_view token_hash, Instant now) const {
  return snapshot.find(kFind, {db::Bytes{token_hash}, to_text(purpose), now},
                       [this](const db::Row& row) { return read(row); });
}

std::optional<Recovery> RecoveryStore::lock(db::Transaction& tx, RecoveryPurpose purpose, std::string_view token_hash,
                                            Instant now) const {
  return tx.find(kLock, {db::Bytes{token_hash}, to_text(purpose), now},
                 [this](const db::Row& row) { return read(row); });
}

void RecoveryStore::save(db::Transaction& tx, const Recovery& recovery) const {
  const auto draft = sealer_.seal(place("draft_sealed", recovery.id), to_json(recovery.draft));
  const auto factor = recovery.factor.empty() ? db::Parameter(nullptr) : db::Parameter(recovery.factor);
  const auto phone = recovery.phone ? db::Parameter(recovery.phone) : db::Parameter(nullptr);
  tx.run(kSave, {recovery.id, bytes_or_null(recovery.code_hash), recovery.code_expires_at, recovery.email_proved_at,
                 factor, phone, bytes_or_null(recovery.phone_code_hash), recovery.phone_code_expires_at,
                 recovery.password_proved_at, db::Bytes{draft}});
}

void RecoveryStore::set_token(db::Transaction& tx, RecoveryId id, std::string_view token_hash) const {
  tx.run(kSetToken, {id, db::Bytes{token_hash}});
}

void RecoveryStore::remove(db::Transaction& tx, RecoveryId id) const { tx.run(kRemove, {id}); }
void RecoveryStore::remove_all(db::Transaction& tx, AccountId account) const { tx.run(kRemoveAll, {account}); }
void delete_lapsed_recoveries(db::Transaction& tx, Instant now) { tx.run(kDeleteLapsed, {now}); }

}  // namespace waymark::accounts
