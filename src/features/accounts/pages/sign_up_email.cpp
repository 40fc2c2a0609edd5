// Proving the email address, and coming back to an unfinished sign-up.
#include "features/accounts/pages/sign_up_frame.hpp"
#include "features/accounts/pages/sign_up_pages.hpp"

namespace waymark::accounts::pages {

using web::Exchange;
using web::FormState;
using web::Html;
using namespace web::literals;

web::Response sign_up_email_page(Exchange& exchange, const FormState& form) {
  const auto& step = sign_up_step("email");
  const auto& words = exchange.words();
  Html main;
  if (exchange.query("ended") == "yes") {
    main(web::note(web::NoteKind::information, words.text("accounts.sign_up.ended.title"),
                   web::paragraph(words.text("accounts.sign_up.ended.text"))));
  }
  Html fields;
  fields(web::text_field(exchange, form,
                         {.name = "email",
                          .label = words.text("accounts.field.email"),
                          .hint = step_words(exchange, step, "hint"),
                          .type = "email",
                          .autocomplete = "email",
                          .inputmode = "email",
                          .size_max = 254}),
         web::primary_button(step_words(exchange, step, "button")));
  main(web::post_form(exchange, step.path, fields), "<p>"_html, step_words(exchange, step, "have_account"), " "_html,
       web::link("/sign-in", step_words(exchange, step, "sign_in")), "</p>"_html);
  return sign_up_page(exchange, form, step, step_words(exchange, step, "lead"), main);
}

web::Response sign_up_paused_page(Exchange& exchange) {
  const auto& words = exchange.words();
  const auto title = words.text("accounts.sign_up.paused.title");
  Html inside;
  inside(web::paragraph(words.text("accounts.sign_up.paused.text")),
         web::button_link("/sign-up", words.text("accounts.sign_up.paused.button"), false));
  return web::render_page(exchange, {.title = std::string(title)}, web::confirm_panel(title, {}, {}, inside));
}

web::Response sign_up_code_page(Exchange& exchange, const FormState& form, const SignUpView& view) {
  const auto& step = sign_up_step("code");
  const auto& words = exchange.words();
  Html main;
  if (exchange.query("sent") == "yes") {
    main(web::flash(web::NoteKind::done, words.text("accounts.sign_up.code_sent")));
  }
  Html fields;
  fields(
      six_digits_field(exchange, form, "code", step_words(exchange, step, "label"), step_words(exchange, step, "hint")),
      web::primary_button(step_words(exchange, step, "button")));
  main(web::post_form(exchange, step.path, fields),
       web::explanation(step_words(exchange, step, "nothing_came"),
                        Html{}(web::paragraph(step_words(exchange, step, "nothing_came_text")),
                               web::post_form(exchange, "/sign-up/code/again",
                                              web::secondary_button(step_words(exchange, step, "again"))))),
       "<p>"_html, web::link("/sign-up/email", step_words(exchange, step, "other_address")), "</p>"_html);
  const auto lead = words.text("accounts.sign_up.code.lead", {{"email", view.sign_up.email.address}});
  return sign_up_page(exchange, form, step, lead, main);
}

web::Response sign_up_welcome_back_page(Exchange& exchange, const FormState& form, const SignUpView& view,
                                        bool asks_for_totp) {
  const auto& step = sign_up_step("welcome_back");
  const auto& words = exchange.words();
  Html fields;
  if (!view.sign_up.draft.password_given) {
    fields(web::password_field(exchange, form,
                               {.name = "password",
                                .label = words.text("accounts.field.password"),
                                .autocomplete = "current-password",
                                .size_max = 512}));
  }
  if (asks_for_totp) fields(six_digits_field(exchange, form, "totp", words.text("accounts.field.totp"), {}));
  fields(web::primary_button(step_words(exchange, step, "button")));
  Html main;
  main(web::post_form(exchange, step.path, fields));
  if (view.sign_up.email_proved_at) {
    main(web::explanation(step_words(exchange, step, "over_summary"),
                          Html{}(web::paragraph(step_words(exchange, step, "over_text")),
                                 web::post_form(exchange, "/sign-up/welcome-back/start-over",
                                                web::secondary_button(step_words(exchange, step, "over_button"))))));
  } else {
    main("<p>"_html, web::link("/sign-up/email", step_words(exchange, step, "prove_address")), "</p>"_html);
  }
  return sign_up_page(exchange, form, step, step_words(exchange, step, "lead"), main);
}

}  // namespace waymark::accounts::pages
