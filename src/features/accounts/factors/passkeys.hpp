// The passkeys of somebody who is signed in: adding, naming and taking them off. Each change is audited, and told to
// the owner on every channel.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "features/accounts/accounts.hpp"
#include "features/accounts/factors/passkey_challenge.hpp"
#include "features/accounts/factors/passkey_limits.hpp"
#include "features/accounts/factors/passkey_store.hpp"
#include "platform/webauthn.hpp"

namespace waymark::accounts {

// Made where they are needed: they hold nothing but a derived key.
PasskeyStore passkey_store(const Accounts& accounts);
PasskeyChallenges passkey_challenges(const Accounts& accounts);

// Who takes part in a ceremony, beside the person: our own address, and the browser's side of the binding.
struct PasskeyAsker {
  webauthn::RelyingParty party{};
  std::string holder{};  // see Ceremony
  Client client{};
};

// What the browser needs to make a new passkey.
struct NewPasskeyOptions {
  std::string challenge{};
  std::string handle{};  // user.id: 64 random bytes
  std::string email{}, name{};
  std::vector<Passkey> known{};  // not to be registered twice
  // The authenticator must keep the account with the key: without a password nobody could name the key to it.
  bool must_keep_account = false;
};
// Keeps a handle for the account when it has none.
NewPasskeyOptions offer_new_passkey(Accounts& accounts, AccountId account, const PasskeyAsker& asker);

// What the browser handed back, as bytes.
struct NewPasskeyAnswer {
  std::string credential_id{};
  std::string client_data{};
  std::string attestation{};
  std::string transports{};  // as the browser lists them, separated by blanks
  std::string name{};        // as typed
  std::string name_otherwise{};
};
// What was answered, as the passkey that it makes (account still open). Refusals stand at the field "passkey" or
// "name". The challenge is not used up yet: take it in the unit that keeps the passkey (PasskeyStore::use_challenge).
struct CheckedPasskey {
  Passkey passkey{};
  std::string challenge{};
};
Result<CheckedPasskey> check_new_passkey(const Accounts& accounts, CeremonyPurpose purpose, const PasskeyAsker& asker,
                                         const NewPasskeyAnswer& answer, PasskeyId id, Instant now);
// Refusals stand at the field "passkey": late, refused, unverified, known already, too many.
Result<PasskeyId> add_passkey(Accounts& accounts, AccountId account, const PasskeyAsker& asker,
                              const NewPasskeyAnswer& answer);

Result<void> rename_passkey(Accounts& accounts, AccountId account, PasskeyId passkey, std::string_view typed);
// Not the last second factor, nor the last passkey of an account without a password: conflict. One that is switched off
// counts for none and always goes.
Result<void> remove_passkey(Accounts& accounts, AccountId account, PasskeyId passkey);

// What to say of a refused answer.
std::string_view words_of(webauthn::Refusal refusal);

}  // namespace waymark::accounts
