// /link/:token of mails, /cancel for the codes of texts, and /account/lock.
#pragma once

#include "features/accounts/accounts.hpp"
#include "web/router.hpp"

namespace waymark::accounts {

// `accounts` must outlive the router.
void add_link_routes(web::Router& router, Accounts& accounts);

}  // namespace waymark::accounts
