// /cases/RECEIPT/representative for who is represented, /representing for who represents.
#pragma once

#include "features/cases/representing/represent.hpp"
#include "web/router.hpp"

namespace waymark::cases {

// `representing` outlives the router. A representative's page of a case is the overview's.
void add_representing_routes(web::Router& router, const Representing& representing);

}  // namespace waymark::cases
