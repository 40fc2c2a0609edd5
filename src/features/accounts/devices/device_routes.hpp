// Where the account is open, and the devices that it knows: looking, signing out, forgetting.
#pragma once

#include "features/accounts/accounts.hpp"
#include "web/router.hpp"

namespace waymark::accounts {

// `accounts` must outlive the routes.
void add_device_routes(web::Router& router, Accounts& accounts);

}  // namespace waymark::accounts
