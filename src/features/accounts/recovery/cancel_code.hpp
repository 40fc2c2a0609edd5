// The short code by which a text lets its reader stop a change that waits: typed at the address they know, since a text
// never carries a link.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "platform/random.hpp"

namespace waymark::accounts {

// Ten symbols of a 32-letter alphabet without look-alikes: 50 bits.
std::string make_cancel_code(Random& random);
// "k3m9t-wz4xq": as it is told.
std::string format_cancel_code(std::string_view code);
// What was typed, with blanks and dashes dropped and look-alikes read as meant; none when it can't be one of ours.
std::optional<std::string> parse_cancel_code(std::string_view typed);

}  // namespace waymark::accounts
