#include "web/site_routes.hpp"

#include "web/brand_style.hpp"
#include "web/cookies.hpp"
#include "web/drafts.hpp"
#include "web/policy_reports.hpp"
#include "web/site.hpp"

namespace waymark::web {
namespace {

constexpr std::chrono::hours kLanguageLifetime{365 * 24};

Result<Response> choose_language(Exchange& exchange, const Form& form) {
  const auto& parts = exchange.site.parts();
  const auto* chosen = parts.words.find(form.get("language"));
  if (chosen == nullptr) return refuse(FailureKind::malformed, "web.error.language_unknown");
  if (exchange.visitor.seat) {
    parts.officers->keep_language(parts.database, exchange.visitor, chosen->tag());
  } else if (exchange.visitor.standing == Standing::signed_in) {
    parts.visitors.keep_language(parts.database, exchange.visitor, chosen->tag());
  }
  Response response = Response::redirect(Url::local_or(form.get("return_to"), "/"));
  response.with_cookie(set_cookie(kLanguageCookie, chosen->tag(), kLanguageLifetime));
  return response;
}

// The public pages may be found; whatever asks for a sign-in only wastes a crawler's time.
Result<Response> show_robots(Exchange&) {
  Response response = Response::text(
      "User-agent: *\n"
      "Disallow: /cases\n"
      "Disallow: /account\n"
      "Disallow: /office\n"
      "Disallow: /sign-in\n"
      "Disallow: /sign-up\n"
      "Disallow: /demo\n");
  response.caching = Caching::brief;
  return response;
}

}  // namespace

void add_site_routes(Router& router) {
  router.post("/language", Access::anyone, choose_language);
  router.post("/office/language", Access::anyone, choose_language);
  add_draft_route(router);
  add_policy_report_route(router);
  router.get("/robots.txt", Access::anyone, show_robots);
  add_brand_routes(router);
}

}  // namespace waymark::web
