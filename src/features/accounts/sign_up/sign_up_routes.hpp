// The pages and forms under /sign-up.
#pragma once

#include "features/accounts/accounts.hpp"
#include "web/router.hpp"

namespace waymark::accounts {

void add_sign_up_routes(web::Router& router, Accounts& accounts);

}  // namespace waymark::accounts
