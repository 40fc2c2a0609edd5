// /cases/RECEIPT/helpers for who shares, /helping for who helps.
#pragma once

#include "features/cases/sharing/share_case.hpp"
#include "web/router.hpp"

namespace waymark::cases {

// `sharing` outlives the router. A helper's page of a case is the overview's.
void add_sharing_routes(web::Router& router, const Sharing& sharing);

}  // namespace waymark::cases
