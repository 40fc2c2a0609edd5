#include "web/access_check.hpp"

#include "web/failure_page.hpp"
#include "web/host_check.hpp"
#include "web/site.hpp"
#include "web/url_encoding.hpp"

namespace waymark::web {
namespace {

Url start_of(const Exchange& exchange) {
  return is_office_path(exchange.request.path) ? Url("/office") : Url("/cases");
}

// Where to go on after signing in: the page asked for; for a post, the page its form stood on.
Url return_address(const Exchange& exchange) {
  const Request& request = exchange.request;
  if (request.method == Method::post) {
    if (const auto before = find_page_before(exchange)) return *before;
    if (exchange.site.router().find_route(Method::get, request.path) == nullptr) return start_of(exchange);
    return Url::local_or(percent_encode_path(request.path), start_of(exchange));
  }
  std::string address = percent_encode_path(request.path);
  if (!request.query.empty()) address.append("?").append(request.query);
  return Url::local_or(address, start_of(exchange));
}

Response send_to(Exchange& exchange, const Url& page) {
  if (!wants_json(exchange.request)) return Response::redirect(page);
  return failure_response(exchange, {.kind = FailureKind::unauthorized, .message = {"web.error.sign_in_first"}});
}

bool is_proof_recent(const Exchange& exchange) {
  return exchange.now - exchange.visitor.proved_at <= exchange.site.parts().step_up_after;
}

std::optional<Response> check_office_access(Exchange& exchange, const Route& route) {
  const auto& seat = exchange.visitor.seat;
  if (!seat) return send_to(exchange, sign_in_url(exchange));
  if (!route.rule.roles.has(seat->role)) {
    return failure_response(exchange, {.kind = FailureKind::forbidden, .message = {"web.error.not_your_role"}});
  }
  if (route.rule.access == Access::office || is_proof_recent(exchange)) return std::nullopt;
  return send_to(exchange, Url("/office/sign-in/again").with("return_to", return_address(exchange).text()));
}

}  // namespace

Visitor visitor_seen_by(Access access, Visitor found) {
  if (found.standing != Standing::half_signed_in || access == Access::half_signed_in) return found;
  // The forms of the half-open session stay usable: a language choice drawn on the second-factor page must not fail.
  return {.csrf_secret = std::move(found.csrf_secret), .language = std::move(found.language)};
}

Url sign_in_url(const Exchange& exchange) {
  const Url page = is_office_path(exchange.request.path) ? Url("/office/sign-in") : Url("/sign-in");
  return page.with("return_to", return_address(exchange).text());
}

std::optional<Url> find_page_before(const Exchange& exchange) {
  std::string_view referer = exchange.request.header("referer");
  const std::string_view scheme = exchange.site.is_https() ? "https://" : "http://";
  if (!referer.starts_with(scheme)) return std::nullopt;
  referer.remove_prefix(scheme.size());
  const std::size_t slash = std::min(referer.find('/'), referer.size());
  if (!is_our_host(referer.substr(0, slash), exchange.site.authority(), exchange.site.is_https())) return std::nullopt;
  const std::string_view path = referer.substr(slash);
  return Url::is_local(path) ? std::optional(Url::local_or(path, "/")) : std::nullopt;
}

std::optional<Response> check_access(Exchange& exchange, const Route& route, Standing standing) {
  const bool is_signed_in = standing == Standing::signed_in;
  switch (route.rule.access) {
    case Access::anyone:
    case Access::program:  // its handler asks for the key
      return std::nullopt;
    case Access::strangers_only:
      return is_signed_in ? std::optional(Response::redirect("/cases")) : std::nullopt;
    case Access::half_signed_in:
      if (standing == Standing::half_signed_in) return std::nullopt;
      return is_signed_in ? Response::redirect("/cases") : send_to(exchange, "/sign-in");
    case Access::signed_in:
    case Access::recently_proved:
      break;
    case Access::office:
    case Access::office_recently_proved:
      return check_office_access(exchange, route);
  }
  if (standing == Standing::half_signed_in) return send_to(exchange, "/sign-in/second-factor");
  if (!is_signed_in) return send_to(exchange, sign_in_url(exchange));
  if (route.rule.access == Access::signed_in || is_proof_recent(exchange)) return std::nullopt;
  return send_to(exchange, Url("/sign-in/again").with("return_to", return_address(exchange).text()));
}

}  // namespace waymark::web
