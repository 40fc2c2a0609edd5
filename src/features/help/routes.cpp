#include "features/help/routes.hpp"

#include "web/page.hpp"
#include "web/site.hpp"

namespace waymark::help {
namespace {

using web::Exchange;
using web::Html;
using namespace web::literals;

// What can be done here, in three sentences of the product's motif.
Html what_you_can_do(Exchange& exchange) {
  const auto& words = exchange.words();
  std::vector<web::PathStep> steps;
  for (const std::string name : {"account", "connect", "follow"}) {
    steps.push_back({.title = std::string(words.text("help.landing." + name + "_title")),
                     .explanation = std::string(words.text("help.landing." + name + "_text")),
                     .when = {},
                     .state = web::MarkState::ahead,
                     .state_words = {}});
  }
  return web::path_large(exchange, steps);
}

Html ways_in(Exchange& exchange) {
  const auto& words = exchange.words();
  Html buttons;
  if (exchange.visitor.standing == web::Standing::signed_in) {
    buttons(web::button_link("/cases", words.text("help.landing.your_cases")));
  } else {
    buttons(web::button_link("/sign-up", words.text("help.landing.sign_up")),
            web::button_link("/sign-in", words.text("help.landing.sign_in"), false));
  }
  return web::button_row(buttons);
}

Html what_you_need(const catalogue::Locale& words) {
  return Html()("<ul><li>"_html, words.text("help.landing.need_email"), "</li><li>"_html,
                words.text("help.landing.need_app"), "</li><li>"_html, words.text("help.landing.need_letter"),
                "</li></ul>"_html);
}

Result<web::Response> show_landing(Exchange& exchange) {
  const auto& words = exchange.words();
  const auto title = words.text("help.landing.title");
  Html main, aside;
  main(web::page_heading(title, words.text("help.landing.lead", {{"agency", exchange.brand().agency_name}})),
       ways_in(exchange), web::section(words.text("help.landing.how_title"), what_you_can_do(exchange)));
  aside(web::card(words.text("help.landing.need_title"), what_you_need(words)),
        web::note(web::NoteKind::information, words.text("help.landing.safe_title"),
                  web::paragraph(words.text("help.landing.safe_text", {{"origin", exchange.site.parts().origin}}))));
  return web::render_page(exchange, {.title = std::string(title), .is_wide = true}, web::columns(main, aside));
}

using BrandText = catalogue::Translated catalogue::Brand::*;

web::GetHandler brand_page(std::string title_key, BrandText text) {
  return [title_key, text](Exchange& exchange) -> Result<web::Response> {
    const auto title = exchange.words().text(title_key);
    Html main;
    main("<h1>"_html, title, "</h1>"_html, web::prose((exchange.brand().*text).in(exchange.words().tag())));
    return web::render_page(exchange, {.title = std::string(title)}, main);
  };
}

}  // namespace

void add_front_routes(web::Router& router) {
  router.get("/", web::Access::anyone, show_landing);
  router.get("/privacy", web::Access::anyone, brand_page("help.privacy.title", &catalogue::Brand::privacy));
  router.get("/accessibility", web::Access::anyone,
             brand_page("help.accessibility.title", &catalogue::Brand::accessibility));
}

void add_routes(web::Router& router, Help& help) {
  add_front_routes(router);
  add_contact_routes(router, help);
  add_article_routes(router, help);
  add_ask_routes(router, help);
  add_office_routes(router, help);
}

std::vector<catalogue::CatalogueProblem> list_dead_links(const catalogue::Catalogue& catalogue,
                                                         const web::Router& router) {
  std::vector<catalogue::CatalogueProblem> problems;
  for (const auto& article : catalogue.help_articles()) {
    for (const auto& [language, text] : article.by_language) {
      for (const auto& link : text.links) {
        if (router.find_route(web::Method::get, link.to) != nullptr) continue;
        problems.push_back({link.file, link.line, fmt::format("the link to \"{}\" leads to no page of ours", link.to)});
      }
    }
  }
  return problems;
}

}  // namespace waymark::help
