#include "web/cookies.hpp"

#include <fmt/format.h>

#include "base/assert.hpp"

namespace waymark::web {
namespace {

// RFC 6265's cookie-octet: no blank, quote, comma, semicolon, backslash or control byte.
bool is_cookie_value(std::string_view value) {
  return std::all_of(value.begin(), value.end(),
                     [](char c) { return c > ' ' && c < '\x7f' && c != '"' && c != ',' && c != ';' && c != '\\'; });
}

}  // namespace

std::string set_cookie(std::string_view name, std::string_view value, std::optional<std::chrono::seconds> lifetime) {
  WAYMARK_ASSERT(name.starts_with("__Host-") && is_cookie_value(value) && name.size() + value.size() <= 4096);
  std::string cookie = fmt::format("{}={}; Path=/; Secure; HttpOnly; SameSite=Lax", name, value);
  if (lifetime) cookie += fmt::format("; Max-Age={}", lifetime->count());
  return cookie;
}

std::string clear_cookie(std::string_view name) { return set_cookie(name, "", std::chrono::seconds{0}); }

}  // namespace waymark::web
