// IPv4 and IPv6 addresses as one type: IPv4 in its mapped form, so that "::ffff:203.0.113.9" is no second identity.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace waymark::web {

struct IpAddress {
  std::array<std::uint8_t, 16> bytes{};

  bool operator==(const IpAddress&) const = default;
  bool is_ipv4() const;
};

std::optional<IpAddress> parse_ip_address(std::string_view text);
// "203.0.113.9", "2001:db8::1".
std::string to_text(const IpAddress& address);

}  // namespace waymark::web
