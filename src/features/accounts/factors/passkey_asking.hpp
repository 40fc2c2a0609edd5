// The web's side of passkey ceremonies: who asks, and what a posted form holds of the browser's answer.
#pragma once

#include "features/accounts/factors/passkeys.hpp"
#include "features/accounts/sign_in/passkey_sign_in.hpp"
#include "web/exchange.hpp"

namespace waymark::accounts {

// Asks in the name of the session, or of the stranger's cookie, which every stranger who has drawn a form has.
PasskeyAsker passkey_asker(const web::Exchange& exchange);

// Fields that are no base64url are empty, and refused with everything else that is not right.
PasskeyAnswer passkey_answer(const web::Form& form);
NewPasskeyAnswer new_passkey_answer(const web::Form& form);

}  // namespace waymark::accounts
