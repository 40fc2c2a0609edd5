// Authenticator-app codes (RFC 6238: SHA-1, 30 s, 6 digits) by liboath.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "platform/random.hpp"

namespace waymark {

inline constexpr std::size_t kTotpSecretBytes = 20;  // 160 bits, RFC 4226 section 4
inline constexpr std::int64_t kTotpStepSeconds = 30;

std::string make_totp_secret(Random& random);
// The step whose code this is, within one step before or after `now`; the caller stores it and refuses it (and every
// earlier one) from then on.
std::optional<std::int64_t> find_totp_step(std::string_view secret, std::string_view code, Instant now);
std::string totp_code(std::string_view secret, Instant at);
// otpauth:// address for the QR code; issuer and account are percent-encoded.
std::string totp_uri(std::string_view secret, std::string_view issuer, std::string_view account);
// The secret as people type it: base32 in groups of four.
std::string totp_typed_secret(std::string_view secret);

}  // namespace waymark
