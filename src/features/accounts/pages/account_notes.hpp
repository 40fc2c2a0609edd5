// What an account's owner should do about its ways of signing in: on the dashboard and on the hub.
#pragma once

#include "features/accounts/accounts.hpp"
#include "features/accounts/factors/ways_in.hpp"
#include "web/page.hpp"

namespace waymark::accounts::pages {

// Add another way to sign in: nothing when there are two, or it was put off. `back`: where putting it off leads.
void add_urging_note(web::Exchange& exchange, web::Html& page, const WaysIn& ways, std::string_view back);
// Few backup codes are left: nothing when there are enough.
void add_few_codes_note(web::Exchange& exchange, web::Html& page, const WaysIn& ways);
// Both, for the dashboard.
void add_account_notes(web::Exchange& exchange, web::Html& page, const WaysIn& ways);

}  // namespace waymark::accounts::pages
