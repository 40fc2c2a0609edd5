// The authenticator app and the backup codes.
#include "features/accounts/factors/backup_codes.hpp"
#include "features/accounts/pages/sign_up_frame.hpp"
#include "features/accounts/pages/sign_up_pages.hpp"
#include "platform/qr.hpp"
#include "platform/totp.hpp"
#include "web/site.hpp"

namespace waymark::accounts::pages {

using web::Exchange;
using web::FormState;
using web::Html;
using namespace web::literals;

namespace {

web::Response already_set_up_page(Exchange& exchange, const FormState& form, const SignUpView& view,
                                  const SignUpStep& step) {
  Html main;
  main(web::note(web::NoteKind::done, step_words(exchange, step, "done_title"),
                 web::paragraph(step_words(exchange, step, "done_text"))),
       web::button_link(present_step(view.sign_up).path, exchange.words().text("accounts.sign_up.continue")),
       web::explanation(step_words(exchange, step, "other_summary"),
                        Html{}(web::paragraph(step_words(exchange, step, "other_text")),
                               web::post_form(exchange, "/sign-up/authenticator/again",
                                              web::secondary_button(step_words(exchange, step, "other_button"))))));
  return sign_up_page(exchange, form, step, {}, main);
}

}  // namespace

web::Response sign_up_authenticator_page(Exchange& exchange, const FormState& form, const SignUpView& view) {
  const auto& step = sign_up_step("authenticator");
  const auto& words = exchange.words();
  const auto& draft = view.sign_up.draft;
  if (draft.totp_step) return already_set_up_page(exchange, form, view, step);
  const auto uri = totp_uri(draft.totp_secret, exchange.brand().agency_name, view.sign_up.email.address);
  const auto qr = web::TrustedHtml::from(qr_svg(uri, step_words(exchange, step, "qr_label")));
  Html main;
  main("<h2>"_html, step_words(exchange, step, "first_title"), "</h2>"_html,
       web::paragraph(step_words(exchange, step, "first_text")), "<h2>"_html,
       step_words(exchange, step, "second_title"), "</h2>"_html,
       web::paragraph(step_words(exchange, step, "second_text")), "<div class=\"qr\">"_html, qr, "</div>"_html,
       web::explanation(step_words(exchange, step, "typed_summary"),
                        Html{}(web::paragraph(step_words(exchange, step, "typed_text")),
                               web::copyable(exchange, "totp-secret", totp_typed_secret(draft.totp_secret)))),
       "<h2>"_html, step_words(exchange, step, "third_title"), "</h2>"_html);
  Html fields;
  fields(
      six_digits_field(exchange, form, "totp", words.text("accounts.field.totp"), step_words(exchange, step, "hint")),
      web::primary_button(words.text("accounts.sign_up.continue")));
  main(web::post_form(exchange, step.path, fields));
  return sign_up_page(exchange, form, step, step_words(exchange, step, "lead"), main);
}

web::Response sign_up_backup_codes_page(Exchange& exchange, const FormState& form, const SignUpView& view) {
  const auto& step = sign_up_step("backup_codes");
  std::vector<std::string> codes;
  for (const auto& code : view.sign_up.draft.backup_codes) codes.push_back(format_backup_code(code));
  Html fields;
  fields(web::check_field(exchange, form, {.name = "kept", .label = step_words(exchange, step, "label")}),
         web::primary_button(exchange.words().text("accounts.sign_up.continue")));
  Html main;
  main(web::backup_code_grid(exchange, codes, "/sign-up/backup-codes/file"),
       web::paragraph(step_words(exchange, step, "advice")), web::post_form(exchange, step.path, fields));
  return sign_up_page(exchange, form, step, step_words(exchange, step, "lead"), main);
}

std::string backup_codes_file(const Exchange& exchange, const SignUp& sign_up) {
  const auto& words = exchange.words();
  auto text = words.text("accounts.backup_codes_file.head",
                         {{"agency", exchange.brand().agency_name},
                          {"origin", exchange.site.parts().origin},
                          {"date", words.long_date(catalogue::day_in_zone(exchange.now, exchange.time_zone()))}});
  text += "\n\n";
  for (const auto& code : sign_up.draft.backup_codes) text += format_backup_code(code) + "\n";
  text += "\n";
  text += words.text("accounts.backup_codes_file.foot");
  text += "\n";
  return text;
}

}  // namespace waymark::accounts::pages
