#include "features/cases/consenting/pages.hpp"

#include <algorithm>

#include "features/cases/case_urls.hpp"
#include "features/cases/pages/page_parts.hpp"

namespace waymark::cases::pages {

using web::Exchange;
using web::Html;
using namespace web::literals;

namespace {

std::string key_of(std::string_view part, Facet facet) {
  return "cases.consent." + std::string(part) + "." + std::string(to_text(facet));
}

web::StackedItem consent_item(Exchange& exchange, const VisibleCase& visible, Facet facet, bool is_shown) {
  const auto& words = exchange.words();
  web::StackedItem item;
  const auto what = words.text(key_of("what", facet));
  item.title("<strong>"_html, what, "</strong> "_html,
             web::tag(is_shown ? web::NoteKind::done : web::NoteKind::information,
                      words.text(is_shown ? "cases.consent.is_shown" : "cases.consent.is_hidden")));
  item.detail(web::quiet(words.text(key_of("explained", facet))));
  const auto label = words.text(catalogue::either(is_shown, "cases.consent.hide", "cases.consent.show"),
                                {{"what", std::string(what)}});
  item.aside(web::post_form(exchange, consent_url(visible.receipt_number),
                            web::secondary_button(label, is_shown ? "hide" : "show", to_text(facet))));
  return item;
}

}  // namespace

web::Response consents_page(Exchange& exchange, const web::FormState& form, const VisibleCase& visible,
                            const std::vector<Facet>& consentable, const std::vector<Consent>& given) {
  const auto& words = exchange.words();
  const auto title = words.text("cases.consent.title");
  Html main;
  main(web::error_summary(exchange, form), web::page_heading(title, words.text("cases.consent.lead")),
       receipt_line(exchange, visible.receipt_number));
  std::vector<web::StackedItem> items;
  for (const auto facet : consentable) {
    const bool is_shown = std::ranges::find(given, facet, &Consent::facet) != given.end();
    items.push_back(consent_item(exchange, visible, facet, is_shown));
  }
  main(items.empty() ? web::paragraph(words.text("cases.consent.nothing")) : web::stacked_list(items),
       web::explanation(words.text("cases.consent.always_title"), web::paragraph(words.text("cases.consent.always"))),
       back_link(exchange, case_url(visible.receipt_number), "cases.looks.back"));
  return web::render_page(exchange, {.title = std::string(title), .active_nav = "cases"}, main);
}

}  // namespace waymark::cases::pages
