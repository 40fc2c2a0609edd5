// The parts of pages that ask for a passkey or make one. Hidden until assets/src/passkeys.ts finds that it can work:
// without scripts there is no button that does nothing.
#include "features/accounts/pages/passkey_parts.hpp"

namespace waymark::accounts::pages {
namespace {

using web::Exchange;
using web::FormState;
using web::Html;
using namespace web::literals;

// What the browser answers goes back in these; the script fills them in.
Html answer_fields(const PasskeyCeremony& ceremony) {
  Html html;
  const auto add = [&](std::string_view name) {
    html("<input type=\"hidden\" name=\""_html, name, "\" value=\"\">"_html);
  };
  add("credential_id");
  add("client_data");
  if (ceremony.is_new) {
    add("attestation");
    add("transports");
  } else {
    add("authenticator_data");
    add("signature");
    add("user_handle");
  }
  // The choice stands with the password, once for both ways.
  if (ceremony.takes_shared_choice) {
    html("<input type=\"hidden\" name=\"shared_computer\" value=\"\" data-from=\"shared_computer\">"_html);
  }
  return html;
}

void add_message(Html& html, Exchange& exchange, std::string_view attribute, std::string_view key) {
  html(" data-"_html, attribute, "=\""_html, exchange.words().text(key), "\""_html);
}

Html instead_of_code(Exchange& exchange, const FormState& form, web::Url action, web::Url options,
                     const Html& return_field) {
  const auto& words = exchange.words();
  Html inside;
  inside(return_field, "<h2>"_html, words.text("accounts.passkey.second_factor_title"), "</h2>"_html,
         web::paragraph(words.text("accounts.passkey.sign_in_text")));
  return passkey_part(exchange, form,
                      {.action = std::move(action),
                       .options = std::move(options),
                       .button = "accounts.passkey.use_button",
                       .otherwise = "accounts.passkey.or_code"},
                      inside);
}

}  // namespace

Html passkey_part(Exchange& exchange, const FormState& form, const PasskeyCeremony& ceremony, const Html& inside) {
  const auto& words = exchange.words();
  Html fields;
  fields(answer_fields(ceremony), inside);
  if (const auto* error = form.error_at("passkey")) {
    fields("<p class=\"error\" id=\"passkey-error\"><span class=\"sr\">"_html, words.text("web.field.error_prefix"),
           "</span> "_html, words.text(*error), "</p>"_html);
  }
  fields("<p class=\"error\" role=\"alert\" data-passkey-says></p>"_html,
         web::primary_button(words.text(ceremony.button)));
  Html html;
  html("<div class=\"passkey\" id=\"passkey\" tabindex=\"-1\" hidden data-passkey=\""_html,
       std::string_view(ceremony.is_new ? "create" : "get"), "\" data-options=\""_html, ceremony.options, "\""_html);
  // Not beside a refusal: an authenticator that answers by itself would give the same answer for ever.
  if (ceremony.fills_in && form.error_at("passkey") == nullptr) html(" data-fills-in"_html);
  add_message(html, exchange, "cancelled", ceremony.is_new ? "accounts.passkey.not_made" : "accounts.passkey.not_used");
  add_message(html, exchange, "known", "accounts.error.passkey_known");
  add_message(html, exchange, "failed", "accounts.passkey.failed");
  html("><div class=\"card\">"_html, web::post_form(exchange, ceremony.action, fields), "</div>"_html);
  if (!ceremony.otherwise.empty()) html("<h2>"_html, words.text(ceremony.otherwise), "</h2>"_html);
  html("</div>"_html);
  return html;
}

Html sign_in_passkey_part(Exchange& exchange, const FormState& form, const Html& return_field) {
  const auto& words = exchange.words();
  Html inside;
  inside(return_field, "<h2>"_html, words.text("accounts.passkey.sign_in_title"), "</h2>"_html,
         web::paragraph(words.text("accounts.passkey.sign_in_text")));
  return passkey_part(exchange, form,
                      {.action = "/sign-in/passkey",
                       .options = "/sign-in/passkey/options",
                       .button = "accounts.passkey.sign_in_button",
                       .otherwise = "accounts.passkey.or_password",
                       .fills_in = true,
                       .takes_shared_choice = true},
                      inside);
}

Html second_factor_passkey_part(Exchange& exchange, const FormState& form, const Html& return_field) {
  return instead_of_code(exchange, form, "/sign-in/second-factor/passkey", "/sign-in/second-factor/passkey/options",
                         return_field);
}

Html sign_up_passkey_part(Exchange& exchange, const FormState& form) {
  const auto& words = exchange.words();
  Html inside;
  inside("<h2>"_html, words.text("accounts.passkey.sign_up_title"), "</h2>"_html,
         web::paragraph(words.text("accounts.passkey.sign_up_text")));
  return passkey_part(exchange, form,
                      {.action = "/sign-up/password/passkey",
                       .options = "/sign-up/password/passkey/options",
                       .button = "accounts.passkey.sign_up_button",
                       .otherwise = "accounts.passkey.or_choose_password",
                       .is_new = true},
                      inside);
}

Html recovery_passkey_part(Exchange& exchange, const FormState& form) {
  return instead_of_code(exchange, form, "/recover/password/second-factor/passkey",
                         "/recover/password/second-factor/passkey/options", {});
}

Html prove_again_passkey_part(Exchange& exchange, const FormState& form, const Html& return_field) {
  const auto& words = exchange.words();
  Html inside;
  inside(return_field, "<h2>"_html, words.text("accounts.passkey.second_factor_title"), "</h2>"_html);
  return passkey_part(exchange, form,
                      {.action = "/sign-in/again/passkey",
                       .options = "/sign-in/again/passkey/options",
                       .button = "accounts.passkey.use_button",
                       .otherwise = "accounts.passkey.or_password"},
                      inside);
}

}  // namespace waymark::accounts::pages
