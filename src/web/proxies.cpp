#include "web/proxies.hpp"

#include <algorithm>
#include <stdexcept>

#include "base/text.hpp"

namespace waymark::web {

namespace {

bool are_equal_in(const IpAddress& left, const IpAddress& right, unsigned bits) {
  const std::size_t whole = bits / 8;
  if (!std::equal(left.bytes.begin(), left.bytes.begin() + static_cast<std::ptrdiff_t>(whole), right.bytes.begin())) {
    return false;
  }
  const unsigned rest = bits % 8;
  if (rest == 0) return true;
  const unsigned mask = 0xffU << (8 - rest) & 0xffU;
  return (left.bytes[whole] & mask) == (right.bytes[whole] & mask);
}

// Some proxies add the port: "203.0.113.9:4711", "[2001:db8::1]:4711".
std::optional<IpAddress> read_hop(std::string_view text) {
  text = trim(text);
  if (text.starts_with('[')) {
    const std::size_t end = text.find(']');
    return end == std::string_view::npos ? std::nullopt : parse_ip_address(text.substr(1, end - 1));
  }
  if (std::ranges::count(text, ':') == 1) text = text.substr(0, text.find(':'));
  return parse_ip_address(text);
}

}  // namespace

TrustedProxies::TrustedProxies(const std::vector<std::string>& ranges) {
  for (const std::string& text : ranges) {
    const std::size_t slash = text.find('/');
    const auto base = parse_ip_address(std::string_view(text).substr(0, slash));
    if (!base) throw std::runtime_error("trusted proxy is not an address or range: " + text);
    const unsigned bits_max = base->is_ipv4() ? 32 : 128;
    unsigned bits = bits_max;
    if (slash != std::string::npos) {
      const auto value = parse_integer(std::string_view(text).substr(slash + 1));
      if (!value || *value < 0 || *value > bits_max) {
        throw std::runtime_error("trusted proxy's range has a bad length: " + text);
      }
      bits = static_cast<unsigned>(*value);
    }
    ranges_.push_back({*base, bits + (128 - bits_max)});
  }
}

bool TrustedProxies::contains(const IpAddress& address) const {
  return std::ranges::any_of(ranges_,
                             [&](const Range& range) { return are_equal_in(range.base, address, range.bits); });
}

std::string TrustedProxies::client_behind(std::string_view proxy, std::string_view forwarded_for) const {
  std::string client(proxy);
  while (!forwarded_for.empty()) {
    const std::size_t comma = forwarded_for.rfind(',');
    const auto hop = read_hop(comma == std::string_view::npos ? forwarded_for : forwarded_for.substr(comma + 1));
    if (!hop) break;
    client = to_text(*hop);
    if (!contains(*hop) || comma == std::string_view::npos) break;
    forwarded_for = forwarded_for.substr(0, comma);
  }
  return client;
}

}  // namespace waymark::web
