// The headers that every response carries, errors and assets included.
#pragma once

#include "web/response.hpp"

namespace waymark::web {

// Also cache-control, by response.caching.
void add_security_headers(Response& response, bool is_https);

}  // namespace waymark::web
