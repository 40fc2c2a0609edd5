// Codes of six digits by text or voice: to which numbers, how often, and what one is made of. Used wherever a phone is
// proved or proves somebody.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "features/accounts/accounts.hpp"

namespace waymark::accounts {

struct PhoneAnswer {
  std::string_view region{};  // "US": one of the catalogue's phone countries
  std::string_view number{};
  bool spoken = false;
};
// E.164, of a country that the catalogue allows; refuses at "phone_country" or "phone".
Result<std::string> read_phone(const catalogue::Catalogue& catalogue, const PhoneAnswer& answer);

// Every text and call costs money, and somebody may be paid for making us send them (toll fraud): limits by number, by
// prefix and in all. In units of their own, before anything is sent.
Result<void> count_text(Accounts& accounts, const std::string& phone);

// What a code is for: one that proves a number is no good for signing in (incident I11).
enum class PhoneCodePurpose { prove_number, sign_in };

struct PhoneCode {
  std::string hash{};
  Instant expires_at{};
  journal::Telling telling{};  // what is sent, in the unit that keeps the hash
};
// `row`: what holds the hash. Made before the unit.
PhoneCode make_phone_code(Accounts& accounts, PhoneCodePurpose purpose, std::int64_t row, const std::string& phone,
                          bool spoken, std::string_view language, Instant now);
std::string phone_code_hash(const Accounts& accounts, PhoneCodePurpose purpose, std::int64_t row,
                            std::string_view phone, std::string_view code);

}  // namespace waymark::accounts
