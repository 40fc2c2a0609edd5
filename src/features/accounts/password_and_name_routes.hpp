// /account/password and /account/name.
#pragma once

#include "features/accounts/accounts.hpp"
#include "web/router.hpp"

namespace waymark::accounts {

void add_password_and_name_routes(web::Router& router, Accounts& accounts);

}  // namespace waymark::accounts
