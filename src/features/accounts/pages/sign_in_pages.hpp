// The pages of signing in and out.
#pragma once

#include <string>
#include <string_view>

#include "features/accounts/pages/second_factor_page.hpp"
#include "web/page.hpp"

namespace waymark::accounts::pages {

// Where to go afterwards travels with the form as return_to; checked when it is used.
std::string wanted_page(const web::Exchange& exchange, const web::FormState& form);
web::Html return_field(const web::Exchange& exchange, const web::FormState& form);

web::Response sign_in_page(web::Exchange& exchange, const web::FormState& form);
// Before something delicate: a passkey or the password again; with a code where a device stood for the second factor at
// sign-in.
web::Response prove_again_page(web::Exchange& exchange, const web::FormState& form, const SecondFactorView& view);
// Asks, for who came by a link; the button in the header posts at once.
web::Response sign_out_page(web::Exchange& exchange);
web::Response signed_out_page(web::Exchange& exchange);

}  // namespace waymark::accounts::pages
