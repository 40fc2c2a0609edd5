#include "features/cases/pages/page_parts.hpp"

namespace waymark::cases::pages {

using web::Exchange;
using web::Html;
using namespace web::literals;

Html receipt_line(Exchange& exchange, std::string_view receipt_number) {
  return Html{}("<p>"_html, exchange.words().text("cases.field.receipt_number"), " "_html,
                web::code_text(receipt_number), "</p>"_html);
}

Html flash_of(Exchange& exchange, std::string_view done, std::string_view key) {
  return exchange.query("done") == done ? web::flash(web::NoteKind::done, exchange.words().text(key)) : Html{};
}

Html back_link(Exchange& exchange, const web::Url& to, std::string_view key) {
  return Html{}("<p>"_html, web::link(to, exchange.words().text(key)), "</p>"_html);
}

}  // namespace waymark::cases::pages
