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

Result<web::Response> show_contact(Exchange& exchange) {
  const auto& words = exchange.words();
  const auto& brand = exchange.brand();
  const auto facts =
      web::fact_list({{std::string(words.text("help.contact.phone")),
                       Html()("<p>"_html, web::link(web::Url::from_configuration("tel:" + brand.phone), brand.phone),
                              "</p><p>"_html, brand.phone_hours.in(words.tag()), "</p>"_html)},
                      {std::string(words.text("help.contact.email")),
                       web::link(web::Url::from_configuration("mailto:" + brand.email), brand.email)},
                      {std::string(words.text("help.contact.post")),
                       Html()("<address dir=\"auto\">"_html, brand.agency_name, "<br>"_html, brand.street, "<br>"_html,
                              brand.city, ", "_html, brand.state, " "_html, brand.postal_code, "</address>"_html)}});
  Html main;
  main(web::page_heading(words.text("help.contact.title")), facts, web::prose(brand.contact.in(words.tag())));
  return web::render_page(exchange, {.title = std::string(words.text("help.contact.title"))}, main);
}

}  // namespace

void add_routes(web::Router& router) {
  router.get("/", web::Access::anyone, show_landing);
  router.get("/privacy", web::Access::anyone, brand_page("help.privacy.title", &catalogue::Brand::privacy));
  router.get("/accessibility", web::Access::anyone,
             brand_page("help.accessibility.title", &catalogue::Brand::accessibility));
  router.get("/contact", web::Access::anyone, show_contact);
}

}  // namespace waymark::help
