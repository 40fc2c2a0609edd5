// The page after the password: the account's own second ways, the strongest first.
#pragma once

#include <optional>
#include <vector>

#include "features/accounts/factors/phone_store.hpp"
#include "features/accounts/factors/ways_in.hpp"
#include "features/accounts/sign_in/sign_in.hpp"
#include "web/page.hpp"

namespace waymark::accounts::pages {

struct SecondFactorView {
  SecondFactor way = SecondFactor::totp;  // that this page asks for
  WaysIn ways{};
  std::vector<Phone> phones{};      // those that are used for signing in
  std::optional<PhoneId> texted{};  // a code was sent to it, and is awaited
};
web::Response second_factor_page(web::Exchange& exchange, const web::FormState& form, const SecondFactorView& view);

// The field that a code of this way is typed into.
web::Html second_factor_field(web::Exchange& exchange, const web::FormState& form, SecondFactor way);
// The address of the page that asks for this way.
web::Url second_factor_url(SecondFactor way, std::string_view wanted);

}  // namespace waymark::accounts::pages
