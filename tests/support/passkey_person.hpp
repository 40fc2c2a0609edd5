// Ana, who signed up with password and app, and her passkey in software.
#pragma once

#include "features/accounts/factors/passkeys.hpp"
#include "features/accounts/sign_in/passkey_sign_in.hpp"
#include "support/scripted_passkey.hpp"
#include "support/signing_in.hpp"

namespace waymark::testing {

inline constexpr std::string_view kPasskeyOrigin = "https://account.northport.example";

struct PasskeyPerson : SigningIn {
  explicit PasskeyPerson(db::Database& database) : SigningIn(database) {}

  ScriptedPasskey passkey{std::string(kPasskeyOrigin), "the id of Ana's passkey"};

  accounts::PasskeyAsker asker(std::string holder = "visit one", std::string peer = "203.0.113.9") {
    return {.party = webauthn::relying_party_of(kPasskeyOrigin),
            .holder = std::move(holder),
            .client = {.peer = std::move(peer), .device_token = device_token}};
  }
  std::string challenge_for(accounts::CeremonyPurpose purpose, const std::string& holder = "visit one") {
    return accounts::ask_for_passkey(accounts(), {purpose, holder}, account).challenge;
  }
  std::string handle() { return passkey_store(accounts()).find_handle(*database().snapshot(), account).value(); }

  Result<accounts::PasskeyId> add(const ScriptedPasskey& added, const PasskeyAnswerForm& form = {}) {
    const auto offered = accounts::offer_new_passkey(accounts(), account, asker());
    return add_answer(added.registration(offered.challenge, form), added.credential_id());
  }
  Result<accounts::PasskeyId> add_answer(const webauthn::RegistrationAnswer& answer, std::string credential_id) {
    return accounts::add_passkey(accounts(), account, asker(),
                                 {.credential_id = std::move(credential_id),
                                  .client_data = answer.client_data,
                                  .attestation = answer.attestation,
                                  .transports = "internal hybrid sideways",
                                  .name = " My  phone "});
  }
  // Throws when it is refused.
  accounts::PasskeyId add() {
    const auto added = add(passkey);
    if (!added) throw std::runtime_error(refusal_of(added));
    bed.take_told();
    return *added;
  }

  accounts::PasskeyAnswer answer_to(std::string_view challenge, const PasskeyAnswerForm& form = {}) {
    const auto made = passkey.assertion(challenge, form);
    return {.credential_id = passkey.credential_id(),
            .client_data = made.client_data,
            .authenticator_data = made.authenticator_data,
            .signature = made.signature,
            .user_handle = handle()};
  }
  Result<accounts::SessionKey> sign_in_with(const accounts::PasskeyAnswer& answer,
                                            accounts::SharedComputer shared = accounts::SharedComputer::no) {
    return accounts::sign_in_by_passkey(accounts(), asker(), answer, shared);
  }
  Result<accounts::SessionKey> sign_in_by_passkey(const PasskeyAnswerForm& form = {}) {
    return sign_in_with(answer_to(challenge_for(accounts::CeremonyPurpose::sign_in), form));
  }
  accounts::Passkey kept(accounts::PasskeyId id) {
    return passkey_store(accounts()).find(*database().snapshot(), account, id).value();
  }
};

class WithPasskeyAna : public WithPerson<PasskeyPerson> {};

}  // namespace waymark::testing
