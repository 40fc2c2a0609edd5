#include "base/assert.hpp"
#include "base/text.hpp"
#include "web/html.hpp"
#include "web/url_encoding.hpp"

namespace waymark::web {
namespace {

constexpr std::size_t kLocalBytesMax = 2048;

bool holds_only_plain_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

// What a proxy or a browser might undo after us: an encoded slash, backslash, dot, control byte or letter-shaped
// escape.
bool has_dangerous_escape(std::string_view path) {
  for (std::size_t i = path.find('%'); i != std::string_view::npos; i = path.find('%', i + 1)) {
    const std::string escape = to_ascii_lower(path.substr(i + 1, 2));
    if (escape.size() < 2 || escape[0] < '2' || escape == "2f" || escape == "2e" || escape == "5c" || escape == "7f") {
      return true;
    }
  }
  return false;
}

bool has_dot_segment(std::string_view path) {
  const auto segments = split(path, '/');
  return std::any_of(segments.begin(), segments.end(), [](std::string_view s) { return s == "." || s == ".."; });
}

bool is_local_http(std::string_view text) {
  for (const std::string_view host : {"http://localhost", "http://127.0.0.1", "http://[::1]"}) {
    if (text.starts_with(host) &&
        (text.size() == host.size() || text[host.size()] == ':' || text[host.size()] == '/')) {
      return true;
    }
  }
  return false;
}

}  // namespace

Url Url::part(std::string_view text) const {
  std::string rest(this->rest());
  rest += percent_encode(text);
  return {fixed_, std::move(rest)};
}

Url Url::with(std::string_view name, std::string_view value) const {
  const auto has = [this](char c) {
    return fixed_.find(c) != std::string_view::npos || rest().find(c) != std::string_view::npos;
  };
  WAYMARK_ASSERT(!has('#'));
  const auto encoded_value = percent_encode(value);
  std::string out;
  out.reserve(rest().size() + name.size() + encoded_value.size() + 2);
  out.append(rest());
  out.push_back(has('?') ? '&' : '?');
  out += percent_encode(name);
  out.push_back('=');
  out += encoded_value;
  return {fixed_, std::move(out)};
}

bool Url::is_local(std::string_view path) {
  if (path.empty() || path.size() > kLocalBytesMax || path.front() != '/') return false;
  if (!holds_only_plain_ascii(path) || path.find('\\') != std::string_view::npos) return false;
  const std::string_view before_query = path.substr(0, path.find_first_of("?#"));
  return before_query.find("//") == std::string_view::npos && before_query.find(':') == std::string_view::npos &&
         !has_dangerous_escape(before_query) && !has_dot_segment(before_query);
}

Url Url::from_configuration(std::string_view text) {
  if (is_local(text)) return Url(std::string(text));
  const bool has_scheme =
      text.starts_with("https://") || text.starts_with("mailto:") || text.starts_with("tel:") || is_local_http(text);
  const bool is_clean = holds_only_plain_ascii(text) && text.find_first_of("\\<>\"'`") == std::string_view::npos;
  return has_scheme && is_clean ? Url(std::string(text)) : Url("/");
}

Url Url::local_or(std::string_view path, const Url& otherwise) {
  return is_local(path) ? Url(std::string(path)) : otherwise;
}

}  // namespace waymark::web
