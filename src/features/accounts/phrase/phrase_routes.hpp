// /account/phrase
#pragma once

#include "features/accounts/accounts.hpp"
#include "web/router.hpp"

namespace waymark::accounts {

void add_phrase_routes(web::Router& router, Accounts& accounts);

}  // namespace waymark::accounts
