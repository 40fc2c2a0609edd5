#include "platform/totp.hpp"

#include <fmt/format.h>
#include <liboath/oath.h>

#include <stdexcept>

#include "base/assert.hpp"
#include "base/text.hpp"

namespace waymark {
namespace {

constexpr unsigned kDigits = 6;

std::string code_of_step(std::string_view secret, std::int64_t step) {
  static const bool started = oath_init() == OATH_OK;
  char code[kDigits + 1] = {};
  // HOTP of the step is TOTP (RFC 6238 section 4), without liboath's own reading of the time.
  if (!started || oath_hotp_generate(secret.data(), secret.size(), static_cast<std::uint64_t>(step), kDigits, false,
                                     OATH_HOTP_DYNAMIC_TRUNCATION, code) != OATH_OK) {
    throw std::runtime_error("an authenticator code could not be computed");
  }
  return code;
}

std::int64_t step_at(Instant at) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
  WAYMARK_ASSERT(seconds >= 0);
  return seconds / kTotpStepSeconds;
}

// RFC 3986: all but unreserved characters.
std::string percent_encode(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool is_unreserved = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
                               c == '.' || c == '_' || c == '~';
    if (is_unreserved) {
      out += c;
    } else {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return out;
}

}  // namespace

std::string make_totp_secret(Random& random) { return random.bytes(kTotpSecretBytes); }

std::optional<std::int64_t> find_totp_step(std::string_view secret, std::string_view code, Instant now) {
  const auto present = step_at(now);
  std::optional<std::int64_t> found;
  // All three are compared, whichever fits; where two steps have one code, the later one is used up.
  for (const std::int64_t step : {present - 1, present, present + 1}) {
    if (step >= 0 && equals_in_constant_time(code_of_step(secret, step), code)) found = step;
  }
  return found;
}

std::string totp_code(std::string_view secret, Instant at) { return code_of_step(secret, step_at(at)); }

std::string totp_uri(std::string_view secret, std::string_view issuer, std::string_view account) {
  return fmt::format("otpauth://totp/{0}:{1}?secret={2}&issuer={0}&algorithm=SHA1&digits={3}&period={4}",
                     percent_encode(issuer), percent_encode(account), to_base32(secret), kDigits, kTotpStepSeconds);
}

std::string totp_typed_secret(std::string_view secret) {
  std::string out;
  for (const char symbol : to_base32(secret)) {
    if (out.size() % 5 == 4) out += ' ';
    out += symbol;
  }
  return out;
}

}  // namespace waymark
