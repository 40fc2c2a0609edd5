// A passkey in software: makes the answers that a browser and its authenticator would, right ones and wrong ones.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "platform/webauthn.hpp"

namespace waymark::testing {

// How an answer is to differ from a right one.
struct PasskeyAnswerForm {
  std::string type{};              // empty: the right one
  std::string origin{};            // the same
  std::string relying_party{};     // the same
  std::string more_client_data{};  // put before the last brace: `,"topOrigin":"https://x"`
  std::uint8_t flags = 0x05;       // user present and verified; 0x40 is set for a registration
  std::uint32_t count = 0;
  std::string after_data{};  // put after the authenticator data (and signed)
};

class ScriptedPasskey {
 public:
  explicit ScriptedPasskey(std::string origin = "https://example.org", std::string credential_id = "a credential's id");

  webauthn::RegistrationAnswer registration(std::string_view challenge, const PasskeyAnswerForm& form = {}) const;
  // The same around any COSE key.
  webauthn::RegistrationAnswer registration_of_key(std::string_view challenge, std::string_view cose,
                                                   const PasskeyAnswerForm& form = {}) const;
  webauthn::AssertionAnswer assertion(std::string_view challenge, const PasskeyAnswerForm& form = {}) const;

  const std::string& credential_id() const { return credential_id_; }
  std::string cose_key() const;
  std::string sign(std::string_view message) const;

 private:
  struct Key;
  std::string client_data(std::string_view type, std::string_view challenge, const PasskeyAnswerForm& form) const;
  std::string authenticator_head(const PasskeyAnswerForm& form, std::uint8_t more_flags) const;
  std::string origin_, credential_id_;
  std::shared_ptr<Key> key_;
};

// The pieces, for making odd ones.
std::string cbor_head(int kind, std::size_t value);
std::string cbor_bytes(std::string_view bytes);
std::string cbor_text(std::string_view text);
std::string attestation_object(std::string_view authenticator_data, std::string_view format = "none",
                               std::string_view statement = std::string_view("\xa0", 1));

}  // namespace waymark::testing
