#include "web/accept.hpp"

#include "base/text.hpp"

namespace waymark::web {
namespace {

// Takes the next element off a list, up to the separator, without the white space around it.
std::string_view take_element(std::string_view& list, char separator) {
  const std::size_t end = std::min(list.find(separator), list.size());
  const std::string_view element = trim(list.substr(0, end));
  list.remove_prefix(std::min(end + 1, list.size()));
  return element;
}

// "1", "0.8", "0.001", "0." as thousandths; 0 for anything else.
int parse_weight(std::string_view text) {
  if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1')) return 0;
  int weight = text[0] == '1' ? 1000 : 0;
  if (text.size() == 1) return weight;
  if (text[1] != '.') return 0;
  int place = 100;
  for (const char c : text.substr(2)) {
    if (c < '0' || c > '9') return 0;
    weight += (c - '0') * place;
    place /= 10;
  }
  return weight > 1000 ? 0 : weight;
}

}  // namespace

std::optional<int> weight_of(std::string_view list, std::string_view token) {
  while (!list.empty()) {
    std::string_view element = take_element(list, ',');
    if (!equals_ignoring_ascii_case(take_element(element, ';'), token)) continue;
    while (!element.empty()) {
      const std::string_view parameter = take_element(element, ';');
      if (parameter.starts_with("q=") || parameter.starts_with("Q=")) return parse_weight(parameter.substr(2));
    }
    return 1000;
  }
  return std::nullopt;
}

Encodings::Encodings(std::string_view accept_encoding) {
  if (accept_encoding.empty()) return;
  const int any = weight_of(accept_encoding, "*").value_or(0);
  gzip = weight_of(accept_encoding, "gzip").value_or(any);
  brotli = weight_of(accept_encoding, "br").value_or(any);
}

bool matches_etag(std::string_view if_none_match, std::string_view etag) {
  const auto opaque = [](std::string_view tag) { return tag.starts_with("W/") ? tag.substr(2) : tag; };
  while (!if_none_match.empty()) {
    const std::string_view tag = take_element(if_none_match, ',');
    if (tag == "*" || opaque(tag) == opaque(etag)) return true;
  }
  return false;
}

}  // namespace waymark::web
