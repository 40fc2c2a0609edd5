#include "features/accounts/pages/link_pages.hpp"

namespace waymark::accounts::pages {
namespace {

using web::Exchange;
using web::FormState;
using web::Html;
using namespace web::literals;

std::string change_words(const Exchange& exchange, WaitKind kind) {
  return std::string(exchange.words().text(fmt::format("accounts.wait.{}", to_text(kind))));
}

Html lock_question(Exchange& exchange, std::string_view title, std::string_view lead, const web::Url& action) {
  const auto& words = exchange.words();
  return Html{}(web::page_heading(title, lead), "<ul><li>"_html, words.text("accounts.link.not_me_locks"),
                "</li><li>"_html, words.text("accounts.link.not_me_ends"), "</li><li>"_html,
                words.text("accounts.link.not_me_back"), "</li></ul>"_html,
                web::post_form(exchange, action, web::primary_button(words.text("accounts.link.not_me_button"))));
}

}  // namespace

web::Response link_page(Exchange& exchange, const LinkView& view) {
  const auto& words = exchange.words();
  const auto action = web::Url("/link/").part(exchange.part("token"));
  Html main;
  std::string title;
  if (view.link.purpose == LinkPurpose::cancel) {
    title = words.text("accounts.link.cancel_title");
    main(web::page_heading(title, change_words(exchange, view.wait->kind)),
         web::paragraph(words.text("accounts.link.cancel_text",
                                   {{"time", words.long_date_time(view.wait->ripe_at, exchange.time_zone())}})),
         web::post_form(exchange, action, web::primary_button(words.text("accounts.link.cancel_button"))),
         web::quiet(words.text("accounts.link.cancel_or")));
  } else {
    title = words.text("accounts.link.not_me_title");
    main(lock_question(exchange, title, words.text("accounts.link.not_me_lead"), action),
         web::quiet(words.text("accounts.link.not_me_or")));
  }
  return web::render_page(exchange, {.title = title, .may_compress = false}, main);
}

web::Response lock_account_page(Exchange& exchange) {
  const auto& words = exchange.words();
  const auto title = words.text("accounts.link.not_me_title");
  Html main;
  main(lock_question(exchange, title, words.text("accounts.lock.lead"), "/account/lock"), "<p>"_html,
       web::link("/account/activity", words.text("accounts.lock.back")), "</p>"_html);
  return web::render_page(exchange, {.title = std::string(title), .active_nav = "account", .may_compress = false},
                          main);
}

web::Response dead_link_page(Exchange& exchange) {
  const auto& words = exchange.words();
  const auto title = words.text("accounts.link.dead_title");
  Html main;
  main(web::page_heading(title, words.text("accounts.link.dead_lead")),
       web::paragraph(words.text("accounts.link.dead_text")),
       web::button_row(Html{}(web::button_link("/recover", words.text("accounts.link.dead_recover")),
                              web::button_link("/contact", words.text("accounts.link.dead_contact"), false))));
  return web::render_page(exchange, {.title = std::string(title), .status = 404}, main);
}

web::Response cancel_code_page(Exchange& exchange, const FormState& form) {
  const auto& words = exchange.words();
  const auto title = words.text("accounts.cancel.title");
  Html fields;
  fields(web::text_field(exchange, form,
                         {.name = "email",
                          .label = words.text("accounts.field.email"),
                          .type = "email",
                          .autocomplete = "email",
                          .inputmode = "email",
                          .size_max = 254}),
         web::text_field(exchange, form,
                         {.name = "cancel_code",
                          .label = words.text("accounts.field.cancel_code"),
                          .hint = words.text("accounts.cancel.code_hint"),
                          .autocomplete = "off",
                          .size_max = 30,
                          .width = "md",
                          .is_code = true,
                          .group_size = 5}),
         web::primary_button(words.text("accounts.cancel.button")));
  Html main;
  main(web::error_summary(exchange, form), web::page_heading(title, words.text("accounts.cancel.lead")),
       web::post_form(exchange, "/cancel", fields));
  return web::render_page(exchange, {.title = std::string(title), .may_compress = false, .form = &form}, main);
}

web::Response cancelled_page(Exchange& exchange) {
  const auto& words = exchange.words();
  const auto title = words.text("accounts.cancel.done_title");
  Html inside;
  inside(web::paragraph(words.text("accounts.cancel.done_text")),
         web::paragraph(words.text("accounts.cancel.done_next")),
         web::button_link("/recover/password", words.text("accounts.cancel.done_button")));
  return web::render_page(exchange, {.title = std::string(title)}, web::confirm_panel(title, {}, {}, inside));
}

web::Response locked_by_owner_page(Exchange& exchange) {
  const auto& words = exchange.words();
  const auto title = words.text("accounts.locked.title");
  Html inside;
  inside(web::paragraph(words.text("accounts.locked.text")), web::paragraph(words.text("accounts.locked.next")),
         web::button_link("/recover/password", words.text("accounts.locked.button")), "<p>"_html,
         web::link("/recover/second-factor", words.text("accounts.locked.no_factor")), "</p>"_html);
  return web::render_page(exchange, {.title = std::string(title)}, web::confirm_panel(title, {}, {}, inside));
}

}  // namespace waymark::accounts::pages
