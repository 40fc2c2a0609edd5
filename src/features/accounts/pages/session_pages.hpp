// The page that comes by itself, without scripts, before a session ends.
#pragma once

#include "web/page.hpp"

namespace waymark::accounts::pages {

web::Response session_ending_page(web::Exchange& exchange);

}  // namespace waymark::accounts::pages
