// The ceremonies of officers' passkeys: the first one, at an invitation; signing in; proving again; one more. The
// checks are those of people's passkeys (platform/webauthn, accounts/factors); what they open is kept apart.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "features/accounts/factors/passkeys.hpp"
#include "features/accounts/sign_in/passkey_sign_in.hpp"
#include "features/office/office.hpp"

namespace waymark::office {

// Who is invited by this link; none when it was used, has lapsed or never was.
std::optional<Officer> find_invited(Office& office, db::Snapshot& snapshot, std::string_view token);

// What a browser needs to make an officer's key. The authenticator must keep the account: there is no other way to say
// who signs in.
accounts::NewPasskeyOptions offer_key(Office& office, const Officer& officer, accounts::CeremonyPurpose purpose,
                                      const accounts::PasskeyAsker& asker);
accounts::PasskeyOptions ask_for_key(Office& office, accounts::CeremonyPurpose purpose,
                                     const accounts::PasskeyAsker& asker, std::optional<OfficerId> officer);

// All: refusals stand at the field "passkey"; an answer is good once.

// Uses the invitation up, keeps the key, makes the officer active and signs them in: all or nothing.
Result<OfficeSessionKey> accept_invitation(Office& office, std::string_view token, const accounts::PasskeyAsker& asker,
                                           const accounts::NewPasskeyAnswer& answer);
Result<OfficeSessionKey> sign_in(Office& office, const accounts::PasskeyAsker& asker,
                                 const accounts::PasskeyAnswer& answer);
// unauthorized when the session ended meanwhile.
Result<OfficeSessionKey> prove_again(Office& office, const accounts::PasskeyAsker& asker,
                                     const accounts::PasskeyAnswer& answer, OfficerId officer, SessionId session);
Result<void> add_key(Office& office, const accounts::PasskeyAsker& asker, const accounts::NewPasskeyAnswer& answer,
                     OfficerId officer);
// Not the last one: conflict.
Result<void> remove_key(Office& office, OfficerId officer, OfficerPasskeyId passkey);

}  // namespace waymark::office
