#include "features/accounts/sign_up/sign_up_draft.hpp"

#include <boost/json.hpp>
#include <stdexcept>

#include "base/text.hpp"

namespace waymark::accounts {
namespace {

namespace json = boost::json;

void put_text(json::object& object, std::string_view name, const std::string& text) {
  if (!text.empty()) object[name] = text;
}

void put_bytes(json::object& object, std::string_view name, const std::string& bytes) {
  if (!bytes.empty()) object[name] = to_base64url(bytes);
}

void put_instant(json::object& object, std::string_view name, const std::optional<Instant>& instant) {
  if (instant) object[name] = to_millis(*instant);
}

void put_list(json::object& object, std::string_view name, const std::vector<std::string>& items) {
  if (items.empty()) return;
  json::array array;
  for (const auto& item : items) array.emplace_back(to_base64url(item));
  object[name] = std::move(array);
}

std::string text_of(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value == nullptr ? std::string{} : std::string(value->as_string());
}

std::string bytes_in(const json::string& text) {
  auto bytes = from_base64url(text);
  if (!bytes) throw std::runtime_error("accounts: a sign-up's draft holds damaged bytes");
  return std::move(*bytes);
}

std::string bytes_of(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value == nullptr ? std::string{} : bytes_in(value->as_string());
}

std::optional<Instant> instant_of(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value == nullptr ? std::nullopt : std::optional{from_millis(value->as_int64())};
}

std::vector<std::string> list_of(const json::object& object, std::string_view name) {
  std::vector<std::string> items;
  if (const auto* value = object.if_contains(name)) {
    for (const auto& item : value->as_array()) items.push_back(bytes_in(item.as_string()));
  }
  return items;
}

bool flag_of(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value != nullptr && value->as_bool();
}

json::object passkey_json(const Passkey& passkey) {
  json::object object{{"sign_count", std::int64_t{passkey.sign_count}},
                      {"is_backup_eligible", passkey.is_backup_eligible},
                      {"is_backed_up", passkey.is_backed_up}};
  put_text(object, "name", passkey.name);
  put_bytes(object, "credential_id", passkey.credential_id);
  put_bytes(object, "public_key", passkey.public_key);
  put_text(object, "transports", passkey.transports);
  put_bytes(object, "aaguid", passkey.aaguid);
  put_instant(object, "created_at", passkey.created_at);
  return object;
}

std::optional<Passkey> passkey_of(const json::object& draft) {
  const auto* value = draft.if_contains("passkey");
  if (value == nullptr) return std::nullopt;
  const auto& object = value->as_object();
  return Passkey{.name = text_of(object, "name"),
                 .credential_id = bytes_of(object, "credential_id"),
                 .public_key = bytes_of(object, "public_key"),
                 .sign_count = static_cast<std::uint32_t>(object.at("sign_count").as_int64()),
                 .is_backup_eligible = flag_of(object, "is_backup_eligible"),
                 .is_backed_up = flag_of(object, "is_backed_up"),
                 .transports = text_of(object, "transports"),
                 .aaguid = bytes_of(object, "aaguid"),
                 .created_at = instant_of(object, "created_at").value_or(Instant{})};
}

}  // namespace

void forget_passkey(Draft& draft) {
  if (!draft.passkey) return;
  draft.passkey.reset();
  draft.backup_codes.clear();
  draft.backup_code_hashes.clear();
}

std::string to_json(const Draft& draft) {
  json::object object;
  put_instant(object, "consented_at", draft.consented_at);
  put_text(object, "consent_version", draft.consent_version);
  put_text(object, "given_name", draft.given_name);
  put_text(object, "family_name", draft.family_name);
  if (draft.date_of_birth) object["date_of_birth"] = to_iso(*draft.date_of_birth);
  put_text(object, "language", draft.language);
  put_text(object, "password_hash", draft.password_hash);
  object["password_score"] = draft.password_score;
  if (draft.passkey) object["passkey"] = passkey_json(*draft.passkey);
  put_text(object, "phone_region", draft.phone_region);
  put_text(object, "phone", draft.phone);
  object["phone_spoken"] = draft.phone_spoken;
  put_bytes(object, "phone_code_hash", draft.phone_code_hash);
  put_instant(object, "phone_code_expires_at", draft.phone_code_expires_at);
  put_instant(object, "phone_proved_at", draft.phone_proved_at);
  object["phone_skipped"] = draft.phone_skipped;
  put_bytes(object, "totp_secret", draft.totp_secret);
  if (draft.totp_step) object["totp_step"] = *draft.totp_step;
  object["phone_signs_in"] = draft.phone_signs_in;
  put_list(object, "backup_codes", draft.backup_codes);
  put_list(object, "backup_code_hashes", draft.backup_code_hashes);
  put_text(object, "backup_code_recipe", draft.backup_code_recipe);
  object["password_given"] = draft.password_given;
  return json::serialize(object);
}

Draft parse_draft(std::string_view text) {
  const auto value = json::parse(text);
  const auto& object = value.as_object();
  Draft draft{.consented_at = instant_of(object, "consented_at"),
              .consent_version = text_of(object, "consent_version"),
              .given_name = text_of(object, "given_name"),
              .family_name = text_of(object, "family_name"),
              .date_of_birth = parse_iso_date(text_of(object, "date_of_birth")),
              .language = text_of(object, "language"),
              .password_hash = text_of(object, "password_hash"),
              .password_score = static_cast<int>(object.at("password_score").as_int64()),
              .passkey = passkey_of(object),
              .phone_region = text_of(object, "phone_region"),
              .phone = text_of(object, "phone"),
              .phone_spoken = flag_of(object, "phone_spoken"),
              .phone_code_hash = bytes_of(object, "phone_code_hash"),
              .phone_code_expires_at = instant_of(object, "phone_code_expires_at"),
              .phone_proved_at = instant_of(object, "phone_proved_at"),
              .phone_skipped = flag_of(object, "phone_skipped"),
              .totp_secret = bytes_of(object, "totp_secret"),
              .phone_signs_in = flag_of(object, "phone_signs_in"),
              .backup_codes = list_of(object, "backup_codes"),
              .backup_code_hashes = list_of(object, "backup_code_hashes"),
              .backup_code_recipe = text_of(object, "backup_code_recipe"),
              .password_given = flag_of(object, "password_given")};
  if (const auto* step = object.if_contains("totp_step")) draft.totp_step = step->as_int64();
  return draft;
}

}  // namespace waymark::accounts
