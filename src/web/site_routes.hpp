// The routes that every site has, whatever its features.
#pragma once

#include "web/router.hpp"

namespace waymark::web {

// POST /language (fields: language, return_to), GET /robots.txt, and the brand's colours and mark.
void add_site_routes(Router& router);

}  // namespace waymark::web
