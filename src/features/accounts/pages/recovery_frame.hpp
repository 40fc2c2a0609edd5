// What the pages of getting back in share.
#pragma once

#include "features/accounts/recovery/recovery_steps.hpp"
#include "web/page.hpp"

namespace waymark::accounts::pages {

// accounts.recover.STEP.NAME
std::string_view recovery_words(const web::Exchange& exchange, const RecoveryStep& step, std::string_view name);
web::Response recovery_page(web::Exchange& exchange, const web::FormState& form, RecoveryPurpose purpose,
                            const RecoveryStep& step, std::string_view lead, const web::Html& main);

}  // namespace waymark::accounts::pages
