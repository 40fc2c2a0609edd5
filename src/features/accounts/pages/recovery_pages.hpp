// The pages of getting back in.
#pragma once

#include <string>

#include "features/accounts/recovery/recovery.hpp"
#include "web/page.hpp"

namespace waymark::accounts::pages {

// "I can't sign in": what is the matter, and the way that helps.
web::Response cannot_sign_in_page(web::Exchange& exchange);

web::Response recovery_email_page(web::Exchange& exchange, const web::FormState& form, RecoveryPurpose purpose);
web::Response recovery_code_page(web::Exchange& exchange, const web::FormState& form, const RecoveryView& view);

web::Response recovery_factor_page(web::Exchange& exchange, const web::FormState& form, const RecoveryView& view,
                                   const RecoveryWays& ways);
// The form, or, where a password waits already, when it can be used and the button that uses it.
web::Response recovery_password_page(web::Exchange& exchange, const web::FormState& form, const RecoveryView& view,
                                     const RecoveryWays& ways);

web::Response old_password_page(web::Exchange& exchange, const web::FormState& form, const RecoveryView& view,
                                bool has_password);
// Where the request stands: with the office, or waiting its day.
web::Response vouching_page(web::Exchange& exchange, const RecoveryView& view);
web::Response new_app_page(web::Exchange& exchange, const web::FormState& form, const RecoveryView& view);
web::Response new_backup_codes_page(web::Exchange& exchange, const web::FormState& form, const RecoveryView& view);

web::Response recovered_page(web::Exchange& exchange, RecoveryPurpose purpose);

}  // namespace waymark::accounts::pages
