// How hard a password is to guess, by zxcvbn, with the person's own words as hints.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace waymark {

// 0 (guessed at once) to 4. Hints: email, names, the agency's name.
int password_score(std::string_view password, const std::vector<std::string>& hints);
// Chosen by many: on the list of the most used passwords (assets/data/common_passwords.txt; compared whole, without
// case and without up to eight digits and signs around it), one short piece repeated, or nothing but runs of keys that
// lie side by side. The password must be valid UTF-8.
bool is_common_password(std::string_view password);

}  // namespace waymark
