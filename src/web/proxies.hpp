// Whose word about the client's address counts.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "web/ip_address.hpp"

namespace waymark::web {

class TrustedProxies {
 public:
  // Addresses ("10.0.0.7") or ranges ("10.0.0.0/8", "2001:db8::/32"). Throws std::runtime_error that names a bad one.
  explicit TrustedProxies(const std::vector<std::string>& ranges);

  bool contains(const IpAddress& address) const;
  // The rightmost address of X-Forwarded-For that no named proxy added: what stands left of it anybody may have
  // written. `proxy` is the trusted hop that the request came from, and the answer when it names nobody.
  std::string client_behind(std::string_view proxy, std::string_view forwarded_for) const;

 private:
  struct Range {
    IpAddress base;
    unsigned bits = 128;
  };
  std::vector<Range> ranges_;
};

}  // namespace waymark::web
