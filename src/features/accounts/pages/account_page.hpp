// The page of one's own account.
#pragma once

#include <vector>

#include "features/accounts/factors/phone_store.hpp"
#include "features/accounts/types.hpp"
#include "web/page.hpp"

namespace waymark::accounts::pages {

struct AccountView {
  Profile profile;
  std::vector<TotpFactor> authenticators;
  std::vector<Phone> phones;
  int backup_codes_left = 0;
  std::string language_name;  // the chosen language's own name
};
web::Response account_page(web::Exchange& exchange, const AccountView& view);
// Language and time zone.
web::Response preferences_page(web::Exchange& exchange, const web::FormState& form, const Profile& profile,
                               const catalogue::Words& words);

}  // namespace waymark::accounts::pages
