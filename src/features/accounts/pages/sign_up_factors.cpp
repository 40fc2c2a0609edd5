// The authenticator app and the backup codes.
#include "base/phone.hpp"
#include "features/accounts/factors/backup_codes.hpp"
#include "features/accounts/pages/factor_parts.hpp"
#include "features/accounts/pages/sign_up_frame.hpp"
#include "features/accounts/pages/sign_up_pages.hpp"

namespace waymark::accounts::pages {

using web::Exchange;
using web::FormState;
using web::Html;
using namespace web::literals;

namespace {

web::Response already_set_up_page(Exchange& exchange, const FormState& form, const SignUpView& view,
                                  const SignUpStep& step) {
  const bool is_phone = view.sign_up.draft.phone_signs_in;
  Html main;
  main(web::note(web::NoteKind::done, step_words(exchange, step, is_phone ? "phone_done_title" : "done_title"),
                 web::paragraph(step_words(exchange, step, is_phone ? "phone_done_text" : "done_text"))),
       web::button_link(present_step(view.sign_up).path, exchange.words().text("accounts.sign_up.continue")),
       web::explanation(step_words(exchange, step, "other_summary"),
                        Html{}(web::paragraph(step_words(exchange, step, "other_text")),
                               web::post_form(exchange, "/sign-up/authenticator/again",
                                              web::secondary_button(step_words(exchange, step, "other_button"))))));
  return sign_up_page(exchange, form, step, {}, main);
}

// For who has no smartphone: the weaker way, and said so.
Html phone_instead(Exchange& exchange, const SignUpStep& step, std::string_view phone) {
  return web::explanation(step_words(exchange, step, "phone_summary"),
                          Html{}(web::paragraph(exchange.words().text("accounts.sign_up.authenticator.phone_text",
                                                                      {{"ending", phone_ending(std::string(phone))}})),
                                 web::post_form(exchange, "/sign-up/authenticator/phone",
                                                web::secondary_button(step_words(exchange, step, "phone_button")))));
}

}  // namespace

web::Response sign_up_authenticator_page(Exchange& exchange, const FormState& form, const SignUpView& view) {
  const auto& step = sign_up_step("authenticator");
  const auto& words = exchange.words();
  const auto& draft = view.sign_up.draft;
  if (draft.totp_step || draft.phone_signs_in) return already_set_up_page(exchange, form, view, step);
  Html main;
  main(app_setup(exchange, draft.totp_secret, view.sign_up.email.address));
  Html fields;
  fields(
      six_digits_field(exchange, form, "totp", words.text("accounts.field.totp"), step_words(exchange, step, "hint")),
      web::primary_button(words.text("accounts.sign_up.continue")));
  main(web::post_form(exchange, step.path, fields));
  if (draft.phone_proved_at) main(phone_instead(exchange, step, draft.phone));
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

}  // namespace waymark::accounts::pages
