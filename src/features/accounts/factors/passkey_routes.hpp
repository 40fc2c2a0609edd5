// /account/passkeys …
#pragma once

#include "features/accounts/accounts.hpp"
#include "web/router.hpp"

namespace waymark::accounts {

void add_passkey_routes(web::Router& router, Accounts& accounts);

}  // namespace waymark::accounts
