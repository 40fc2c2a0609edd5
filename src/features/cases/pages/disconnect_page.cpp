#include "features/cases/pages/disconnect_page.hpp"

#include "features/cases/case_urls.hpp"
#include "web/site.hpp"

namespace waymark::cases::pages {

using web::Html;
using namespace web::literals;

web::Response disconnect_page(web::Exchange& exchange, const VisibleCase& visible) {
  const auto& words = exchange.words();
  const auto page = case_url(visible.receipt_number);
  const auto* form = exchange.site.parts().catalogue.find_form(visible.form);
  const std::string title = words.text(
      "cases.disconnect.title", {{"form", form ? form->short_title.in(words.tag()) : std::string_view(visible.form)}});
  Html main;
  main(web::page_heading(title, words.text("cases.disconnect.lead")), "<p>"_html,
       words.text("cases.field.receipt_number"), " "_html, web::code_text(visible.receipt_number), "</p>"_html,
       web::paragraph(words.text("cases.disconnect.what_happens")),
       web::paragraph(words.text("cases.disconnect.way_back")),
       web::post_form(exchange, disconnection_url(visible.receipt_number),
                      Html()(web::primary_button(words.text("cases.disconnect.button")))),
       "<p>"_html, web::link(page, words.text("cases.disconnect.keep")), "</p>"_html);
  return web::render_page(exchange, {.title = title, .active_nav = "cases"}, main);
}

}  // namespace waymark::cases::pages
