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

Result<web::Response> show_landing(Exchange& exchange) {
  const auto& words = exchange.words();
  const auto& brand = exchange.brand();
  Html main;
  main("<h1>"_html, words.text("help.landing.title"), "</h1><p class=\"lead\">"_html,
       words.text("help.landing.lead", {{"agency", brand.agency_name}}), "</p><p class=\"actions\">"_html);
  if (exchange.visitor.standing == web::Standing::signed_in) {
    main("<a class=\"usa-button\" href=\"/cases\">"_html, words.text("help.landing.your_cases"), "</a>"_html);
  } else {
    main("<a class=\"usa-button\" href=\"/sign-up\">"_html, words.text("help.landing.sign_up"),
         "</a> <a class=\"usa-button usa-button--outline\" href=\"/sign-in\">"_html, words.text("help.landing.sign_in"), "</a>"_html);
  }
  main("</p><h2>"_html, words.text("help.landing.how_title"), "</h2>"_html, what_you_can_do(exchange));
  main("<h2>"_html, words.text("help.landing.need_title"), "</h2><ul class=\"usa-list\"><li>"_html,
       words.text("help.landing.need_email"), "</li><li>"_html, words.text("help.landing.need_app"), "</li><li>"_html,
       words.text("help.landing.need_letter"), "</li></ul>"_html);
  main(web::note(web::NoteKind::information, words.text("help.landing.safe_title"),
                 Html()("<p>"_html, words.text("help.landing.safe_text", {{"origin", exchange.site.parts().origin}}), "</p>"_html)));
  return web::render_page(exchange, {.title = std::string(words.text("help.landing.title"))}, main);
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

Result<web::Response> show_contact(Exchange& exchange) {
  const auto& words = exchange.words();
  const auto& brand = exchange.brand();
  Html main;
  main("<h1>"_html, words.text("help.contact.title"), "</h1>"_html);
  main("<dl class=\"facts\"><dt>"_html, words.text("help.contact.phone"), "</dt><dd>"_html,
       web::link(web::Url::from_configuration("tel:" + brand.phone), brand.phone), "<br>"_html,
       brand.phone_hours.in(words.tag()), "</dd><dt>"_html, words.text("help.contact.email"), "</dt><dd>"_html,
       web::link(web::Url::from_configuration("mailto:" + brand.email), brand.email), "</dd><dt>"_html,
       words.text("help.contact.post"), "</dt><dd><address>"_html, brand.agency_name, "<br>"_html, brand.street, "<br>"_html,
       brand.city, ", "_html, brand.state, " "_html, brand.postal_code, "</address></dd></dl>"_html);
  main(web::prose(brand.contact.in(words.tag())));
  return web::render_page(exchange, {.title = std::string(words.text("help.contact.title"))}, main);
}

}  // namespace

void add_routes(web::Router& router) {
  router.get("/", web::Access::anyone, show_landing);
  router.get("/privacy", web::Access::anyone, brand_page("help.privacy.title", &catalogue::Brand::privacy));
  router.get("/accessibility", web::Access::anyone, brand_page("help.accessibility.title", &catalogue::Brand::accessibility));
  router.get("/contact", web::Access::anyone, show_contact);
}

}  // namespace waymark::help
