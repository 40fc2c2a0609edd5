// Backup codes: what a person writes down for the day the phone is gone.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/random.hpp"

namespace waymark::accounts {

// Fifteen symbols of a 32-letter alphabet without look-alikes: 75 bits each, all different.
std::vector<std::string> make_backup_codes(Random& random);
// "k3m9t-wz4xq-7hd2p": as it is shown and printed.
std::string format_backup_code(std::string_view code);
// What was typed, with blanks and dashes dropped and look-alikes read as meant (O as 0, I and L as 1); none when it
// can't be one of ours.
std::optional<std::string> parse_backup_code(std::string_view typed);

}  // namespace waymark::accounts
