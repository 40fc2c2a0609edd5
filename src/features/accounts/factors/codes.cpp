#include "features/accounts/factors/codes.hpp"

#include <fmt/format.h>

#include "features/accounts/limits.hpp"

namespace waymark::accounts {

std::optional<std::string> parse_code(std::string_view typed) {
  if (typed.size() > 64) return std::nullopt;
  std::string code;
  for (const char letter : typed) {
    if (letter == ' ' || letter == '-' || letter == '\t') continue;
    if (letter < '0' || letter > '9') return std::nullopt;
    code += letter;
  }
  if (code.size() != kCodeDigits) return std::nullopt;
  return code;
}

std::string CodeHash::of(std::string_view purpose, std::int64_t row, std::string_view subject,
                         std::string_view code) const {
  return hash_.of(fmt::format("{}:{}:{}:{}", purpose, row, subject, code));
}

}  // namespace waymark::accounts
