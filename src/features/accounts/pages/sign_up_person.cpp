// Consent, who somebody is, and the password.
#include "features/accounts/limits.hpp"
#include "features/accounts/pages/passkey_pages.hpp"
#include "features/accounts/pages/sign_up_frame.hpp"
#include "features/accounts/pages/sign_up_pages.hpp"

namespace waymark::accounts::pages {

using web::Exchange;
using web::FormState;
using web::Html;
using namespace web::literals;

namespace {

// A form visited again shows what was answered, unless something newer was typed.
void put(FormState& form, std::string_view name, std::string value) {
  if (!form.typed.has(name)) form.typed.set(std::string(name), std::move(value));
}

FormState with_answers(const FormState& form, const Draft& draft) {
  FormState filled = form;
  if (!draft.date_of_birth) return filled;
  put(filled, "given_name", draft.given_name);
  put(filled, "family_name", draft.family_name);
  put(filled, "date_of_birth_day", fmt::format("{}", static_cast<unsigned>(draft.date_of_birth->day())));
  put(filled, "date_of_birth_month", fmt::format("{}", static_cast<unsigned>(draft.date_of_birth->month())));
  put(filled, "date_of_birth_year", fmt::format("{}", static_cast<int>(draft.date_of_birth->year())));
  return filled;
}

Html name_field(Exchange& exchange, const FormState& form, const SignUpStep& step, std::string_view name,
                std::string_view autocomplete, bool is_required) {
  const auto& words = exchange.words();
  return web::text_field(exchange, form,
                         {.name = name,
                          .label = words.text(fmt::format("accounts.field.{}", name)),
                          .hint = step_words(exchange, step, fmt::format("{}_hint", name)),
                          .autocomplete = autocomplete,
                          .size_max = static_cast<int>(kNameLengthMax),
                          .is_required = is_required});
}

}  // namespace

web::Response sign_up_consent_page(Exchange& exchange, const FormState& form, const SignUpView& view) {
  const auto& step = sign_up_step("consent");
  Html main;
  for (const std::string_view topic : {"keep", "use", "share", "yours"}) {
    main("<h2>"_html, step_words(exchange, step, fmt::format("{}_title", topic)), "</h2>"_html,
         web::paragraph(step_words(exchange, step, fmt::format("{}_text", topic))));
  }
  main("<p>"_html, web::link("/privacy", step_words(exchange, step, "privacy_link")), "</p>"_html);
  Html fields;
  fields(web::check_field(exchange, form,
                          {.name = "consent",
                           .label = step_words(exchange, step, "label"),
                           .value = view.sign_up.draft.consented_at ? "yes" : ""}),
         web::primary_button(step_words(exchange, step, "button")));
  main(web::post_form(exchange, step.path, fields));
  return sign_up_page(exchange, form, step, step_words(exchange, step, "lead"), main);
}

web::Response sign_up_about_you_page(Exchange& exchange, const FormState& form, const SignUpView& view) {
  const auto& step = sign_up_step("about_you");
  const auto& words = exchange.words();
  const auto& draft = view.sign_up.draft;
  const auto filled = with_answers(form, draft);
  std::vector<web::Choice> languages;
  for (const auto* language : view.all_words.list()) {
    languages.push_back({std::string(language->tag()), std::string(language->own_name())});
  }
  Html fields;
  fields(name_field(exchange, filled, step, "given_name", "given-name", false),
         name_field(exchange, filled, step, "family_name", "family-name", true),
         web::date_field(exchange, filled, "date_of_birth", words.text("accounts.field.date_of_birth"),
                         step_words(exchange, step, "date_of_birth_hint"), "bday"),
         web::select_field(exchange, filled,
                           {.name = "language",
                            .label = words.text("accounts.field.language"),
                            .hint = step_words(exchange, step, "language_hint"),
                            .value = draft.language.empty() ? words.tag() : std::string_view(draft.language)},
                           languages),
         web::primary_button(words.text("accounts.sign_up.continue")));
  return sign_up_page(exchange, filled, step, step_words(exchange, step, "lead"),
                      web::post_form(exchange, step.path, fields));
}

web::Response sign_up_password_page(Exchange& exchange, const FormState& form, const SignUpView& view) {
  const auto& step = sign_up_step("password");
  const auto& words = exchange.words();
  const auto hint = words.text("accounts.sign_up.password.hint", {{"min", std::int64_t{kPasswordLengthMin}}});
  Html main;
  if (view.sign_up.draft.passkey) {
    main(web::note(web::NoteKind::done, step_words(exchange, step, "has_passkey_title"),
                   Html{}(web::paragraph(step_words(exchange, step, "has_passkey_text")),
                          web::button_row(web::button_link("/sign-up", step_words(exchange, step, "keep_passkey"))))));
  } else {
    main(sign_up_passkey_part(exchange, form));
  }
  Html fields;
  // For password managers, which keep a password under the name that stands before it; it is not sent.
  fields("<input type=\"text\" autocomplete=\"username\" value=\""_html, view.sign_up.email.address,
         "\" readonly hidden>"_html, web::paragraph(step_words(exchange, step, "good_ones")),
         web::password_field(exchange, form,
                             {.name = "password",
                              .label = words.text("accounts.field.password"),
                              .hint = hint,
                              .autocomplete = "new-password",
                              .size_max = 512}),
         web::primary_button(words.text("accounts.sign_up.continue")));
  main(web::post_form(exchange, step.path, fields));
  return sign_up_page(exchange, form, step, step_words(exchange, step, "lead"), main);
}

}  // namespace waymark::accounts::pages
