#include "web/security_headers.hpp"

namespace waymark::web {
namespace {

// "report-uri" and no "report-to": every browser knows it, and those that know both would wait for the other.
constexpr const char* kContentSecurityPolicy =
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; "
    "report-uri /api/policy-reports";

// Not "no-referrer": under it browsers send "Origin: null" with our own forms (Fetch, "append a request Origin
// header"), and the check against forged posts would have nothing to go by. Other sites get no referrer under either.
constexpr const char* kReferrerPolicy = "same-origin";

// Everything closed that pages of ours never ask for. Left at its default (our own origin): writing to the clipboard,
// and passkeys.
constexpr const char* kPermissionsPolicy =
    "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), display-capture=(), "
    "encrypted-media=(), "
    "fullscreen=(), gamepad=(), geolocation=(), gyroscope=(), hid=(), idle-detection=(), local-fonts=(), "
    "magnetometer=(), "
    "microphone=(), midi=(), payment=(), picture-in-picture=(), screen-wake-lock=(), serial=(), storage-access=(), "
    "usb=(), "
    "window-management=(), xr-spatial-tracking=()";

constexpr const char* kTwoYears = "max-age=63072000; includeSubDomains";

const char* cache_control_of(Caching caching) {
  switch (caching) {
    case Caching::personal:
      return "no-store";
    case Caching::immutable:
      return "public, max-age=31536000, immutable";
    case Caching::brief:
      return "public, no-cache";
  }
  return "no-store";
}

StandingHeaders make_standing_headers(bool is_https) {
  StandingHeaders headers{.list = {{"content-security-policy", kContentSecurityPolicy},
                                   {"x-content-type-options", "nosniff"},
                                   {"referrer-policy", kReferrerPolicy},
                                   {"permissions-policy", kPermissionsPolicy},
                                   {"cross-origin-opener-policy", "same-origin"},
                                   {"cross-origin-resource-policy", "same-origin"}},
                          .lines = {}};
  if (is_https) headers.list.emplace_back("strict-transport-security", kTwoYears);
  for (const auto& [name, value] : headers.list) headers.lines += fmt::format("{}: {}\r\n", name, value);
  return headers;
}

}  // namespace

void add_security_headers(Response& response, bool is_https) {
  static const StandingHeaders plain = make_standing_headers(false), https = make_standing_headers(true);
  response.standing = is_https ? &https : &plain;
  response.headers.emplace_back("cache-control", cache_control_of(response.caching));
}

}  // namespace waymark::web
