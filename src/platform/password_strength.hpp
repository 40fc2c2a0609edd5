// How hard a password is to guess, by zxcvbn, with the person's own words as hints.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace waymark {

// 0 (guessed at once) to 4. Hints: email, names, the agency's name.
int password_score(std::string_view password, const std::vector<std::string>& hints);
// On the list of the most used passwords (assets of the product; compared whole, without case).
bool is_common_password(std::string_view password);

}  // namespace waymark
