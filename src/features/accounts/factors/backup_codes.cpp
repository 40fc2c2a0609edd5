#include "features/accounts/factors/backup_codes.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "features/accounts/limits.hpp"

namespace waymark::accounts {
namespace {

constexpr std::string_view kAlphabet = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr std::size_t kLength = 15;
constexpr std::size_t kGroup = 5;

}  // namespace

std::vector<std::string> make_backup_codes(Random& random) {
  std::vector<std::string> codes;
  while (codes.size() < kBackupCodeCount) {
    auto code = random.symbols(kAlphabet, kLength);
    if (std::ranges::find(codes, code) == codes.end()) codes.push_back(std::move(code));
  }
  return codes;
}

std::string format_backup_code(std::string_view code) {
  std::string shown;
  for (std::size_t i = 0; i < code.size(); ++i) {
    if (i > 0 && i % kGroup == 0) shown += '-';
    shown += code[i];
  }
  return shown;
}

std::optional<std::string> parse_backup_code(std::string_view typed) {
  if (typed.size() > 64) return std::nullopt;
  std::string code;
  for (const char letter : to_ascii_lower(typed)) {
    if (letter == ' ' || letter == '-' || letter == '\t' || letter == '\r' || letter == '\n') continue;
    const char meant = letter == 'o' ? '0' : letter == 'i' || letter == 'l' ? '1' : letter;
    if (kAlphabet.find(meant) == std::string_view::npos) return std::nullopt;
    code += meant;
  }
  if (code.size() != kLength) return std::nullopt;
  return code;
}

}  // namespace waymark::accounts
