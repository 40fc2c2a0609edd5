#include "features/accounts/factors/password.hpp"

#include <array>

#include "base/assert.hpp"
#include "base/text.hpp"
#include "features/accounts/limits.hpp"
#include "platform/password_strength.hpp"

namespace waymark::accounts {

std::optional<std::string> normal_password(std::string_view typed) {
  constexpr std::size_t kBytesMax = kPasswordLengthMax * 4 * 4;  // NFC never needs more; spares work on floods
  if (typed.size() > kBytesMax || !is_valid_utf8(typed)) return std::nullopt;
  auto normal = to_nfc(typed);
  if (count_code_points(normal) > kPasswordLengthMax) return std::nullopt;
  return normal;
}

Result<ChosenPassword> check_new_password(std::string_view typed, const std::vector<std::string>& hints,
                                          const BreachedPasswords* breached) {
  if (typed.empty()) return refuse_field("password", "accounts.error.password_empty");
  const auto normal = normal_password(typed);
  if (!normal) return refuse_field("password", "accounts.error.password_long");
  if (count_code_points(*normal) < kPasswordLengthMin) return refuse_field("password", "accounts.error.password_short");
  if (is_common_password(*normal)) return refuse_field("password", "accounts.error.password_common");
  if (breached != nullptr && breached->contains(*normal))
    return refuse_field("password", "accounts.error.password_breached");
  const int score = password_score(*normal, hints);
  if (score < kPasswordScoreMin) return refuse_field("password", "accounts.error.password_weak");
  return ChosenPassword{.normal = *normal, .score = score};
}

std::string_view strength_key(int score) {
  constexpr std::array<std::string_view, 5> kKeys{"accounts.strength.0", "accounts.strength.1", "accounts.strength.2",
                                                  "accounts.strength.3", "accounts.strength.4"};
  WAYMARK_ASSERT(score >= 0 && score < static_cast<int>(kKeys.size()));
  return kKeys[static_cast<std::size_t>(score)];
}

}  // namespace waymark::accounts
