// The way of a request from the socket to its handler and back, in order.
#include <typeinfo>

#include "base/text.hpp"
#include "platform/log.hpp"
#include "web/accept.hpp"
#include "web/access_check.hpp"
#include "web/assets.hpp"
#include "web/compression.hpp"
#include "web/cookies.hpp"
#include "web/drafts.hpp"
#include "web/failure_page.hpp"
#include "web/form_dispatch.hpp"
#include "web/host_check.hpp"
#include "web/route_timings.hpp"
#include "web/security_headers.hpp"
#include "web/site.hpp"

namespace waymark::web {
namespace {

constexpr std::chrono::milliseconds kSlow{1000};

// A stranger without a session cookie costs no read.
Visitor find_visitor(Exchange& exchange) {
  const auto& parts = exchange.site.parts();
  const bool is_office = is_office_path(exchange.request.path);
  if (!exchange.request.cookie(is_office ? kOfficeCookie : kSessionCookie)) return {};
  if (is_office && parts.officers == nullptr) return {};
  return (is_office ? *parts.officers : parts.visitors).find_visitor(exchange.request, exchange.snapshot());
}

// For pages that need nobody's name: they stay readable while the database is away.
Visitor find_visitor_if_possible(Exchange& exchange) {
  try {
    return find_visitor(exchange);
  } catch (const db::DatabaseError&) {
    return {};
  }
}

const catalogue::Locale* choose_locale(const Exchange& exchange) {
  const Request& request = exchange.request;
  std::string_view chosen = exchange.visitor.language;
  if (chosen.empty()) chosen = request.cookie(kLanguageCookie).value_or(std::string_view{});
  return &exchange.site.parts().words.choose(chosen, request.header("accept-language"),
                                             exchange.brand().default_language);
}

Response answer_unmatched(Exchange& exchange, const Router::Match& match) {
  if (match.path_exists && exchange.request.method == Method::options) {
    Response response;
    response.status = 204;
    response.content_type.clear();
    response.with_header("allow", match.allowed);
    return response;
  }
  exchange.visitor = visitor_seen_by(Access::anyone, find_visitor_if_possible(exchange));
  exchange.locale = choose_locale(exchange);
  if (!match.path_exists) return status_page(exchange, 404);
  Response response = status_page(exchange, 405);
  response.with_header("allow", match.allowed);
  return response;
}

// Cookies count for nothing here, whoever's they are.
Response answer_program(Exchange& exchange, const Route& route) {
  exchange.locale = &exchange.site.parts().words.english();
  auto answer = route.get(exchange);
  return answer ? std::move(*answer) : failure_response(exchange, answer.error());
}

Response answer_route(Exchange& exchange, const Route& route) {
  if (route.rule.access == Access::program) return answer_program(exchange, route);
  const bool may_do_without = route.rule.access == Access::anyone && route.method == Method::get;
  Visitor found = may_do_without ? find_visitor_if_possible(exchange) : find_visitor(exchange);
  const Standing standing = found.standing;
  exchange.visitor = visitor_seen_by(route.rule.access, std::move(found));
  exchange.locale = choose_locale(exchange);
  if (auto elsewhere = check_access(exchange, route, standing)) {
    if (route.method == Method::post) keep_draft(exchange, route);
    return std::move(*elsewhere);
  }
  if (route.method == Method::post) return answer_form(exchange, route);
  auto answer = route.get(exchange);
  return answer ? std::move(*answer) : failure_response(exchange, answer.error());
}

// `place` becomes the route's place among the timings as soon as it is known.
Response answer(Exchange& exchange, std::size_t& place) {
  const Request& request = exchange.request;
  const Site& site = exchange.site;
  if (request.path.starts_with(kAssetPrefix)) {
    place = site.timings().assets();
    return AssetTable::built_in().answer(request);
  }
  if (!is_our_host(request.header("host"), site.authority(), site.is_https())) {
    return plain_status_page(site, *choose_locale(exchange), 421, request.request_id);
  }
  auto match = site.router().match(request.method, request.path);
  if (match.route == nullptr) return answer_unmatched(exchange, match);
  place = site.place_of(*match.route);
  exchange.path_parts = std::move(match.parts);
  return answer_route(exchange, *match.route);
}

void log_failure(const Exchange& exchange, std::size_t place, std::string_view event, std::string_view reason) {
  log(LogLevel::error, event,
      {{"route", exchange.site.timings().name(place)},
       {"reason", reason},
       {"request_id", exchange.request.request_id}});
}

Response answer_or_apologise(Exchange& exchange, std::size_t& place) {
  try {
    return answer(exchange, place);
  } catch (const db::DatabaseBusy&) {
    return status_page(exchange, 503);
  } catch (const db::DatabaseError& error) {
    log_failure(exchange, place, "web.database_failed", error.what());  // names the query, never a value
  } catch (const std::exception& error) {
    log_failure(exchange, place, "web.failed", typeid(error).name());  // its text could hold what somebody typed
  }
  return status_page(exchange, 500);
}

// Public answers that don't change between two visits are not sent twice.
void answer_unchanged(const Request& request, Response& response) {
  if (response.caching != Caching::brief || response.status != 200 || response.body.empty()) return;
  const std::string etag = "W/\"" + to_hex(sha256(response.body).substr(0, 12)) + '"';
  response.with_header("etag", etag);
  if (!matches_etag(request.header("if-none-match"), etag)) return;
  response.status = 304;
  response.body.clear();
  response.content_type.clear();
}

void finish(const Exchange& exchange, Response& response) {
  if (!exchange.fresh_csrf_cookie().empty()) {
    response.with_cookie(set_cookie(kCsrfCookie, exchange.fresh_csrf_cookie(), std::nullopt));
  }
  if (!response.cookies.empty()) response.caching = Caching::personal;
  answer_unchanged(exchange.request, response);
  if (!exchange.request.path.starts_with(kAssetPrefix)) {  // assets have their own
    compress_if_wanted(exchange.request, response);
    response.headers.reserve(response.headers.size() + 2);
    response.headers.emplace_back(
        "vary", response.caching == Caching::personal ? "Accept-Encoding, Accept-Language, Cookie" : "Accept-Encoding");
  }
  add_security_headers(response, exchange.site.is_https());
}

void tell(const Exchange& exchange, std::size_t place, int status, std::chrono::nanoseconds took) {
  RouteTimings& timings = exchange.site.timings();
  timings.record(place, status, took);
  const bool is_notable = status >= 500 || took >= kSlow;
  log(is_notable ? LogLevel::warning : LogLevel::debug, "web.answered",
      {{"route", timings.name(place)},
       {"status", std::int64_t{status}},
       {"ms", std::chrono::duration<double, std::milli>(took).count()},
       {"request_id", exchange.request.request_id}});
}

}  // namespace

std::optional<Response> Site::answer_early(const Request& request) const {
  const Route* route = router_.find_route(request.method, request.path);
  if (route == nullptr || !route->early) return std::nullopt;
  Exchange exchange(request, *this, parts_.clock.now());
  exchange.locale = &parts_.words.english();
  std::optional<Response> answer;
  try {
    if (!is_our_host(request.header("host"), authority_, is_https_)) {
      answer = plain_status_page(*this, *exchange.locale, 421, request.request_id);
    } else if (const auto failure = route->early(request)) {
      answer = failure_response(exchange, *failure);
    }
  } catch (const db::DatabaseError&) {
    answer = status_page(exchange, 503);
  }
  if (answer) finish(exchange, *answer);
  return answer;
}

Response Site::dispatch(const Request& request) const {
  try {
    const auto started = parts_.clock.steady();
    Exchange exchange(request, *this, parts_.clock.now());
    std::size_t place = timings_->unmatched();
    Response response = answer_or_apologise(exchange, place);
    exchange.close_snapshot();
    finish(exchange, response);
    tell(exchange, place, response.status, parts_.clock.steady() - started);
    return response;
  } catch (const std::exception& error) {  // no memory, most likely: even the apology failed
    log(LogLevel::error, "web.dispatch_failed", {{"reason", std::string_view(typeid(error).name())}});
    Response response = Response::text("500\n", 500);
    add_security_headers(response, is_https_);
    return response;
  }
}

}  // namespace waymark::web
