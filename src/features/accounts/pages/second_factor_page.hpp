// The page after the password: the account's own second ways, the strongest first; and what the page before something
// delicate has of it.
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
// Buttons that send a code, which "/text" of the page takes; once one is awaited, `code_form` first. `before`: above
// the buttons while none is.
web::Html texted_code_part(web::Exchange& exchange, const web::FormState& form, const SecondFactorView& view,
                           std::string_view page, const web::Html& code_form, const web::Html& before = {});
// The account's other ways, the strongest first.
web::Html other_way_links(web::Exchange& exchange, const web::FormState& form, const SecondFactorView& view,
                          std::string_view page);
// The address of the page that asks for this way: kSecondFactorPage or kProveAgainPage.
inline constexpr std::string_view kSecondFactorPage = "/sign-in/second-factor";
inline constexpr std::string_view kProveAgainPage = "/sign-in/again";
web::Url second_factor_url(std::string_view page, SecondFactor way, std::string_view wanted);

}  // namespace waymark::accounts::pages
