#include "features/accounts/factors/phone_codes.hpp"

#include <algorithm>

#include "base/phone.hpp"
#include "base/text.hpp"
#include "features/accounts/factors/codes.hpp"

namespace waymark::accounts {
namespace {

constexpr std::size_t kPrefixLength = 6;  // "+" and five digits

}  // namespace

Result<std::string> read_phone(const catalogue::Catalogue& catalogue, const PhoneAnswer& answer) {
  const auto countries = catalogue.phone_countries();
  const auto country = std::ranges::find(countries, answer.region, &catalogue::PhoneCountry::region);
  if (country == countries.end()) return refuse_field("phone_country", "accounts.error.phone_country");
  if (trim(answer.number).empty()) return refuse_field("phone", "accounts.error.phone_missing");
  auto phone = parse_phone(country->calling_code, answer.number);
  if (!phone) return refuse_field("phone", "accounts.error.phone_form");
  return std::move(*phone);
}

Result<void> count_text(Accounts& accounts, const std::string& phone) {
  auto& throttle = accounts.throttle;
  if (auto counted = throttle.count(kCodesInTenSeconds, phone); !counted) return counted;
  if (auto counted = throttle.count(kCodesInFiveMinutes, phone); !counted) return counted;
  if (auto counted = throttle.count(kTextsToPrefix, phone.substr(0, kPrefixLength)); !counted) return counted;
  return throttle.count(kTextsInAll, "all");
}

std::string phone_code_hash(const Accounts& accounts, PhoneCodePurpose purpose, std::int64_t row,
                            std::string_view phone, std::string_view code) {
  const auto* name = purpose == PhoneCodePurpose::sign_in ? "sign_in_phone" : "phone";
  return CodeHash(accounts.parts.keys).of(name, row, phone, code);
}

PhoneCode make_phone_code(Accounts& accounts, PhoneCodePurpose purpose, std::int64_t row, const std::string& phone,
                          bool spoken, std::string_view language, Instant now) {
  auto& parts = accounts.parts;
  const auto digits = parts.random.digits(kCodeDigits);
  PhoneCode code{.hash = phone_code_hash(accounts, purpose, row, phone, digits), .expires_at = now + kCodeLifetime};
  code.telling.id = parts.ids.next<journal::OutboxId>();
  code.telling.kind = purpose == PhoneCodePurpose::sign_in ? "accounts.sign_in_phone_code" : "accounts.phone_code";
  code.telling.phone = phone;
  code.telling.spoken = spoken;
  code.telling.language = language;
  code.telling.arguments = {{"code", digits},
                            {"minutes", std::to_string(kCodeLifetime.count())},
                            {"agency", parts.catalogue.brand().agency_name}};
  code.telling.useless_after = code.expires_at;
  return code;
}

}  // namespace waymark::accounts
