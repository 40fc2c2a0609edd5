// What a client says it takes: weighted lists (RFC 9110, section 12), and entity tags.
#pragma once

#include <optional>
#include <string_view>

namespace waymark::web {

// The weight of `token` in a weighted list, in thousandths: 1000 without "q=", 0 when refused, nothing when not named.
// Tokens are compared without regard to case; parameters other than q are passed over; a broken weight counts as 0.
std::optional<int> weight_of(std::string_view list, std::string_view token);

// The weights of the content codings that we can make; "*" stands for those not named.
struct Encodings {
  explicit Encodings(std::string_view accept_encoding);
  int gzip = 0;
  int brotli = 0;
};

// If-None-Match: "*", or a list that holds the tag, compared weakly.
bool matches_etag(std::string_view if_none_match, std::string_view etag);

}  // namespace waymark::web
