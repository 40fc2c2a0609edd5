// The second factor and the new password of who forgot the old one.
#include "base/phone.hpp"
#include "features/accounts/limits.hpp"
#include "features/accounts/pages/passkey_pages.hpp"
#include "features/accounts/pages/recovery_frame.hpp"
#include "features/accounts/pages/recovery_pages.hpp"
#include "features/accounts/pages/second_factor_page.hpp"
#include "features/accounts/pages/sign_up_frame.hpp"

namespace waymark::accounts::pages {
namespace {

using web::Exchange;
using web::FormState;
using web::Html;
using namespace web::literals;

// Which of the account's ways the page asks for: what was typed into, what was chosen, or the first that there is.
std::string_view way_on(const Exchange& exchange, const FormState& form, const RecoveryWays& ways) {
  const auto wanted = exchange.query("with");
  if (form.typed.has("backup_code") || (wanted == "backup-code" && ways.has_backup_codes)) return "backup_code";
  if (form.typed.has("text_code") || (wanted == "text" && !ways.phones.empty())) return "text";
  if (form.typed.has("totp") || ways.has_app) return "totp";
  return ways.phones.empty() ? "backup_code" : "text";
}

Html factor_field(Exchange& exchange, const FormState& form, const RecoveryStep& step, std::string_view way) {
  if (way == "text") {
    return six_digits_field(exchange, form, "text_code", recovery_words(exchange, step, "text_label"), {});
  }
  return second_factor_field(exchange, form, way == "totp" ? SecondFactor::totp : SecondFactor::backup_code);
}

Html texting_forms(Exchange& exchange, const RecoveryStep& step, const RecoveryWays& ways) {
  Html html;
  for (const auto& phone : ways.phones) {
    const auto label =
        exchange.words().text(catalogue::either(phone.is_spoken_to, "accounts.recover.second_factor.call",
                                                "accounts.recover.second_factor.send"),
                              {{"ending", phone_ending(phone.number)}});
    html(web::post_form(exchange, "/recover/password/second-factor/text",
                        web::secondary_button(label, "phone", std::to_string(phone.id.value))));
  }
  if (!ways.phones.empty()) html(web::quiet(recovery_words(exchange, step, "text_waits")));
  return html;
}

Html other_ways(Exchange& exchange, const RecoveryStep& step, const RecoveryWays& ways, std::string_view way) {
  Html html;
  const auto offer = [&](bool is_there, std::string_view other, std::string_view wanted) {
    if (!is_there || way == other) return;
    html("<p>"_html,
         web::link(web::Url(step.path).with("with", wanted),
                   recovery_words(exchange, step, fmt::format("use_{}", other))),
         "</p>"_html);
  };
  offer(ways.has_app, "totp", "app");
  offer(!ways.phones.empty(), "text", "text");
  offer(ways.has_backup_codes, "backup_code", "backup-code");
  html("<p>"_html, web::link("/recover/second-factor", recovery_words(exchange, step, "none")), "</p>"_html);
  return html;
}

}  // namespace

web::Response recovery_factor_page(Exchange& exchange, const FormState& form, const RecoveryView& view,
                                   const RecoveryWays& ways) {
  const auto& step = recovery_step(view.recovery.purpose, "second_factor");
  const auto way = way_on(exchange, form, ways);
  Html main;
  if (exchange.query("sent") == "yes") {
    main(web::flash(web::NoteKind::done, recovery_words(exchange, step, "sent")));
  }
  if (ways.has_passkey) main(recovery_passkey_part(exchange, form));
  if (way == "text") main(texting_forms(exchange, step, ways));
  Html fields;
  fields(factor_field(exchange, form, step, way), web::primary_button(recovery_words(exchange, step, "button")));
  main(web::post_form(exchange, step.path, fields), other_ways(exchange, step, ways, way));
  return recovery_page(exchange, form, view.recovery.purpose, step, recovery_words(exchange, step, "lead"), main);
}

web::Response recovery_password_page(Exchange& exchange, const FormState& form, const RecoveryView& view,
                                     const RecoveryWays& ways) {
  const auto& words = exchange.words();
  const auto& step = recovery_step(view.recovery.purpose, "new_password");
  Html main;
  const bool must_wait = proves_less(ways, view.recovery.factor);
  if (view.is_ripe() && must_wait) {
    main(web::post_form(exchange, "/recover/password/finish",
                        web::primary_button(recovery_words(exchange, step, "finish_button"))));
    return recovery_page(exchange, form, view.recovery.purpose, step, recovery_words(exchange, step, "ripe"), main);
  }
  if (view.wait && must_wait) {
    const auto time = words.long_date_time(view.wait->ripe_at, exchange.time_zone());
    main(web::note(web::NoteKind::information,
                   words.text("accounts.recover.new_password.waiting_until", {{"time", time}}),
                   web::paragraph(recovery_words(exchange, step, "waiting_text"))));
    return recovery_page(exchange, form, view.recovery.purpose, step, recovery_words(exchange, step, "waiting"), main);
  }
  if (must_wait) {
    main(web::note(web::NoteKind::information, recovery_words(exchange, step, "must_wait_title"),
                   web::paragraph(recovery_words(exchange, step, "must_wait_text"))));
  }
  Html fields;
  // For password managers, which keep a password under the name that stands before it; it is not sent.
  fields("<input type=\"text\" autocomplete=\"username\" value=\""_html, view.recovery.email.address,
         "\" readonly hidden>"_html,
         web::password_field(
             exchange, form,
             {.name = "password",
              .label = recovery_words(exchange, step, "label"),
              .hint = words.text("accounts.sign_up.password.hint", {{"min", std::int64_t{kPasswordLengthMin}}}),
              .autocomplete = "new-password",
              .size_max = 512}),
         web::primary_button(recovery_words(exchange, step, "button")));
  main(web::post_form(exchange, step.path, fields));
  return recovery_page(exchange, form, view.recovery.purpose, step, recovery_words(exchange, step, "lead"), main);
}

web::Response recovered_page(Exchange& exchange, RecoveryPurpose purpose) {
  const auto& words = exchange.words();
  const bool is_password = purpose == RecoveryPurpose::password;
  const auto title = words.text(is_password ? "accounts.recovered.password_title" : "accounts.recovered.factor_title");
  Html inside;
  inside(
      web::paragraph(words.text(is_password ? "accounts.recovered.password_text" : "accounts.recovered.factor_text")),
      web::paragraph(words.text("accounts.recovered.ended")),
      web::button_link("/sign-in", words.text("accounts.recovered.button")));
  return web::render_page(exchange, {.title = std::string(title)}, web::confirm_panel(title, {}, {}, inside));
}

}  // namespace waymark::accounts::pages
