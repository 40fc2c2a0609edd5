#include "base/code_symbols.hpp"

#include <array>

#include "base/text.hpp"

namespace waymark {
namespace {

constexpr std::size_t kTypedBytesMax = 100;

// What stands between the groups of a code, the dashes that phones and word processors put there included.
constexpr std::array<std::string_view, 10> kBetween = {" ",      "-",      "\t",     "\r",     "\n",
                                                       "\u00A0", "\u2010", "\u2011", "\u2013", "\u2014"};

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

std::optional<std::string> read_code_symbols(std::string_view typed, std::size_t count) {
  if (typed.size() > kTypedBytesMax) return std::nullopt;
  const auto capitals = to_ascii_upper(typed);
  std::string code;
  for (std::string_view rest = capitals; !rest.empty();) {
    const auto* const between = std::ranges::find_if(kBetween, [&](auto sign) { return rest.starts_with(sign); });
    if (between != kBetween.end()) {
      rest.remove_prefix(between->size());
      continue;
    }
    const char symbol = without_look_alike(rest.front());
    if (kCodeSymbols.find(symbol) == std::string_view::npos) return std::nullopt;
    code += symbol;
    rest.remove_prefix(1);
  }
  if (code.size() != count) return std::nullopt;
  return code;
}

}  // namespace waymark
