// The routes that every site has, whatever its features.
#pragma once

#include "web/router.hpp"

namespace waymark::web {

// POST /language (fields: language, return_to) and GET /robots.txt.
void add_site_routes(Router& router);

}  // namespace waymark::web
