#include "features/accounts/sign_in/texted_code.hpp"

#include "features/accounts/factors/phone_codes.hpp"

namespace waymark::accounts {
namespace {

constexpr db::Query kPut{
    "sign_in_codes.put",
    "INSERT INTO sign_in_codes (session, account, phone, code_hash, expires_at) VALUES ($1, $2, $3, $4, $5) "
    "ON CONFLICT (session) DO UPDATE SET phone = excluded.phone, code_hash = excluded.code_hash, "
    "expires_at = excluded.expires_at, used_at = NULL"};
constexpr db::Query kFind{"sign_in_codes.find",
                          "SELECT phone, code_hash, used_at FROM sign_in_codes WHERE session = $1 AND expires_at > $2"};
constexpr db::Query kUse{"sign_in_codes.use",
                         "UPDATE sign_in_codes SET used_at = $4 WHERE session = $1 AND account = $2 AND "
                         "code_hash = $3 AND used_at IS NULL AND expires_at > $4 RETURNING session"};
constexpr db::Query kDeleteLapsed{"sign_in_codes.delete_lapsed", "DELETE FROM sign_in_codes WHERE expires_at <= $1"};

}  // namespace

std::string texted_code_subject(AccountId account) { return std::to_string(account.value); }

Result<void> send_texted_code(Accounts& accounts, const TextedCodeRequest& request) {
  auto& parts = accounts.parts;
  const auto phone = accounts.phones.find(*parts.database.snapshot(), request.account, request.phone);
  if (!phone || !phone->is_second_factor) return refuse(FailureKind::not_found, "web.error.not_found");
  // A code that would not be accepted is not sent.
  auto place = accounts.throttle.reserve(kSignInCodeTries, texted_code_subject(request.account),
                                         "accounts.error.too_many_code_tries");
  if (!place) return refuse(place.error());
  place->give_back();
  if (auto counted = count_text(accounts, phone->number); !counted) return counted;
  const auto code = make_phone_code(accounts, PhoneCodePurpose::sign_in, request.half.value, phone->number,
                                    request.spoken, request.language, parts.clock.now());
  parts.database.write([&](db::Transaction& tx) {
    tx.run(kPut, {request.half, request.account, request.phone, db::Bytes{code.hash}, code.expires_at});
    parts.outbox.tell(tx, code.telling);
  });
  accounts.wake_deliverer();
  return {};
}

std::optional<TextedCode> find_texted_code(db::Snapshot& snapshot, SessionId half, Instant now) {
  return snapshot.find(kFind, {half, now}, [](const db::Row& row) {
    return TextedCode{
        .phone = row.id<PhoneId>(0), .hash = std::string(row.bytes(1)), .is_used = row.maybe_instant(2).has_value()};
  });
}

bool use_texted_code(const Accounts& accounts, db::Transaction& tx, AccountId account, SessionId half,
                     const TextedCode& code, Instant now) {
  const auto phone = accounts.phones.find(tx, account, code.phone);
  if (!phone || !phone->is_second_factor) return false;
  return tx.has(kUse, {half, account, db::Bytes{code.hash}, now});
}

void delete_lapsed_texted_codes(db::Transaction& tx, Instant now) { tx.run(kDeleteLapsed, {now}); }

}  // namespace waymark::accounts
