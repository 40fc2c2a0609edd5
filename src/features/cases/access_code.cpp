#include "features/cases/access_code.hpp"

#include "base/assert.hpp"
#include "base/text.hpp"

namespace waymark::cases {
namespace {

// Crockford's choice of symbols: no I, L, O, U.
constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
static_assert(kAlphabet.size() == 32);

char without_look_alike(char symbol) {
  switch (symbol) {
    case 'O':
      return '0';
    case 'I':
    case 'L':
      return '1';
    case 'U':
      return 'V';
    default:
      return symbol;
  }
}

}  // namespace

std::string make_access_code(Random& random) { return random.symbols(kAlphabet, kAccessCodeSymbols); }

std::optional<std::string> parse_access_code(std::string_view typed) {
  if (typed.size() > 100) return std::nullopt;
  std::string code;
  for (const char symbol : to_ascii_upper(typed)) {
    if (symbol == ' ' || symbol == '-' || symbol == '\t') continue;
    const char read = without_look_alike(symbol);
    if (kAlphabet.find(read) == std::string_view::npos) return std::nullopt;
    code += read;
  }
  if (code.size() != kAccessCodeSymbols) return std::nullopt;
  return code;
}

std::string format_access_code(std::string_view code) {
  WAYMARK_ASSERT(code.size() == kAccessCodeSymbols);
  return std::string(code.substr(0, 4)) + "-" + std::string(code.substr(4, 4)) + "-" + std::string(code.substr(8));
}

}  // namespace waymark::cases
