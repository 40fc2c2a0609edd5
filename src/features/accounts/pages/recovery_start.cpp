// The beginning of getting back in: what is the matter, the address, and the code that was mailed there.
#include "features/accounts/pages/recovery_frame.hpp"
#include "features/accounts/pages/recovery_pages.hpp"
#include "features/accounts/pages/sign_up_frame.hpp"

namespace waymark::accounts::pages {
namespace {

using web::Exchange;
using web::FormState;
using web::Html;
using namespace web::literals;

Html trouble(Exchange& exchange, std::string_view name, const web::Url& way) {
  const auto& words = exchange.words();
  const auto key = [&](std::string_view what) { return fmt::format("accounts.recover.choice.{}_{}", name, what); };
  return web::card(words.text(key("title")), Html{}(web::paragraph(words.text(key("text"))), "<p>"_html,
                                                    web::link(way, words.text(key("link"))), "</p>"_html));
}

Html explained(const Exchange& exchange) {
  const auto& words = exchange.words();
  Html html;
  html("<h2>"_html, words.text("accounts.recover.lost.first_title"), "</h2>"_html,
       web::paragraph(words.text("accounts.recover.lost.first_text")), "<p>"_html,
       web::link("/sign-in", words.text("accounts.recover.lost.first_link")), "</p><h2>"_html,
       words.text("accounts.recover.lost.otherwise_title"), "</h2><ol><li>"_html,
       words.text("accounts.recover.lost.step_prove"), "</li><li>"_html,
       words.text("accounts.recover.lost.step_office"), "</li><li>"_html, words.text("accounts.recover.lost.step_wait"),
       "</li><li>"_html, words.text("accounts.recover.lost.step_new"), "</li></ol>"_html,
       web::paragraph(words.text("accounts.recover.lost.cases")));
  return html;
}

}  // namespace

web::Response cannot_sign_in_page(Exchange& exchange) {
  const auto& words = exchange.words();
  const auto title = words.text("accounts.recover.title");
  Html main;
  main(web::page_heading(title, words.text("accounts.recover.lead")),
       trouble(exchange, "password", "/recover/password"), trouble(exchange, "factor", "/recover/second-factor"),
       trouble(exchange, "locked", "/recover/password"), trouble(exchange, "code", "/help/fix/no-code"),
       trouble(exchange, "email", "/help/fix/changed-email"), trouble(exchange, "cancel", "/cancel"));
  return web::render_page(exchange, {.title = std::string(title)}, main);
}

web::Response recovery_email_page(Exchange& exchange, const FormState& form, RecoveryPurpose purpose) {
  const auto& step = recovery_step(purpose, "email");
  const auto& words = exchange.words();
  const bool is_password = purpose == RecoveryPurpose::password;
  const auto title = words.text(is_password ? "accounts.recover.forgotten.title" : "accounts.recover.lost.title");
  Html main;
  main(web::error_summary(exchange, form));
  if (exchange.query("ended") == "yes") {
    main(web::note(web::NoteKind::information, words.text("accounts.recover.ended_title"),
                   web::paragraph(words.text("accounts.recover.ended_text"))));
  }
  main(web::page_heading(title,
                         words.text(is_password ? "accounts.recover.forgotten.lead" : "accounts.recover.lost.lead")));
  if (!is_password) main(explained(exchange));
  Html fields;
  fields(web::text_field(exchange, form,
                         {.name = "email",
                          .label = words.text("accounts.field.email"),
                          .hint = words.text("accounts.recover.email_hint"),
                          .type = "email",
                          .autocomplete = "username",
                          .inputmode = "email",
                          .size_max = 254}),
         web::primary_button(words.text("accounts.recover.email_button")));
  main(web::post_form(exchange, step.path, fields), "<p>"_html,
       web::link("/recover", words.text("accounts.recover.other_trouble")), "</p><p>"_html,
       web::link(is_password ? web::Url("/help/fix/forgotten-password") : web::Url("/help/fix/lost-phone"),
                 words.text("accounts.recover.guide")),
       "</p>"_html);
  return web::render_page(exchange, {.title = std::string(title), .may_compress = false, .form = &form}, main);
}

web::Response recovery_code_page(Exchange& exchange, const FormState& form, const RecoveryView& view) {
  const auto purpose = view.recovery.purpose;
  const auto& step = recovery_step(purpose, "code");
  const bool is_password = purpose == RecoveryPurpose::password;
  Html main;
  if (exchange.query("sent") == "yes") {
    main(web::flash(web::NoteKind::done, exchange.words().text("accounts.sign_up.code_sent")));
  }
  Html fields;
  fields(six_digits_field(exchange, form, "code", recovery_words(exchange, step, "label"),
                          recovery_words(exchange, step, "hint")),
         web::primary_button(recovery_words(exchange, step, "button")));
  main(web::post_form(exchange, step.path, fields),
       web::explanation(recovery_words(exchange, step, "nothing_came"),
                        Html{}(web::paragraph(recovery_words(exchange, step, "nothing_came_text")),
                               web::post_form(exchange,
                                              is_password ? web::Url("/recover/password/code/again")
                                                          : web::Url("/recover/second-factor/code/again"),
                                              web::secondary_button(recovery_words(exchange, step, "again"))))),
       "<p>"_html, web::link(recovery_step(purpose, "email").path, recovery_words(exchange, step, "other_address")),
       "</p>"_html);
  // The address as it was typed: whether it has an account is not said.
  const auto lead = exchange.words().text("accounts.recover.code.lead", {{"email", view.recovery.email.address}});
  return recovery_page(exchange, form, purpose, step, lead, main);
}

}  // namespace waymark::accounts::pages
