// A response's head as it goes on the wire.
#pragma once

#include <string>
#include <string_view>

#include "platform/clock.hpp"
#include "web/response.hpp"

namespace waymark::web {

// "Mon, 23 Nov 2026 18:00:49 GMT"
std::string to_http_date(Instant instant);

// The bytes of the body, wherever they lie.
std::string_view body_of(const Response& response);
// 204 and 304 have none.
bool may_have_body(int status);

// Writes status line, Date, Content-Type, Content-Length, "Connection: close" when asked, the response's headers and
// cookies, and the empty line into `out`, in place of what it held. Length, date and connection are the server's: a
// handler's own are passed over. Without a Cache-Control of its own, a personal response gets "no-store".
// False when a name or value holds a byte that would end its line or is no header name: that is our own mistake, and
// nothing of the response may be sent.
bool write_response_head(std::string& out, const Response& response, std::string_view date, bool closes);

}  // namespace waymark::web
