// The parts of WebAuthn answers, read and not yet judged. For platform/webauthn.cpp, tests and the fuzzer.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "platform/webauthn.hpp"

namespace waymark::webauthn {

// What the browser says of the ceremony (CollectedClientData, section 5.8.1).
struct ClientData {
  std::string type{};
  std::string challenge{};  // decoded
  std::string origin{};
  bool is_cross_origin = false;  // it says so, or names a top origin
};
std::optional<ClientData> read_client_data(std::string_view json);

struct AttestedCredential {
  std::string aaguid{};
  std::string id{};
  std::string public_key{};
};

// Section 6.1. Every byte is accounted for.
struct AuthenticatorData {
  std::string relying_party_hash{};
  bool is_user_present = false, is_user_verified = false;
  bool is_backup_eligible = false, is_backed_up = false;
  std::uint32_t sign_count = 0;
  std::optional<AttestedCredential> credential{};
};
std::expected<AuthenticatorData, Refusal> read_authenticator_data(std::string_view bytes);

// The authenticator data inside an attestation object.
std::optional<std::string> read_attestation(std::string_view bytes);

// A COSE key of one of our three algorithms, and nothing more in it.
struct PublicKey {
  int algorithm = 0;
  std::string x{}, y{};  // ES256: the point; EdDSA: x alone; RS256: modulus and exponent
};
std::expected<PublicKey, Refusal> read_public_key(std::string_view cose);

// How many bytes the one CBOR item at the beginning takes. None: cut, nested deeper than CTAP2 allows, of indefinite
// length, or of a kind that no authenticator sends. Run before libcbor, which would set memory aside for what a length
// only claims.
std::optional<std::size_t> cbor_item_size(std::string_view bytes);

// Whether the key is a point of its curve that can sign one message without signing all.
bool is_sound(const PublicKey& key);
bool is_signed_by(const PublicKey& key, const RelyingParty& party, std::string_view authenticator_data,
                  std::string_view client_data_hash, std::string_view signature);

}  // namespace waymark::webauthn
