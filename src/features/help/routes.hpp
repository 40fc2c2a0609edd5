// The pages that need no account: what this place is, privacy, accessibility, contact.
#pragma once

#include "web/router.hpp"

namespace waymark::help {

void add_routes(web::Router& router);

}  // namespace waymark::help
