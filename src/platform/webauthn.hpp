// Web Authentication, Level 3: what a passkey or security key answers is checked here, step by step as sections 7.1 and
// 7.2 of the specification say. libcbor reads the binary parts and libfido2 checks the signature; type, challenge,
// origin, relying party, flags, lengths, algorithm and trailing bytes are checked by our own code, since libfido2 does
// not check them (or not all). Nothing here knows of accounts, time or storage. Threads: plain functions.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace waymark::webauthn {

// Why an answer is not taken. For logs, tests and the choice of words; people read less.
enum class Refusal {
  client_data,         // not the JSON that a browser writes, or too long
  type,                // made for another ceremony
  challenge,           // answers another question
  origin,              // made on another site
  cross_origin,        // made inside a page of another site
  authenticator_data,  // not of the form, or too long, or with something after its end
  relying_party,       // made for another relying party
  user_presence,       // nobody touched the device
  user_verification,   // nobody was checked by finger, face or screen lock
  backup_state,        // backed up, and yet not to be backed up; or it changed its mind
  credential_id,       // none, too long, or another than the one that was named
  public_key,          // not a key of the algorithms asked for, or a degenerate one
  algorithm,           // a key of another algorithm
  attestation,         // the envelope of a registration is not of the form
  signature,
};
std::string_view to_text(Refusal refusal);

// Whom the answers are for. `origin` is compared byte by byte: "https://cases.example.org"; `id` is its host name.
struct RelyingParty {
  std::string id{};
  std::string origin{};
};
// The relying party of an origin: its host name without scheme and port.
RelyingParty relying_party_of(std::string_view origin);

// COSE algorithm numbers (RFC 9053), in the order in which they are asked for.
inline constexpr int kEs256 = -7;
inline constexpr int kEdDsa = -8;
inline constexpr int kRs256 = -257;

inline constexpr std::size_t kCredentialIdBytesMax = 1023;
inline constexpr std::size_t kClientDataBytesMax = 8 * 1024;
inline constexpr std::size_t kAuthenticatorDataBytesMax = 8 * 1024;
inline constexpr std::size_t kAttestationBytesMax = 16 * 1024;
inline constexpr std::size_t kSignatureBytesMax = 1024;

// What a browser handed back for a new credential, as raw bytes.
struct RegistrationAnswer {
  std::string client_data{};  // clientDataJSON
  std::string attestation{};  // attestationObject
};

struct NewCredential {
  std::string id{};
  std::string public_key{};  // COSE_Key, as it came
  int algorithm = 0;
  std::string aaguid{};  // 16 bytes; zeros: the device did not say what it is
  std::uint32_t sign_count = 0;
  bool is_backup_eligible = false;
  bool is_backed_up = false;
};

// User verification is required. Attestation is asked for as "none"; a statement that comes all the same is passed over
// (docs/decisions/0009): who made the device is of no weight here.
std::expected<NewCredential, Refusal> check_registration(const RelyingParty& party, std::string_view challenge,
                                                         const RegistrationAnswer& answer);

struct AssertionAnswer {
  std::string client_data{};
  std::string authenticator_data{};
  std::string signature{};
};

// What is kept of a credential.
struct KnownCredential {
  std::string public_key{};
  bool is_backup_eligible = false;
};

struct Asserted {
  std::uint32_t sign_count = 0;
  bool is_backed_up = false;
};

// Does not look at the counter: see counts_on.
std::expected<Asserted, Refusal> check_assertion(const RelyingParty& party, std::string_view challenge,
                                                 const KnownCredential& known, const AssertionAnswer& answer);

// Whether a counter moved on as that of one device does. Devices that don't count stay at zero; any other counter that
// stays or goes back belongs to two devices with one key.
bool counts_on(std::uint32_t kept, std::uint32_t seen);

// The challenge that the answer says it answers, unchecked: to find out what it was given for. None: not of the form.
std::optional<std::string> claimed_challenge(std::string_view client_data);

}  // namespace waymark::webauthn
