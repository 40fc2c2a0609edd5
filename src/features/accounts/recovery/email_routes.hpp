// /account/email and below.
#pragma once

#include "features/accounts/accounts.hpp"
#include "web/router.hpp"

namespace waymark::accounts {

// `accounts` must outlive the router.
void add_email_routes(web::Router& router, Accounts& accounts);

}  // namespace waymark::accounts
