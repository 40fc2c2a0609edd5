// The pages of opening an account: one question each.
#pragma once

#include <optional>
#include <string>

#include "features/accounts/sign_up/sign_up_steps.hpp"
#include "web/page.hpp"

namespace waymark::accounts::pages {

// What a step's page is drawn from. `sign_up` is there from the code step on.
struct SignUpView {
  const SignUp& sign_up;
  const catalogue::Catalogue& catalogue;
  const catalogue::Words& all_words;
};

web::Response sign_up_email_page(web::Exchange& exchange, const web::FormState& form);
web::Response sign_up_paused_page(web::Exchange& exchange);
web::Response sign_up_code_page(web::Exchange& exchange, const web::FormState& form, const SignUpView& view);
// asks_for_totp: an app is bound to the sign-up that is continued.
web::Response sign_up_welcome_back_page(web::Exchange& exchange, const web::FormState& form, const SignUpView& view,
                                        bool asks_for_totp);
web::Response sign_up_consent_page(web::Exchange& exchange, const web::FormState& form, const SignUpView& view);
web::Response sign_up_about_you_page(web::Exchange& exchange, const web::FormState& form, const SignUpView& view);
web::Response sign_up_password_page(web::Exchange& exchange, const web::FormState& form, const SignUpView& view);
web::Response sign_up_phone_page(web::Exchange& exchange, const web::FormState& form, const SignUpView& view);
web::Response sign_up_phone_code_page(web::Exchange& exchange, const web::FormState& form, const SignUpView& view);
web::Response sign_up_authenticator_page(web::Exchange& exchange, const web::FormState& form, const SignUpView& view);
web::Response sign_up_backup_codes_page(web::Exchange& exchange, const web::FormState& form, const SignUpView& view);
web::Response sign_up_check_page(web::Exchange& exchange, const web::FormState& form, const SignUpView& view);

}  // namespace waymark::accounts::pages
