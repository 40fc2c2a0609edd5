// GET /cases (dashboard) and GET /cases/RECEIPT (a case): pages, or JSON for who accepts it.
#pragma once

#include "features/overview/overview.hpp"
#include "web/router.hpp"

namespace waymark::overview {

// `overview` outlives the router.
void add_routes(web::Router& router, const Overview& overview);

}  // namespace waymark::overview
