#include "features/accounts/pages/email_pages.hpp"

#include "features/accounts/pages/sign_up_frame.hpp"

namespace waymark::accounts::pages {
namespace {

using web::Exchange;
using web::FormState;
using web::Html;
using namespace web::literals;

web::Response email_frame(Exchange& exchange, const FormState& form, std::string_view title, std::string_view lead,
                          const Html& main) {
  Html page;
  page(web::error_summary(exchange, form), web::page_heading(title, lead), main);
  return web::render_page(
      exchange, {.title = std::string(title), .active_nav = "account", .may_compress = false, .form = &form}, page);
}

Html give_up(Exchange& exchange, std::string_view label) {
  return web::post_form(exchange, "/account/email/give-up", web::secondary_button(label));
}

Html waiting(Exchange& exchange, const Wait& wait) {
  const auto& words = exchange.words();
  const bool is_ripe = exchange.now >= wait.ripe_at;
  Html inside;
  if (is_ripe) {
    inside(web::paragraph(words.text("accounts.email.ripe_text", {{"email", wait.content}})),
           web::post_form(exchange, "/account/email/finish",
                          web::primary_button(words.text("accounts.email.finish_button"))));
  } else {
    inside(web::paragraph(
        words.text("accounts.email.waits_text",
                   {{"email", wait.content}, {"time", words.long_date_time(wait.ripe_at, exchange.time_zone())}})));
  }
  inside(give_up(exchange, words.text("accounts.email.give_up")));
  return web::note(is_ripe ? web::NoteKind::needs_you : web::NoteKind::information,
                   words.text(is_ripe ? "accounts.email.ripe_title" : "accounts.email.waits_title"), inside);
}

Html code_form(Exchange& exchange, const FormState& form, const web::Url& action) {
  const auto& words = exchange.words();
  Html fields;
  fields(six_digits_field(exchange, form, "code", words.text("accounts.email.code_label"),
                          words.text("accounts.email.code_hint")),
         web::primary_button(words.text("accounts.email.continue")));
  return web::post_form(exchange, action, fields);
}

Html send_again(Exchange& exchange) {
  const auto& words = exchange.words();
  return web::explanation(words.text("accounts.email.nothing_came"),
                          Html{}(web::paragraph(words.text("accounts.email.nothing_came_text")),
                                 web::post_form(exchange, "/account/email/code/again",
                                                web::secondary_button(words.text("accounts.email.again")))));
}

}  // namespace

web::Response email_page(Exchange& exchange, const FormState& form, const EmailView& view) {
  const auto& words = exchange.words();
  Html main;
  if (exchange.query("changed") == "yes") {
    main(web::flash(web::NoteKind::done, words.text("accounts.email.changed")));
  }
  main(web::fact_list({{std::string(words.text("accounts.email.present")), web::isolated(view.present.address)}}));
  if (view.wait) {
    main(waiting(exchange, *view.wait));
    return email_frame(exchange, form, words.text("accounts.email.title"), {}, main);
  }
  Html fields;
  fields(web::text_field(exchange, form,
                         {.name = "email",
                          .label = words.text("accounts.email.new_label"),
                          .hint = words.text("accounts.email.new_hint"),
                          .type = "email",
                          .autocomplete = "email",
                          .inputmode = "email",
                          .size_max = 254}),
         web::primary_button(words.text("accounts.email.start_button")));
  main(web::post_form(exchange, "/account/email", fields));
  return email_frame(exchange, form, words.text("accounts.email.title"), words.text("accounts.email.lead"), main);
}

web::Response new_email_code_page(Exchange& exchange, const FormState& form, const EmailView& view) {
  const auto& words = exchange.words();
  Html main;
  main(code_form(exchange, form, "/account/email/new-code"), send_again(exchange),
       give_up(exchange, words.text("accounts.email.keep_old")));
  return email_frame(exchange, form, words.text("accounts.email.new_code_title"),
                     words.text("accounts.email.new_code_lead", {{"email", view.change->email.address}}), main);
}

web::Response old_email_code_page(Exchange& exchange, const FormState& form, const EmailView& view) {
  const auto& words = exchange.words();
  Html main;
  main(code_form(exchange, form, "/account/email/old-code"), send_again(exchange), "<p>"_html,
       web::link("/account/email/without-old", words.text("accounts.email.cannot_read_old")), "</p>"_html,
       give_up(exchange, words.text("accounts.email.keep_old")));
  return email_frame(exchange, form, words.text("accounts.email.old_code_title"),
                     words.text("accounts.email.old_code_lead", {{"email", view.present.address}}), main);
}

web::Response without_old_email_page(Exchange& exchange, const FormState& form, const EmailView&) {
  const auto& words = exchange.words();
  const bool is_backup =
      form.typed.has("backup_code") || (!form.typed.has("totp") && exchange.query("with") == "backup-code");
  Html fields;
  if (is_backup) {
    fields(web::text_field(exchange, form,
                           {.name = "backup_code",
                            .label = words.text("accounts.field.backup_code"),
                            .hint = words.text("accounts.second_factor.backup_hint"),
                            .autocomplete = "off",
                            .size_max = 40,
                            .width = "md",
                            .is_code = true,
                            .group_size = 5}));
  } else {
    fields(six_digits_field(exchange, form, "totp", words.text("accounts.field.totp"),
                            words.text("accounts.second_factor.totp_hint")));
  }
  fields(web::primary_button(words.text("accounts.email.wait_button")));
  auto other = web::Url("/account/email/without-old");
  if (!is_backup) other = other.with("with", "backup-code");
  Html main;
  main(
      web::post_form(exchange, "/account/email/without-old", fields), "<p>"_html,
      web::link(other, words.text(is_backup ? "accounts.second_factor.use_totp" : "accounts.second_factor.use_backup")),
      "</p><p>"_html, web::link("/account/email/old-code", words.text("accounts.email.can_read_old")), "</p>"_html);
  return email_frame(exchange, form, words.text("accounts.email.without_title"),
                     words.text("accounts.email.without_lead"), main);
}

}  // namespace waymark::accounts::pages
