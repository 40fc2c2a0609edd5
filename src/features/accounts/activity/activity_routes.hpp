// Everything that happened in an account, from the audit trail.
#pragma once

#include "features/accounts/accounts.hpp"
#include "web/router.hpp"

namespace waymark::accounts {

// `accounts` must outlive the routes.
void add_activity_routes(web::Router& router, Accounts& accounts);

}  // namespace waymark::accounts
