// GET and POST /cases/connect, /cases/connect/new-code, /cases/RECEIPT/disconnection.
#pragma once

#include "features/cases/cases.hpp"
#include "features/cases/person.hpp"
#include "web/router.hpp"

namespace waymark::cases {

// `cases` outlives the router.
void add_routes(web::Router& router, const Cases& cases, FindPerson find_person);

}  // namespace waymark::cases
