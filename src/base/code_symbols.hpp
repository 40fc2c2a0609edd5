// The symbols of codes that people copy by hand: capital letters and digits, without those that look like another.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace waymark {

// Crockford's choice of 32: no I, L, O, U.
inline constexpr std::string_view kCodeSymbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

// What was typed, as `count` of those symbols: blanks and dashes dropped, letters made capital, and the letters that
// the alphabet lacks read as the symbols they look like (O as 0, I and L as 1, U as V). None when it can't be a code.
std::optional<std::string> read_code_symbols(std::string_view typed, std::size_t count);

}  // namespace waymark
