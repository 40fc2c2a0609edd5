// The routes of the page on which a petitioner says what the beneficiary may see.
#pragma once

#include "features/cases/cases.hpp"
#include "web/router.hpp"

namespace waymark::cases {

// `cases` outlives the router.
void add_consent_routes(web::Router& router, const Cases& cases);

}  // namespace waymark::cases
