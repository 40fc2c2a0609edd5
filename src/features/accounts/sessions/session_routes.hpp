// About a session's own end: how long it is left, staying, the page that comes without scripts.
#pragma once

#include "features/accounts/accounts.hpp"
#include "web/router.hpp"

namespace waymark::accounts {

void add_session_routes(web::Router& router);

}  // namespace waymark::accounts
