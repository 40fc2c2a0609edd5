#include "features/cases/representing/page_parts.hpp"

#include "web/row_form.hpp"

namespace waymark::cases::pages {

using web::Exchange;
using web::FormState;
using web::Html;
using web::NoteKind;
using web::Url;
using namespace web::literals;

std::string day_of(Exchange& exchange, Instant at) {
  return exchange.words().long_date(catalogue::day_in_zone(at, exchange.time_zone()));
}

Html end_button(Exchange& exchange, const Url& action, const Representation& one, std::string_view key,
                std::string_view name) {
  return web::row_form(exchange, action, "representation", one.id.value, exchange.words().text(key), name);
}

web::Response form_page(Exchange& exchange, const FormState& form, std::string_view title_key,
                        std::string_view lead_key, const Url& action, const Html& fields, const Html& after,
                        std::string_view nav) {
  const auto& words = exchange.words();
  const std::string title(words.text(title_key));
  Html main;
  main(web::error_summary(exchange, form), web::page_heading(title, words.text(lead_key)),
       web::post_form(exchange, action, fields), after);
  return web::render_page(exchange,
                          {.title = title, .active_nav = std::string(nav), .may_compress = false, .form = &form}, main);
}

Html code_field(Exchange& exchange, const FormState& form, std::string_view name, std::string_view label_key,
                std::string_view hint_key, int size_max) {
  const auto& words = exchange.words();
  return web::text_field(exchange, form,
                         {.name = name,
                          .label = words.text(label_key),
                          .hint = words.text(hint_key),
                          .autocomplete = "off",
                          .size_max = size_max,
                          .width = "md",
                          .is_code = true});
}

Html passcode_field(Exchange& exchange, const FormState& form) {
  return code_field(exchange, form, "passcode", "cases.field.passcode", "cases.field.passcode_hint", 30);
}

web::Response passcode_page(Exchange& exchange, std::string_view passcode, std::string_view receipt_number,
                            std::string_view text_key, const Url& back, std::string_view nav) {
  const auto& words = exchange.words();
  const std::string title(words.text("cases.passcode.title"));
  Html main;
  main(web::page_heading(title, words.text(text_key)), receipt_line(exchange, receipt_number),
       web::copyable(exchange, "passcode", passcode),
       web::note(NoteKind::needs_you, words.text("cases.passcode.once"),
                 web::paragraph(words.text("cases.passcode.once_text"))),
       back_link(exchange, back, "cases.passcode.back"));
  return web::render_page(exchange, {.title = title, .active_nav = std::string(nav), .may_compress = false}, main);
}

}  // namespace waymark::cases::pages
