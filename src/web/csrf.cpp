#include "web/csrf.hpp"

#include "base/text.hpp"
#include "web/cookies.hpp"

namespace waymark::web {
namespace {

constexpr std::size_t kKeyBytes = 16;
constexpr std::size_t kVisitBytes = 24;
constexpr std::size_t kVisitCookieBytes = 32;  // kVisitBytes in base64url

std::string combine(std::string_view left, std::string_view right) {
  std::string out(left);
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = static_cast<char>(out[i] ^ right[i]);
  return out;
}

std::string make_key(const KeyedHash& hash, std::string_view kind, std::string_view secret) {
  std::string key = hash.of(std::string(kind).append(secret));
  key.resize(kKeyBytes);
  return key;
}

}  // namespace

std::string csrf_key_of_session(const KeyedHash& hash, std::string_view session_secret) {
  return make_key(hash, "session:", session_secret);
}

std::string csrf_key_of_visit(const KeyedHash& hash, std::string_view visit_cookie) {
  return make_key(hash, "visit:", visit_cookie);
}

std::string make_csrf_token(Random& random, std::string_view key) {
  const std::string mask = random.bytes(kKeyBytes);
  return to_base64url(mask + combine(mask, key));
}

bool is_csrf_token(std::string_view token, std::string_view key) {
  const auto bytes = from_base64url(token);
  if (!bytes || bytes->size() != 2 * kKeyBytes || key.size() != kKeyBytes) return false;
  const std::string_view all = *bytes;
  return equals_in_constant_time(combine(all.substr(0, kKeyBytes), all.substr(kKeyBytes)), key);
}

std::string make_visit_cookie(Random& random) { return random.token(kVisitBytes); }

std::string_view find_visit_cookie(const Request& request) {
  const auto cookie = request.cookie(kCsrfCookie);
  if (!cookie || cookie->size() != kVisitCookieBytes || !from_base64url(*cookie)) return {};
  return *cookie;
}

bool is_from_our_own_page(const Request& request, bool is_https) {
  const std::string_view site = request.header("sec-fetch-site");
  if (!site.empty() && site != "same-origin" && site != "none") return false;
  const std::string_view origin = request.header("origin");
  if (origin.empty()) return true;
  // Privacy settings may blank the origin even of our own pages; Sec-Fetch-Site, which no page can set, then vouches.
  if (origin == "null") return site == "same-origin";
  const std::string_view scheme = is_https ? "https://" : "http://";
  return origin.starts_with(scheme) && equals_ignoring_ascii_case(origin.substr(scheme.size()), request.header("host"));
}

}  // namespace waymark::web
