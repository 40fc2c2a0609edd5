#include "features/cases/connecting/disconnect_page.hpp"

#include "features/cases/case_urls.hpp"
#include "features/cases/pages/page_parts.hpp"
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
  main(web::page_heading(title, words.text("cases.disconnect.lead")), receipt_line(exchange, visible.receipt_number),
       web::paragraph(words.text("cases.disconnect.what_happens")),
       web::paragraph(words.text("cases.disconnect.way_back")),
       web::post_form(exchange, disconnection_url(visible.receipt_number),
                      Html()(web::primary_button(words.text("cases.disconnect.button")))),
       back_link(exchange, page, "cases.disconnect.keep"));
  return web::render_page(exchange, {.title = title, .active_nav = "cases"}, main);
}

}  // namespace waymark::cases::pages
