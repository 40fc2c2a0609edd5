// Changing the password and the name.
#pragma once

#include "features/accounts/types.hpp"
#include "web/page.hpp"

namespace waymark::accounts::pages {

// has_password: the account's own is asked for once more.
web::Response password_page(web::Exchange& exchange, const web::FormState& form, const Profile& profile,
                            bool has_password);
web::Response name_page(web::Exchange& exchange, const web::FormState& form, const Profile& profile);

}  // namespace waymark::accounts::pages
