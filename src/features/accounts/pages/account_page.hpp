// The pages of one's own account: the hub, what we hold about the person, and preferences.
#pragma once

#include <vector>

#include "features/accounts/factors/phone_store.hpp"
#include "features/accounts/factors/ways_in.hpp"
#include "features/accounts/types.hpp"
#include "web/page.hpp"

namespace waymark::accounts::pages {

// The hub: who one is in short, how one signs in, and where everything else is (account_links.cpp).
web::Response account_page(web::Exchange& exchange, const Profile& profile, const WaysIn& ways);
// Everything in full; only for who proved again just now.
web::Response details_page(web::Exchange& exchange, const Profile& profile, const std::vector<Phone>& phones);
// Language and time zone.
web::Response preferences_page(web::Exchange& exchange, const web::FormState& form, const Profile& profile,
                               const catalogue::Words& words);

}  // namespace waymark::accounts::pages
