// Whoever finds a weakness is told where to say so: /.well-known/security.txt (RFC 9116) for tools, /security for
// people.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "web/router.hpp"

namespace waymark::help {

struct SecurityContact {
  std::string contact;  // a mailto: or https: address
  std::string policy;   // an https: address; empty: our own page /security
};

std::string security_txt(const SecurityContact& security, std::string_view origin,
                         std::span<const std::string> languages, Instant now);

// /.well-known/security.txt, /.well-known/change-password (for password managers), /security.
void add_well_known_routes(web::Router& router, const SecurityContact& security);

}  // namespace waymark::help
