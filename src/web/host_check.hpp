// Whether a request was meant for this site. A page of another name that resolves to our address (DNS rebinding) would
// otherwise be read by that name's scripts.
#pragma once

#include <string>
#include <string_view>

namespace waymark::web {

// "https://Account.Example.org:443" → "account.example.org": lower case, without the scheme's own port. The origin must
// begin with "http://" or "https://" and hold no path.
std::string authority_of(std::string_view origin);

// Compares a Host header with authority_of(origin), in any case and with or without the scheme's own port. When the
// origin is a loopback one, its other names at the same port count as well.
bool is_our_host(std::string_view host, std::string_view authority, bool is_https);

}  // namespace waymark::web
