// /sign-in, /sign-in/second-factor, /sign-in/again, /sign-out, /account.
#pragma once

#include "features/accounts/accounts.hpp"
#include "web/router.hpp"

namespace waymark::accounts {

// `accounts` must outlive the router.
void add_sign_in_routes(web::Router& router, Accounts& accounts);
// The page of the second factor as a half session sees it; also where a passkey was refused there.
Result<web::Response> show_second_factor(Accounts& accounts, web::Exchange& exchange, const web::FormState& form);
// The page that asks again before something delicate.
Result<web::Response> show_again(Accounts& accounts, web::Exchange& exchange, const web::FormState& form);
void add_account_routes(web::Router& router, Accounts& accounts);

}  // namespace waymark::accounts
