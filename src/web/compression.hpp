// Compression of pages as they are made. Assets were compressed when they were built (web/assets).
#pragma once

#include "web/request.hpp"
#include "web/response.hpp"

namespace waymark::web {

// Compresses the body with gzip when the response allows it, the client takes it and it is long enough to gain by it.
void compress_if_wanted(const Request& request, Response& response);

}  // namespace waymark::web
