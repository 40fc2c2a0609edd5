// A request as handlers see it: framing is checked, the target is decoded once, sizes are limited.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace waymark::web {

class SpooledBody;

enum class Method { get, head, post, put, patch, delete_, options };

struct Request {
  Method method = Method::get;
  std::string path;   // percent-decoded once, valid UTF-8, begins with "/"; "//", "/./", "/../", NUL and encoded
                      // slashes were refused
  std::string query;  // raw, without "?"
  std::string body;
  std::shared_ptr<SpooledBody> spooled{};                    // instead of `body`, on routes that take large ones
  std::vector<std::pair<std::string, std::string>> headers;  // names in lower case; each at most once but cookie's
                                                             // parts are joined with "; "
  std::string peer;        // the client's address, taken from X-Forwarded-For only behind a named proxy: "203.0.113.9"
  std::string request_id;  // ours, 16 hex digits; a client's is ignored
  bool is_tls = false;

  std::string_view header(std::string_view lower_case_name) const;      // empty when absent
  std::optional<std::string_view> cookie(std::string_view name) const;  // the first of that name; none when doubled
};

// "203.0.113.9" for IPv4, the /64 for IPv6: what limits for a network count by.
std::string network_of(std::string_view peer);

}  // namespace waymark::web
