// What every sign-up page has: the place on the path, the heading, the form, and the way to stop and go on later.
#pragma once

#include <string>
#include <string_view>

#include "features/accounts/pages/factor_parts.hpp"
#include "features/accounts/sign_up/sign_up_steps.hpp"
#include "web/page.hpp"

namespace waymark::accounts::pages {

// The page of one step. Its words are accounts.sign_up.STEP.title and, when there is one, .lead; `lead` replaces the
// latter. `main` is drawn below them, `after` below the way to stop.
web::Response sign_up_page(web::Exchange& exchange, const web::FormState& form, const SignUpStep& step,
                           std::string_view lead, const web::Html& main);

// One word of a step: accounts.sign_up.STEP.NAME.
std::string_view step_words(const web::Exchange& exchange, const SignUpStep& step, std::string_view name);

}  // namespace waymark::accounts::pages
