// What a person sees whose tries are used up: for how long, and what still works meanwhile.
#pragma once

#include "web/page.hpp"

namespace waymark::accounts::pages {

// The page of a lock (429, or 403 where it is for good); any other failure goes on as it is. It says the same whether
// the address has an account or not.
Result<web::Response> locked_or_refused(web::Exchange& exchange, const Failure& failure);

}  // namespace waymark::accounts::pages
