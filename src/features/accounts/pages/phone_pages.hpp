// The account's pages of phones.
#pragma once

#include <string_view>
#include <vector>

#include "catalogue/catalogue.hpp"
#include "features/accounts/factors/phone_store.hpp"
#include "web/page.hpp"

namespace waymark::accounts::pages {

web::Response phones_page(web::Exchange& exchange, const std::vector<Phone>& phones);
web::Response add_phone_page(web::Exchange& exchange, const web::FormState& form,
                             const catalogue::Catalogue& catalogue);
// `number`: that the code was sent to.
web::Response phone_code_page(web::Exchange& exchange, const web::FormState& form, std::string_view number,
                              bool spoken);
// has_strong_one: an app or a passkey is there, which is better than a text.
web::Response phone_use_page(web::Exchange& exchange, const web::FormState& form, const Phone& phone,
                             bool has_strong_one);
web::Response remove_phone_page(web::Exchange& exchange, const web::FormState& form, const Phone& phone);

}  // namespace waymark::accounts::pages
