// /sign-in, /sign-in/second-factor, /sign-in/again, /sign-out, /account.
#pragma once

#include "features/accounts/accounts.hpp"
#include "web/router.hpp"

namespace waymark::accounts {

// `accounts` must outlive the router.
void add_sign_in_routes(web::Router& router, Accounts& accounts);
void add_account_routes(web::Router& router, Accounts& accounts);

}  // namespace waymark::accounts
