#include "features/help/guides.hpp"
#include "features/help/limits.hpp"
#include "features/help/pages/article_pages.hpp"
#include "features/help/pages/guide_page.hpp"
#include "features/help/pages/help_parts.hpp"
#include "features/help/routes.hpp"
#include "web/request.hpp"

namespace waymark::help {
namespace {

using web::Exchange;
using web::Response;

Result<Response> no_such_page() { return refuse(FailureKind::not_found, "web.error.not_found"); }

Result<Response> show_article(const Help& help, Exchange& exchange) {
  const auto* article = help.parts.catalogue.find_help_article(exchange.part("article"));
  if (article == nullptr) return no_such_page();
  return pages::article_page(exchange, help, *article);
}

// Counted in memory; the limits alone are written at once.
Result<Response> take_vote(Help& help, Exchange& exchange, const web::Form& form) {
  const auto* article = help.parts.catalogue.find_help_article(exchange.part("article"));
  if (article == nullptr) return no_such_page();
  const auto said = form.get("useful");
  if (said != "yes" && said != "no") return refuse(FailureKind::malformed, "web.error.malformed_form");
  const auto network = web::network_of(exchange.request.peer);
  auto& throttle = help.parts.throttle;
  for (const auto& [limit, subject] : {std::pair{&kVotesFromNetwork, network},
                                       std::pair{&kVotesOnArticle, fmt::format("{} {}", article->name, network)}}) {
    if (auto counted = throttle.count(*limit, subject, "help.error.too_many_votes"); !counted) {
      return refuse(std::move(counted).error());
    }
  }
  // What they read: the brand's language where the article has none of theirs.
  const auto language = article->by_language.contains(exchange.words().tag()) ? exchange.words().tag() : "en";
  const auto day = catalogue::day_in_zone(exchange.now, exchange.brand().time_zone);
  help.votes.add(article->name, language, day, said == "yes");
  return Response::redirect(pages::article_url(article->name).with("useful", said));
}

Result<Response> show_guide(Exchange& exchange, std::string_view step_name) {
  const auto* step = find_guide_step(exchange.part("problem"), step_name);
  if (step == nullptr) return no_such_page();
  return pages::guide_page(exchange, *step);
}

}  // namespace

void add_article_routes(web::Router& router, Help& help) {
  constexpr auto kWho = web::Access::anyone;
  router.get("/help", kWho,
             [&help](Exchange& exchange) -> Result<Response> { return pages::help_page(exchange, help); });
  router.get("/help/search", kWho, [&help](Exchange& exchange) -> Result<Response> {
    return pages::search_page(exchange, help, exchange.query("q"));
  });
  router.get("/help/:article", kWho, [&help](Exchange& exchange) { return show_article(help, exchange); });
  router.post("/help/:article/useful", kWho,
              [&help](Exchange& exchange, const web::Form& form) { return take_vote(help, exchange, form); });
  router.get("/help/fix/:problem", kWho, [](Exchange& exchange) { return show_guide(exchange, "start"); });
  router.get("/help/fix/:problem/:step", kWho,
             [](Exchange& exchange) { return show_guide(exchange, exchange.part("step")); });
}

}  // namespace waymark::help
