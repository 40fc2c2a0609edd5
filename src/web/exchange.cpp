#include "web/exchange.hpp"

#include "base/assert.hpp"
#include "web/csrf.hpp"
#include "web/site.hpp"
#include "web/url_encoding.hpp"

namespace waymark::web {

Exchange::Exchange(const Request& the_request, const Site& the_site, Instant the_now)
    : request(the_request), site(the_site), now(the_now), locale(&the_site.default_locale()) {}

const catalogue::Brand& Exchange::brand() const { return site.parts().catalogue.brand(); }

std::string_view Exchange::part(std::string_view name) const {
  for (const auto& [part_name, value] : path_parts) {
    if (part_name == name) return value;
  }
  WAYMARK_ASSERT(false && "the pattern has no such part");
}

std::string_view Exchange::time_zone() const {
  return visitor.time_zone.empty() ? std::string_view(brand().time_zone) : std::string_view(visitor.time_zone);
}

db::Snapshot& Exchange::snapshot() {
  if (!snapshot_) snapshot_ = site.parts().database.snapshot();
  return *snapshot_;
}

const std::string& Exchange::csrf_token() {
  if (!csrf_token_.empty()) return csrf_token_;
  if (csrf_key_.empty() && !visitor.csrf_secret.empty()) {
    csrf_key_ = csrf_key_of_session(site.csrf_hash(), visitor.csrf_secret);
  } else if (csrf_key_.empty()) {
    std::string_view cookie = find_visit_cookie(request);
    if (cookie.empty()) cookie = fresh_csrf_cookie_ = make_visit_cookie(site.parts().random);
    csrf_key_ = csrf_key_of_visit(site.csrf_hash(), cookie);
  }
  csrf_token_ = make_csrf_token(site.parts().random, csrf_key_);
  return csrf_token_;
}

Html Exchange::csrf_field() { return Html{}(kCsrfFieldBegin, csrf_token(), kCsrfFieldEnd); }

bool Exchange::is_csrf_token(std::string_view token) {
  if (!visitor.csrf_secret.empty()) {
    return web::is_csrf_token(token, csrf_key_of_session(site.csrf_hash(), visitor.csrf_secret));
  }
  const std::string_view cookie = find_visit_cookie(request);
  return !cookie.empty() && web::is_csrf_token(token, csrf_key_of_visit(site.csrf_hash(), cookie));
}

std::string Exchange::query(std::string_view name) const {
  std::optional<std::string> found;
  for (std::string_view rest = request.query; !rest.empty();) {
    const std::size_t end = std::min(rest.find('&'), rest.size());
    const std::string_view field = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    const std::size_t equals = std::min(field.find('='), field.size());
    const auto field_name = decode_form_text(field.substr(0, equals));
    if (field_name != name) continue;
    if (found) return {};  // said twice: whichever we took, somebody would have meant the other (incident I18)
    found = decode_form_text(field.substr(std::min(equals + 1, field.size()))).value_or(std::string{});
  }
  return found.value_or(std::string{});
}

}  // namespace waymark::web
