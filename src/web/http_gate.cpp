#include "web/http_gate.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "web/head_scanner.hpp"
#include "web/http_syntax.hpp"
#include "web/request_target.hpp"

namespace waymark::web {

namespace {

using Headers = std::vector<std::pair<std::string, std::string>>;

std::unexpected<Refusal> refused(RefusalReason reason, int status = 400) {
  return std::unexpected(Refusal{status, reason});
}

std::optional<Method> find_method(std::string_view name) {
  struct Known {
    std::string_view name;
    Method method;
  };
  static constexpr std::array<Known, 7> kKnown{{{"GET", Method::get},
                                                {"POST", Method::post},
                                                {"HEAD", Method::head},
                                                {"PUT", Method::put},
                                                {"PATCH", Method::patch},
                                                {"DELETE", Method::delete_},
                                                {"OPTIONS", Method::options}}};
  for (const Known& known : kKnown) {
    if (known.name == name) return known.method;
  }
  return std::nullopt;
}

// Doubled, these have no one meaning. What is not named here may be a list and is joined.
std::optional<RefusalReason> refusal_when_doubled(std::string_view name) {
  if (name == "host") return RefusalReason::host;
  if (name == "content-length" || name == "transfer-encoding") return RefusalReason::framing;
  static constexpr std::array<std::string_view, 17> kSingle{
      "authorization",  "content-type",        "content-range",  "expect",
      "from",           "if-modified-since",   "if-range",       "if-unmodified-since",
      "origin",         "proxy-authorization", "range",          "referer",
      "sec-fetch-dest", "sec-fetch-mode",      "sec-fetch-site", "sec-fetch-user",
      "user-agent"};
  if (std::ranges::find(kSingle, name) != kSingle.end()) return RefusalReason::header;
  return std::nullopt;
}

std::string_view without_blanks(std::string_view text) {
  const auto is_blank = [](char c) { return c == ' ' || c == '\t'; };
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

// Fills the slots that a request on this connection used before; finish() drops those left over.
class HeaderSlots {
 public:
  explicit HeaderSlots(Headers& headers) : headers_(headers) {}

  std::optional<Refusal> add(std::string_view name, std::string_view value) {
    if (used_ == headers_.size()) headers_.emplace_back();
    auto& [slot_name, slot_value] = headers_[used_];
    slot_name.resize(name.size());
    std::ranges::transform(name, slot_name.begin(), syntax::lower);
    for (std::size_t i = 0; i < used_; ++i) {
      if (headers_[i].first != slot_name) continue;
      if (const auto reason = refusal_when_doubled(slot_name)) return Refusal{400, *reason};
      std::string& joined = headers_[i].second;
      if (!joined.empty() && !value.empty()) joined.append(slot_name == "cookie" ? "; " : ", ");
      joined.append(value);
      return std::nullopt;
    }
    slot_value.assign(value);
    ++used_;
    return std::nullopt;
  }
  void finish() { headers_.resize(used_); }

 private:
  Headers& headers_;
  std::size_t used_ = 0;
};

std::optional<Refusal> read_header_line(std::string_view line, HeaderSlots& slots) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return Refusal{400, RefusalReason::header};
  const auto name = line.substr(0, colon);
  const auto value = without_blanks(line.substr(colon + 1));
  // A blank at the front is the old line folding, one before the colon a known trick: neither is a token.
  if (!syntax::is_token(name) || !syntax::consists_of(value, syntax::kValue)) {
    return Refusal{400, RefusalReason::header};
  }
  // Programs behind a CGI-like interface can't tell "_" from "-": such a name could pass for one that a proxy checks.
  if (name.find('_') != std::string_view::npos) return std::nullopt;
  return slots.add(name, value);
}

const std::string* find_header(const Headers& headers, std::string_view name) {
  for (const auto& [known, value] : headers) {
    if (known == name) return &value;
  }
  return nullptr;
}

bool names_option(std::string_view list, std::string_view option) {
  while (!list.empty()) {
    const std::size_t comma = list.find(',');
    if (syntax::equals_ignoring_case(without_blanks(list.substr(0, comma)), option)) return true;
    if (comma == std::string_view::npos) break;
    list.remove_prefix(comma + 1);
  }
  return false;
}

std::optional<std::uint64_t> read_length(std::string_view text) {
  if (text.empty() || text.size() > 18 || (text.size() > 1 && text.front() == '0')) return std::nullopt;
  std::uint64_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return value;
}

std::expected<Framing, Refusal> read_framing(const Headers& headers, bool is_http_10) {
  Framing framing;
  const std::string* length = find_header(headers, "content-length");
  if (const std::string* encoding = find_header(headers, "transfer-encoding")) {
    if (is_http_10 || length != nullptr || !syntax::equals_ignoring_case(*encoding, "chunked")) {
      return refused(RefusalReason::framing);
    }
    framing.is_chunked = true;
  } else if (length != nullptr) {
    const auto value = read_length(*length);
    if (!value) return refused(RefusalReason::framing);
    framing.content_length = *value;
  }
  if (const std::string* expectation = find_header(headers, "expect"); expectation != nullptr && !is_http_10) {
    if (!syntax::equals_ignoring_case(*expectation, "100-continue")) return refused(RefusalReason::expectation, 417);
    framing.expects_continue = true;
  }
  const std::string* connection = find_header(headers, "connection");
  framing.keeps_alive = !is_http_10 && (connection == nullptr || !names_option(*connection, "close"));
  return framing;
}

std::expected<Framing, Refusal> read_headers(std::string_view lines, bool is_http_10, std::string_view authority,
                                             Headers& headers) {
  HeaderSlots slots(headers);
  std::size_t count = 0;
  while (true) {
    const std::size_t end = lines.find("\r\n");
    if (end == std::string_view::npos) return refused(RefusalReason::header);
    if (end == 0) break;
    if (++count > kHeadersMax) return refused(RefusalReason::header_size, 431);
    if (const auto refusal = read_header_line(lines.substr(0, end), slots)) return std::unexpected(*refusal);
    lines.remove_prefix(end + 2);
  }
  slots.finish();
  const std::string* host = find_header(headers, "host");
  if (host == nullptr || !is_authority(*host)) return refused(RefusalReason::host);
  const auto are_same = [](char left, char right) { return syntax::lower(left) == syntax::lower(right); };
  if (!authority.empty() && !std::ranges::equal(authority, *host, are_same)) return refused(RefusalReason::host);
  return read_framing(headers, is_http_10);
}

}  // namespace

std::expected<Framing, Refusal> read_head(std::string_view head, Request& request) {
  if (head.starts_with("\r\n")) head.remove_prefix(2);
  const std::size_t line_end = head.find("\r\n");
  if (line_end == std::string_view::npos) return refused(RefusalReason::request_line);
  const auto line = head.substr(0, line_end);

  const std::size_t method_end = line.find(' ');
  if (method_end == std::string_view::npos) return refused(RefusalReason::request_line);
  const auto method_name = line.substr(0, method_end);
  if (!syntax::is_token(method_name)) return refused(RefusalReason::request_line);
  const auto method = find_method(method_name);
  if (!method) return refused(RefusalReason::method, 501);
  request.method = *method;

  const auto after_method = line.substr(method_end + 1);
  const std::size_t target_end = after_method.find(' ');
  if (target_end == std::string_view::npos) return refused(RefusalReason::request_line);
  const auto target = after_method.substr(0, target_end);
  const auto version = after_method.substr(target_end + 1);
  if (version != "HTTP/1.1" && version != "HTTP/1.0") {
    const bool is_other_version = version.size() == 8 && version.starts_with("HTTP/") && version[6] == '.' &&
                                  version[5] >= '0' && version[5] <= '9' && version[7] >= '0' && version[7] <= '9';
    return is_other_version ? refused(RefusalReason::version, 505) : refused(RefusalReason::request_line);
  }
  if (target.size() > kTargetBytesMax) return refused(RefusalReason::target_size, 414);
  const auto authority = read_target(target, request.path, request.query);
  if (!authority) return std::unexpected(authority.error());
  return read_headers(head.substr(line_end + 2), version == "HTTP/1.0", *authority, request.headers);
}

}  // namespace waymark::web
