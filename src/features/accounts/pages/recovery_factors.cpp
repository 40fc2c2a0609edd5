// The pages of who lost every second factor.
#include "features/accounts/factors/backup_codes.hpp"
#include "features/accounts/pages/recovery_frame.hpp"
#include "features/accounts/pages/recovery_pages.hpp"
#include "features/accounts/pages/sign_up_frame.hpp"
#include "platform/qr.hpp"
#include "platform/totp.hpp"

namespace waymark::accounts::pages {

using web::Exchange;
using web::FormState;
using web::Html;
using namespace web::literals;

web::Response old_password_page(Exchange& exchange, const FormState& form, const RecoveryView& view,
                                bool has_password) {
  const auto& step = recovery_step(view.recovery.purpose, "old_password");
  if (!has_password) {
    Html main;
    main(web::paragraph(recovery_words(exchange, step, "none_text")),
         web::post_form(exchange, step.path, web::primary_button(recovery_words(exchange, step, "none_button"))));
    return recovery_page(exchange, form, view.recovery.purpose, step, recovery_words(exchange, step, "none_lead"),
                         main);
  }
  Html fields;
  fields(web::password_field(exchange, form,
                             {.name = "password",
                              .label = exchange.words().text("accounts.field.password"),
                              .autocomplete = "current-password",
                              .size_max = 512}),
         web::primary_button(recovery_words(exchange, step, "button")));
  Html main;
  main(web::post_form(exchange, step.path, fields), web::quiet(recovery_words(exchange, step, "forgotten")));
  return recovery_page(exchange, form, view.recovery.purpose, step, recovery_words(exchange, step, "lead"), main);
}

web::Response vouching_page(Exchange& exchange, const RecoveryView& view) {
  const auto& words = exchange.words();
  const auto& step = recovery_step(view.recovery.purpose, "vouching");
  Html main;
  if (view.wait) {
    const auto time = words.long_date_time(view.wait->ripe_at, exchange.time_zone());
    main(web::note(web::NoteKind::done, words.text("accounts.recover.vouching.vouched_until", {{"time", time}}),
                   web::paragraph(recovery_words(exchange, step, "vouched_text"))));
  } else {
    main(web::note(web::NoteKind::needs_you, recovery_words(exchange, step, "office_title"),
                   web::paragraph(recovery_words(exchange, step, "office_text"))),
         "<p>"_html, web::link("/contact", recovery_words(exchange, step, "office_link")), "</p>"_html,
         web::paragraph(recovery_words(exchange, step, "office_next")));
  }
  return recovery_page(exchange, {}, view.recovery.purpose, step, recovery_words(exchange, step, "lead"), main);
}

web::Response new_app_page(Exchange& exchange, const FormState& form, const RecoveryView& view) {
  const auto& words = exchange.words();
  const auto& step = recovery_step(view.recovery.purpose, "authenticator");
  const auto& secret = view.recovery.draft.totp_secret;
  const auto uri = totp_uri(secret, exchange.brand().agency_name, view.recovery.email.address);
  const auto qr = web::TrustedHtml::from(qr_svg(uri, words.text("accounts.sign_up.authenticator.qr_label")));
  Html main;
  main("<h2>"_html, words.text("accounts.sign_up.authenticator.second_title"), "</h2>"_html,
       web::paragraph(words.text("accounts.sign_up.authenticator.second_text")), "<div class=\"qr\">"_html, qr,
       "</div>"_html,
       web::explanation(words.text("accounts.sign_up.authenticator.typed_summary"),
                        Html{}(web::paragraph(words.text("accounts.sign_up.authenticator.typed_text")),
                               web::copyable(exchange, "totp-secret", totp_typed_secret(secret)))),
       "<h2>"_html, words.text("accounts.sign_up.authenticator.third_title"), "</h2>"_html);
  Html fields;
  fields(six_digits_field(exchange, form, "totp", words.text("accounts.field.totp"),
                          words.text("accounts.sign_up.authenticator.hint")),
         web::primary_button(words.text("accounts.sign_up.continue")));
  main(web::post_form(exchange, step.path, fields));
  return recovery_page(exchange, form, view.recovery.purpose, step, recovery_words(exchange, step, "lead"), main);
}

web::Response new_backup_codes_page(Exchange& exchange, const FormState& form, const RecoveryView& view) {
  const auto& step = recovery_step(view.recovery.purpose, "backup_codes");
  std::vector<std::string> codes;
  for (const auto& code : view.recovery.draft.backup_codes) codes.push_back(format_backup_code(code));
  Html fields;
  fields(web::check_field(exchange, form, {.name = "kept", .label = recovery_words(exchange, step, "label")}),
         web::primary_button(recovery_words(exchange, step, "button")));
  Html main;
  main(web::backup_code_grid(exchange, codes, "/recover/second-factor/backup-codes/file"),
       web::post_form(exchange, step.path, fields));
  return recovery_page(exchange, form, view.recovery.purpose, step, recovery_words(exchange, step, "lead"), main);
}

}  // namespace waymark::accounts::pages
