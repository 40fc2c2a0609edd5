#include "web/request.hpp"

#include <algorithm>

#include "web/ip_address.hpp"

namespace waymark::web {

std::string_view Request::header(std::string_view lower_case_name) const {
  for (const auto& [name, value] : headers) {
    if (name == lower_case_name) return value;
  }
  return {};
}

std::optional<std::string_view> Request::cookie(std::string_view name) const {
  std::string_view rest = header("cookie");
  std::optional<std::string_view> found;
  while (!rest.empty()) {
    const std::size_t end = rest.find(';');
    auto pair = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    while (pair.starts_with(' ') || pair.starts_with('\t')) pair.remove_prefix(1);
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos || pair.substr(0, equals) != name) continue;
    // Two of one name: somebody else may have set one of them (another path or a parent domain), so neither counts.
    if (found) return std::nullopt;
    found = pair.substr(equals + 1);
  }
  return found;
}

std::string network_of(std::string_view peer) {
  auto address = parse_ip_address(peer);
  if (!address) return std::string(peer);
  if (address->is_ipv4()) return to_text(*address);
  std::fill(address->bytes.begin() + 8, address->bytes.end(), std::uint8_t{0});
  return to_text(*address) + "/64";
}

}  // namespace waymark::web
