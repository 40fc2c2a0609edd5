// Percent-encoding (RFC 3986) and the decoding of application/x-www-form-urlencoded text.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace waymark::web {

// Everything but letters, digits and "-._~" becomes %XX.
std::string percent_encode(std::string_view text);
// The same for a whole decoded path: "/" stays.
std::string percent_encode_path(std::string_view path);
// One name or value: "+" is a blank, %XX a byte. Nothing when a "%" lacks its two digits, or when what comes out is not
// valid UTF-8 without NUL.
std::optional<std::string> decode_form_text(std::string_view encoded);

}  // namespace waymark::web
