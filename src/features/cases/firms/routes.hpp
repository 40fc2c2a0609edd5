// /firm: who is in it, and whose cases it shares; /representing/share and /keep: a representative's choice.
#pragma once

#include "features/cases/firms/firm.hpp"
#include "web/router.hpp"

namespace waymark::cases {

// `firms` outlives the router.
void add_firm_routes(web::Router& router, const Firms& firms);

}  // namespace waymark::cases
