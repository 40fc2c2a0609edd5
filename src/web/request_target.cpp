#include "web/request_target.hpp"

#include <arpa/inet.h>

#include "base/text.hpp"
#include "web/http_syntax.hpp"

namespace waymark::web {

namespace {

constexpr std::size_t kHostBytesMax = 255;

const std::unexpected<Refusal> kRefused{Refusal{400, RefusalReason::target}};

bool is_forbidden_in_path(char byte) {
  const auto value = static_cast<unsigned char>(byte);
  return value < 0x20 || value == 0x7f || byte == '\\';
}

bool decode(std::string_view raw, std::string& path) {
  path.clear();
  bool is_ascii = true;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    char byte = raw[i];
    if (byte == '%') {
      if (i + 2 >= raw.size()) return false;
      const int high = syntax::hex_value(raw[i + 1]);
      const int low = syntax::hex_value(raw[i + 2]);
      if (high < 0 || low < 0) return false;
      byte = static_cast<char>(high * 16 + low);
      if (byte == '/') return false;
      i += 2;
    }
    if (is_forbidden_in_path(byte)) return false;
    if (static_cast<unsigned char>(byte) >= 0x80) is_ascii = false;
    path.push_back(byte);
  }
  return is_ascii || is_valid_utf8(path);
}

// Every segment but the last has a name, and none is "." or "..": who sends those wants to be read in two ways.
bool has_plain_segments(std::string_view path) {
  std::size_t begin = 1;
  while (true) {
    const std::size_t end = path.find('/', begin);
    const auto segment = path.substr(begin, end == std::string_view::npos ? end : end - begin);
    if (segment == "." || segment == "..") return false;
    if (end == std::string_view::npos) return true;
    if (segment.empty()) return false;
    begin = end + 1;
  }
}

bool is_port(std::string_view text) {
  if (text.empty() || text.size() > 5) return false;
  unsigned value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return false;
    value = value * 10 + static_cast<unsigned>(c - '0');
  }
  return value > 0 && value <= 65535;
}

bool is_host_name(std::string_view text) {
  if (text.empty() || text.size() > kHostBytesMax || text.front() == '.') return false;
  char previous = 0;
  for (const char c : text) {
    const bool is_plain =
        (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' || c == '.';
    if (!is_plain || (c == '.' && previous == '.')) return false;
    previous = c;
  }
  return true;
}

bool is_ipv6(std::string_view text) {
  const std::string terminated(text.substr(0, INET6_ADDRSTRLEN));
  in6_addr address{};
  return text.size() < INET6_ADDRSTRLEN && inet_pton(AF_INET6, terminated.c_str(), &address) == 1;
}

// "http://" or "https://" off the front; empty when it is neither.
std::string_view after_scheme(std::string_view target) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (syntax::equals_ignoring_case(target.substr(0, scheme.size()), scheme)) return target.substr(scheme.size());
  }
  return {};
}

}  // namespace

bool is_authority(std::string_view text) {
  if (text.starts_with('[')) {
    const std::size_t end = text.find(']');
    if (end == std::string_view::npos || !is_ipv6(text.substr(1, end - 1))) return false;
    const auto rest = text.substr(end + 1);
    return rest.empty() || (rest.front() == ':' && is_port(rest.substr(1)));
  }
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return is_host_name(text);
  return is_host_name(text.substr(0, colon)) && is_port(text.substr(colon + 1));
}

std::expected<std::string_view, Refusal> read_target(std::string_view target, std::string& path, std::string& query) {
  if (!syntax::consists_of(target, syntax::kTarget)) return kRefused;
  std::string_view authority;
  std::string_view rest = target;
  if (!target.starts_with('/')) {
    rest = after_scheme(target);
    if (rest.empty()) return kRefused;
    authority = rest.substr(0, rest.find_first_of("/?"));
    if (!is_authority(authority)) return kRefused;
    rest.remove_prefix(authority.size());
  }
  const std::size_t question = rest.find('?');
  query.assign(question == std::string_view::npos ? std::string_view() : rest.substr(question + 1));
  const auto raw_path = rest.substr(0, question);
  if (!decode(raw_path.empty() ? std::string_view("/") : raw_path, path)) return kRefused;
  if (!has_plain_segments(path)) return kRefused;
  return authority;
}

}  // namespace waymark::web
