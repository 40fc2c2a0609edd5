// Text as people type it: UTF-8 in, UTF-8 out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace waymark {

// Well-formed UTF-8 without NUL.
bool is_valid_utf8(std::string_view text);
std::size_t count_code_points(std::string_view utf8);
// Unicode NFC; the text must be valid UTF-8.
std::string to_nfc(std::string_view utf8);
// For names and other one-line fields: NFC, control and bidirectional-override characters removed, white space of
// every kind folded to single blanks, ends trimmed.
std::string tidy_line(std::string_view utf8);
// ASCII white space off both ends.
std::string_view trim(std::string_view text);
std::string to_ascii_lower(std::string_view text);
std::string to_ascii_upper(std::string_view text);
bool equals_ignoring_ascii_case(std::string_view left, std::string_view right);
std::vector<std::string_view> split(std::string_view text, char separator);
std::optional<std::int64_t> parse_integer(std::string_view text);

// A name folded for comparing and looking up: NFKD without marks, case folded, letters and digits only, single blanks.
std::string fold_name(std::string_view utf8);

std::string to_hex(std::string_view bytes);
std::string to_base64url(std::string_view bytes);  // no padding
std::optional<std::string> from_base64url(std::string_view text);
std::string to_base64(std::string_view bytes);
std::optional<std::string> from_base64(std::string_view text);
std::string to_base32(std::string_view bytes);  // RFC 4648, no padding

// The same time for every text of the same length.
bool equals_in_constant_time(std::string_view left, std::string_view right);

}  // namespace waymark
