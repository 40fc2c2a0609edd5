#include "features/accounts/recovery/cancel_code.hpp"

#include "base/text.hpp"

namespace waymark::accounts {
namespace {

constexpr std::string_view kAlphabet = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr std::size_t kLength = 10;
constexpr std::size_t kGroup = 5;

}  // namespace

std::string make_cancel_code(Random& random) { return random.symbols(kAlphabet, kLength); }

std::string format_cancel_code(std::string_view code) {
  return std::string(code.substr(0, kGroup)) + "-" + std::string(code.substr(kGroup));
}

std::optional<std::string> parse_cancel_code(std::string_view typed) {
  if (typed.size() > 64) return std::nullopt;
  std::string code;
  for (const char letter : to_ascii_lower(typed)) {
    if (letter == ' ' || letter == '-' || letter == '\t') continue;
    const char meant = letter == 'o' ? '0' : letter == 'i' || letter == 'l' ? '1' : letter;
    if (kAlphabet.find(meant) == std::string_view::npos) return std::nullopt;
    code += meant;
  }
  if (code.size() != kLength) return std::nullopt;
  return code;
}

}  // namespace waymark::accounts
