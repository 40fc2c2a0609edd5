// One-time codes of six digits, by mail, text or voice: how they are made, kept and read.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "platform/keys.hpp"
#include "platform/random.hpp"

namespace waymark::accounts {

// The digits of what was typed, blanks and dashes dropped; none unless there are exactly six.
std::optional<std::string> parse_code(std::string_view typed);

// A code is kept as a keyed hash bound to what it proves and to the row that holds it.
class CodeHash {
 public:
  explicit CodeHash(const KeyRing& keys) : hash_(keys, "accounts.code") {}
  // purpose: "email" or "phone"; subject: the address or number that it was sent to.
  std::string of(std::string_view purpose, std::int64_t row, std::string_view subject, std::string_view code) const;

 private:
  KeyedHash hash_;
};

}  // namespace waymark::accounts
