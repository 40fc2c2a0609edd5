// /account/authenticators, /account/backup-codes and /account/phones, each only for who proved again just now.
#pragma once

#include "features/accounts/accounts.hpp"
#include "web/router.hpp"

namespace waymark::accounts {

// `accounts` must outlive the router.
void add_own_factor_routes(web::Router& router, Accounts& accounts);

}  // namespace waymark::accounts
