// /sign-in/passkey, /sign-in/second-factor/passkey, /sign-in/again/passkey, and where each gets its options.
#pragma once

#include "features/accounts/accounts.hpp"
#include "web/router.hpp"

namespace waymark::accounts {

void add_passkey_sign_in_routes(web::Router& router, Accounts& accounts);

}  // namespace waymark::accounts
