// What makes a good password, and how one is read: NFC, whole, never truncated.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "platform/breached_passwords.hpp"

namespace waymark::accounts {

// The form in which a password is hashed and compared. None for what can't be a password of ours (not UTF-8, longer
// than 128 code points); shorter ones pass, so that signing in need not tell why it fails.
std::optional<std::string> normal_password(std::string_view typed);

struct ChosenPassword {
  std::string normal{};
  int score = 0;  // 3 or 4
};
// Hints: the person's own words (address, names, the agency's name), which make a password easy to guess. Refuses at
// the field "password".
// `breached`: the operator's list of stolen passwords; null: there is none.
Result<ChosenPassword> check_new_password(std::string_view typed, const std::vector<std::string>& hints,
                                          const BreachedPasswords* breached);

// The locale key of a strength in words: "Good. Hard to guess."
std::string_view strength_key(int score);

}  // namespace waymark::accounts
