#include "web/refusal.hpp"

#include <array>

namespace waymark::web {

std::string_view to_text(RefusalReason reason) {
  static constexpr std::array<std::string_view, kRefusalReasons> kNames{
      "request_line", "method",      "version",   "target", "target_size", "host",        "header",   "header_size",
      "framing",      "expectation", "body_size", "slow",   "overload",    "connections", "handshake"};
  return kNames[static_cast<std::size_t>(reason)];
}

}  // namespace waymark::web
