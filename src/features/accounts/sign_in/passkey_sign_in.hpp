// What a passkey opens: a whole session by itself (it is two factors in one), the second factor after a right
// password, the proof before a delicate act. Wrong answers are counted by network, and by passkey and network: never
// where wrong passwords are counted, and never so that a stranger's tries stop the owner's passkey (incident I15).
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "features/accounts/accounts.hpp"
#include "features/accounts/factors/passkeys.hpp"

namespace waymark::accounts {

// What the browser needs to ask for a passkey. `known` is empty where nobody gave a right password yet: then the
// authenticator says whose it is.
struct PasskeyOptions {
  std::string challenge{};
  std::vector<Passkey> known{};
};
PasskeyOptions ask_for_passkey(Accounts& accounts, const Ceremony& ceremony, AccountId account = {});

// What the browser handed back, as bytes.
struct PasskeyAnswer {
  std::string credential_id{};
  std::string client_data{};
  std::string authenticator_data{};
  std::string signature{};
  std::string user_handle{};  // empty: the authenticator gave none
};

// All: refusals stand at the field "passkey". A counter that stayed or went back: the passkey is switched off, and its
// owner told. An answer is good once.

// The passkey says whose account it is. forbidden for an account that the operator or its owner locked.
Result<SessionKey> sign_in_by_passkey(Accounts& accounts, const PasskeyAsker& asker, const PasskeyAnswer& answer,
                                      SharedComputer shared);
// unauthorized when the half session ended meanwhile.
Result<SessionKey> prove_second_factor_by_passkey(Accounts& accounts, const PasskeyAsker& asker,
                                                  const PasskeyAnswer& answer, AccountId account, SessionId half);
// For something that is no session. `open` runs in the unit that uses the answer up; false rolls it all back, and is
// refused with unauthorized.
Result<void> prove_by_passkey(Accounts& accounts, const PasskeyAsker& asker, const PasskeyAnswer& answer,
                              CeremonyPurpose purpose, AccountId account,
                              const std::function<bool(db::Transaction&)>& open);
// unauthorized when the session ended meanwhile.
Result<SessionKey> prove_again_by_passkey(Accounts& accounts, const PasskeyAsker& asker, const PasskeyAnswer& answer,
                                          AccountId account, SessionId session);

}  // namespace waymark::accounts
