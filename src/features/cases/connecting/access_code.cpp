#include "features/cases/connecting/access_code.hpp"

#include "base/assert.hpp"
#include "base/code_symbols.hpp"

namespace waymark::cases {
std::string make_access_code(Random& random) { return random.symbols(kCodeSymbols, kAccessCodeSymbols); }

std::optional<std::string> parse_access_code(std::string_view typed) {
  return read_code_symbols(typed, kAccessCodeSymbols);
}

std::string format_access_code(std::string_view code) {
  WAYMARK_ASSERT(code.size() == kAccessCodeSymbols);
  return std::string(code.substr(0, 4)) + "-" + std::string(code.substr(4, 4)) + "-" + std::string(code.substr(8));
}

}  // namespace waymark::cases
