// "Check your answers": everything once more before the account is made.
#include "base/phone.hpp"
#include "features/accounts/factors/password.hpp"
#include "features/accounts/pages/sign_up_frame.hpp"
#include "features/accounts/pages/sign_up_pages.hpp"

namespace waymark::accounts::pages {

using web::Exchange;
using web::FormState;
using web::Html;
using namespace web::literals;

namespace {

// "Change", with what it changes for people who hear the page.
Html change_link(Exchange& exchange, std::string_view step, std::string_view label) {
  const auto& words = exchange.words();
  return Html{}("<a href=\""_html, sign_up_step(step).path, "\">"_html, words.text("accounts.sign_up.check.change"),
                "<span class=\"sr\"> "_html, label, "</span></a>"_html);
}

web::Fact fact(Exchange& exchange, std::string_view label_key, std::string_view value, std::string_view step) {
  const auto label = exchange.words().text(label_key);
  web::Fact made{.label = std::string(label), .value = Html{}(value)};
  if (!step.empty()) made.action = change_link(exchange, step, label);
  return made;
}

}  // namespace

web::Response sign_up_check_page(Exchange& exchange, const FormState& form, const SignUpView& view) {
  const auto& step = sign_up_step("check");
  const auto& words = exchange.words();
  const auto& draft = view.sign_up.draft;
  const auto* language = view.all_words.find(draft.language);
  const auto name = draft.given_name.empty() ? draft.family_name : draft.given_name + " " + draft.family_name;
  const auto phone = draft.phone_proved_at
                         ? words.text("accounts.sign_up.check.phone", {{"ending", phone_ending(draft.phone)}})
                         : std::string(words.text("accounts.sign_up.check.no_phone"));
  std::vector<web::Fact> facts{
      fact(exchange, "accounts.field.email", view.sign_up.email.address, {}),
      fact(exchange, "accounts.sign_up.check.name", name, "about_you"),
      fact(exchange, "accounts.field.date_of_birth", words.short_date(*draft.date_of_birth), "about_you"),
      fact(exchange, "accounts.field.language", language == nullptr ? draft.language : language->own_name(),
           "about_you"),
      draft.passkey
          ? fact(exchange, "accounts.sign_up.check.passkey", words.text("accounts.sign_up.check.set_up"), "password")
          : fact(exchange, "accounts.field.password", words.text(strength_key(draft.password_score)), "password"),
      fact(exchange, "accounts.field.phone", phone, "phone"),
  };
  if (draft.phone_signs_in) {
    facts.push_back(fact(exchange, "accounts.sign_up.check.sign_in_codes", phone, "authenticator"));
  } else if (!draft.passkey) {
    facts.push_back(fact(exchange, "accounts.sign_up.check.authenticator", words.text("accounts.sign_up.check.set_up"),
                         "authenticator"));
  }
  facts.push_back(fact(exchange, "accounts.sign_up.check.backup_codes", words.text("accounts.sign_up.check.kept"), {}));
  Html main;
  main(web::fact_list(facts));
  main(web::post_form(exchange, step.path, web::primary_button(step_words(exchange, step, "button"))));
  return sign_up_page(exchange, form, step, step_words(exchange, step, "lead"), main);
}

}  // namespace waymark::accounts::pages
