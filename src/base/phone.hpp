// Phone numbers as E.164: checked by form only; a code sent to the number proves the rest.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace waymark {

// country_code: the calling code's digits ("1", "52"); number as typed, in the national or international form, with the
// usual separators. Gives "+15555550123": 8 to 15 digits. A leading "+" or "00" must agree with the country code; one
// leading national "0" is dropped (not for country code 39). For country code 1: ten digits, with or without their "1".
std::optional<std::string> parse_phone(std::string_view country_code, std::string_view number);

// "the number that ends in 23": the last two digits.
std::string phone_ending(std::string_view e164);

}  // namespace waymark
