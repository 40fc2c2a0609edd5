// The phone number and its code.
#include "base/phone.hpp"
#include "features/accounts/pages/factor_parts.hpp"
#include "features/accounts/pages/sign_up_frame.hpp"
#include "features/accounts/pages/sign_up_pages.hpp"

namespace waymark::accounts::pages {

using web::Exchange;
using web::FormState;
using web::Html;
using namespace web::literals;

namespace {

Html skip_form(Exchange& exchange) {
  const auto& words = exchange.words();
  return web::explanation(
      words.text("accounts.sign_up.phone.skip_summary"),
      Html{}(web::paragraph(words.text("accounts.sign_up.phone.skip_text")),
             web::post_form(exchange, "/sign-up/phone/skip",
                            web::secondary_button(words.text("accounts.sign_up.phone.skip_button")))));
}

}  // namespace

web::Response sign_up_phone_page(Exchange& exchange, const FormState& form, const SignUpView& view) {
  const auto& step = sign_up_step("phone");
  const auto& draft = view.sign_up.draft;
  Html fields;
  fields(phone_fields(exchange, form, view.catalogue,
                      {.region = draft.phone_region, .number = draft.phone, .spoken = draft.phone_spoken}),
         web::primary_button(step_words(exchange, step, "button")));
  Html main;
  main(web::post_form(exchange, step.path, fields), skip_form(exchange));
  return sign_up_page(exchange, form, step, step_words(exchange, step, "lead"), main);
}

web::Response sign_up_phone_code_page(Exchange& exchange, const FormState& form, const SignUpView& view) {
  const auto& step = sign_up_step("phone_code");
  const auto& words = exchange.words();
  const auto& draft = view.sign_up.draft;
  Html main;
  if (exchange.query("sent") == "yes") {
    main(web::flash(web::NoteKind::done, words.text("accounts.sign_up.code_sent")));
  }
  Html fields;
  fields(
      six_digits_field(exchange, form, "code", step_words(exchange, step, "label"), step_words(exchange, step, "hint")),
      web::primary_button(words.text("accounts.sign_up.continue")));
  main(web::post_form(exchange, step.path, fields),
       web::explanation(step_words(exchange, step, "nothing_came"),
                        Html{}(web::paragraph(step_words(exchange, step, "nothing_came_text")),
                               web::post_form(exchange, "/sign-up/phone-code/again", send_again_buttons(exchange)))),
       "<p>"_html, web::link("/sign-up/phone", step_words(exchange, step, "other_number")), "</p>"_html,
       skip_form(exchange));
  const auto lead =
      words.text(draft.phone_spoken ? "accounts.sign_up.phone_code.lead_voice" : "accounts.sign_up.phone_code.lead",
                 {{"ending", phone_ending(draft.phone)}});
  return sign_up_page(exchange, form, step, lead, main);
}

}  // namespace waymark::accounts::pages
