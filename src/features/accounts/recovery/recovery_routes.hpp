// The pages and forms under /recover.
#pragma once

#include "features/accounts/accounts.hpp"
#include "web/router.hpp"

namespace waymark::accounts {

// `accounts` must outlive the router.
void add_recover_routes(web::Router& router, Accounts& accounts);

}  // namespace waymark::accounts
