// The target of a request line: taken apart, its path percent-decoded once.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "web/refusal.hpp"

namespace waymark::web {

// Fills path and query. Gives the authority of an absolute target ("http://host:1/x" → "host:1"), empty for the usual
// form. Refuses other forms, "//", dot segments, encoded slashes, backslashes and control bytes, and what is not UTF-8
// after decoding. ";" is a byte like any other.
std::expected<std::string_view, Refusal> read_target(std::string_view target, std::string& path, std::string& query);

// A host name, IPv4 or bracketed IPv6 address with an optional port, as the Host header holds it.
bool is_authority(std::string_view text);

}  // namespace waymark::web
