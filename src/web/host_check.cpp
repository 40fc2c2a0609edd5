#include "web/host_check.hpp"

#include "base/assert.hpp"
#include "base/text.hpp"

namespace waymark::web {
namespace {

constexpr std::string_view kLoopbackNames[] = {"localhost", "127.0.0.1", "[::1]"};

std::string_view without_own_port(std::string_view authority, bool is_https) {
  const std::string_view port = is_https ? ":443" : ":80";
  return authority.ends_with(port) ? authority.substr(0, authority.size() - port.size()) : authority;
}

// The port with its ":" behind a loopback name; nothing when the host is another name.
std::optional<std::string_view> loopback_port(std::string_view authority) {
  for (const std::string_view name : kLoopbackNames) {
    if (!equals_ignoring_ascii_case(authority.substr(0, name.size()), name)) continue;
    const std::string_view port = authority.substr(name.size());
    if (port.empty() || port.front() == ':') return port;
  }
  return std::nullopt;
}

}  // namespace

std::string authority_of(std::string_view origin) {
  const bool is_https = origin.starts_with("https://");
  WAYMARK_ASSERT(is_https || origin.starts_with("http://"));
  const std::string_view authority = origin.substr(is_https ? 8 : 7);
  WAYMARK_ASSERT(!authority.empty() && authority.find_first_of("/?#@ ") == std::string_view::npos);
  return to_ascii_lower(without_own_port(authority, is_https));
}

bool is_our_host(std::string_view host, std::string_view authority, bool is_https) {
  const std::string_view plain = without_own_port(host, is_https);
  if (equals_ignoring_ascii_case(plain, authority)) return true;
  const auto our_port = loopback_port(authority);
  return !is_https && our_port && loopback_port(plain) == our_port;
}

}  // namespace waymark::web
