#include "base/phone.hpp"

#include <array>

namespace waymark {
namespace {

constexpr std::size_t kDigitsMin = 8;
constexpr std::size_t kDigitsMax = 15;  // ITU-T E.164 section 6
constexpr std::size_t kTypedBytesMax = 64;

// What people and copied web pages put between digits; the last ones are no-break blanks and dashes of many widths.
constexpr std::array<std::string_view, 16> kSeparators = {" ",      "\t",     "-",      ".",      "(",      ")",
                                                          "/",      "\u00A0", "\u202F", "\u2007", "\u2010", "\u2011",
                                                          "\u2012", "\u2013", "\u2014", "\u2212"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_country_code(std::string_view code) {
  return !code.empty() && code.size() <= 3 && code.front() != '0' && std::all_of(code.begin(), code.end(), is_digit);
}

// Digits, and a "+" where one leads; nothing when any other sign is in it.
std::optional<std::string> without_separators(std::string_view typed) {
  std::string out;
  while (!typed.empty()) {
    const char c = typed.front();
    if (is_digit(c) || (c == '+' && out.empty())) {
      out += c;
      typed.remove_prefix(1);
      continue;
    }
    const auto separator = std::find_if(kSeparators.begin(), kSeparators.end(),
                                        [&](std::string_view candidate) { return typed.starts_with(candidate); });
    if (separator == kSeparators.end()) return std::nullopt;
    typed.remove_prefix(separator->size());
  }
  return out;
}

}  // namespace

std::optional<std::string> parse_phone(std::string_view country_code, std::string_view number) {
  if (!is_country_code(country_code) || number.size() > kTypedBytesMax) return std::nullopt;
  const auto typed = without_separators(number);
  if (!typed) return std::nullopt;
  std::string_view national = *typed;
  const bool is_international = national.starts_with('+') || national.starts_with("00");
  if (is_international) {
    national.remove_prefix(national.starts_with('+') ? 1 : 2);
    if (!national.starts_with(country_code)) return std::nullopt;
    national.remove_prefix(country_code.size());
  }
  if (country_code != "39" && national.starts_with('0')) national.remove_prefix(1);
  if (country_code == "1") {
    // North America writes its own "1" before the ten digits; no area code begins with 0 or 1.
    if (national.size() == 11 && national.front() == '1') national.remove_prefix(1);
    if (national.size() != 10 || national.front() < '2') return std::nullopt;
  }
  const auto digits = std::string(country_code) + std::string(national);
  if (digits.size() < kDigitsMin || digits.size() > kDigitsMax) return std::nullopt;
  return "+" + digits;
}

std::string phone_ending(std::string_view e164) {
  return std::string(e164.substr(e164.size() < 2 ? 0 : e164.size() - 2));
}

}  // namespace waymark
