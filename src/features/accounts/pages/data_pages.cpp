#include "features/accounts/pages/data_pages.hpp"

#include "features/accounts/limits.hpp"

namespace waymark::accounts::pages {
namespace {

using web::Exchange;
using web::FormState;
using web::Html;
using namespace web::literals;

Html list_of(const catalogue::Locale& words, std::initializer_list<std::string_view> keys) {
  Html items;
  items("<ul>"_html);
  for (const auto key : keys) items("<li>"_html, words.text(key), "</li>"_html);
  items("</ul>"_html);
  return items;
}

}  // namespace

web::Response data_page(Exchange& exchange, const FormState& form) {
  const auto& words = exchange.words();
  Html main;
  main(web::error_summary(exchange, form));
  main(web::page_heading(words.text("accounts.data.title"), words.text("accounts.data.lead")));
  main(list_of(words, {"accounts.data.has_account", "accounts.data.has_sign_in", "accounts.data.has_activity",
                       "accounts.data.has_cases"}));
  main(web::note(web::NoteKind::information, words.text("accounts.data.safe_title"),
                 web::paragraph(words.text("accounts.data.safe_text"))));
  main(web::post_form(exchange, "/account/data", web::primary_button(words.text("accounts.data.button"))));
  main("<p>"_html, web::link("/account", words.text("accounts.data.back")), "</p>"_html);
  return web::render_page(
      exchange, {.title = std::string(words.text("accounts.data.title")), .active_nav = "account", .form = &form},
      main);
}

web::Response closure_page(Exchange& exchange, const FormState& form, Date erased_on) {
  const auto& words = exchange.words();
  Html fields;
  fields(web::check_field(exchange, form, {.name = "understood", .label = words.text("accounts.closure.understood")}));
  fields(web::primary_button(words.text("accounts.closure.button")));
  Html main;
  main(web::error_summary(exchange, form));
  main(web::page_heading(words.text("accounts.closure.title"), words.text("accounts.closure.lead")));
  main("<h2>"_html, words.text("accounts.closure.now_title"), "</h2>"_html,
       list_of(words, {"accounts.closure.now_sessions", "accounts.closure.now_devices", "accounts.closure.now_told",
                       "accounts.closure.now_cases"}));
  main("<h2>"_html, words.text("accounts.closure.later_title"), "</h2>"_html,
       web::paragraph(words.text("accounts.closure.later_text", {{"date", words.long_date(erased_on)}})));
  main("<p>"_html, web::link("/account/data", words.text("accounts.closure.data_first")), "</p>"_html);
  main(web::post_form(exchange, "/account/closure", fields));
  main("<p>"_html, web::link("/account", words.text("accounts.closure.keep")), "</p>"_html);
  return web::render_page(
      exchange, {.title = std::string(words.text("accounts.closure.title")), .active_nav = "account", .form = &form},
      main);
}

web::Response closed_page(Exchange& exchange) {
  const auto& words = exchange.words();
  Html inside;
  inside(web::paragraph(words.text("accounts.closed.text", {{"days", kClosedAccountKept.count()}})), "<p>"_html,
         web::link("/sign-in", words.text("accounts.closed.sign_in")), "</p>"_html);
  Html main;
  main(web::confirm_panel(words.text("accounts.closed.title"), {}, {}, inside));
  return web::render_page(exchange, {.title = std::string(words.text("accounts.closed.title"))}, main);
}

web::Response come_back_page(Exchange& exchange, const FormState& form, Instant closed_at) {
  const auto& words = exchange.words();
  const auto closed_on = words.long_date(catalogue::day_in_zone(closed_at, exchange.time_zone()));
  const auto erased_on = words.long_date(catalogue::day_in_zone(closed_at + kClosedAccountKept, exchange.time_zone()));
  Html main;
  main(web::error_summary(exchange, form));
  main(web::page_heading(words.text("accounts.come_back.title"),
                         words.text("accounts.come_back.lead", {{"closed", std::string_view(closed_on)},
                                                                {"erased", std::string_view(erased_on)}})));
  main(web::post_form(exchange, "/sign-in/come-back", web::primary_button(words.text("accounts.come_back.button"))));
  main(web::post_form(exchange, "/sign-out", web::secondary_button(words.text("accounts.come_back.stay_closed"))));
  return web::render_page(
      exchange, {.title = std::string(words.text("accounts.come_back.title")), .may_compress = false, .form = &form},
      main);
}

}  // namespace waymark::accounts::pages
