// The one-time code that the agency posts on paper: 13 symbols (65 bits) of an alphabet of 32 without look-alikes,
// written "K7QF-9ZTM-4WXCP". Stored only as a keyed hash.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "platform/random.hpp"

namespace waymark::cases {

inline constexpr std::size_t kAccessCodeSymbols = 13;
inline constexpr std::chrono::days kAccessCodeValidDays{90};

// Thirteen symbols, without dashes.
std::string make_access_code(Random& random);

// What was typed: blanks and dashes dropped, letters made capital, and the letters that the alphabet lacks read as the
// symbols they look like (O as 0, I and L as 1, U as V). Nothing when it can't be a code.
std::optional<std::string> parse_access_code(std::string_view typed);

// In groups, as it stands on the letter: 4-4-5.
std::string format_access_code(std::string_view code);

}  // namespace waymark::cases
