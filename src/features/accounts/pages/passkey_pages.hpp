// Passkeys on pages: the parts that ask for one or make one (shown only where scripts run and the browser can), the
// page of an account's passkeys, and the JSON that the browser is asked with.
#pragma once

#include <string>
#include <vector>

#include "features/accounts/factors/passkeys.hpp"
#include "features/accounts/sign_in/passkey_sign_in.hpp"
#include "web/page.hpp"

namespace waymark::accounts::pages {

// Where somebody signs in with a passkey: alone, as the second factor, or again. `return_field` travels with the form.
web::Html sign_in_passkey_part(web::Exchange& exchange, const web::FormState& form, const web::Html& return_field);
web::Html second_factor_passkey_part(web::Exchange& exchange, const web::FormState& form,
                                     const web::Html& return_field);
// Where somebody who opens an account makes one instead of choosing a password.
web::Html sign_up_passkey_part(web::Exchange& exchange, const web::FormState& form);
web::Html recovery_passkey_part(web::Exchange& exchange, const web::FormState& form);
web::Html prove_again_passkey_part(web::Exchange& exchange, const web::FormState& form, const web::Html& return_field);

web::Response passkeys_page(web::Exchange& exchange, const web::FormState& form, const std::vector<Passkey>& passkeys);
web::Response passkey_page(web::Exchange& exchange, const web::FormState& form, const Passkey& passkey);

// PublicKeyCredentialRequestOptionsJSON and PublicKeyCredentialCreationOptionsJSON (section 5.1.8).
web::Response request_options(const PasskeyOptions& options, const webauthn::RelyingParty& party);
web::Response creation_options(const NewPasskeyOptions& options, const webauthn::RelyingParty& party,
                               std::string_view agency);

}  // namespace waymark::accounts::pages
