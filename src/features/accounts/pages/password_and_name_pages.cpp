#include "features/accounts/pages/password_and_name_pages.hpp"

#include "features/accounts/limits.hpp"

namespace waymark::accounts::pages {

using web::Exchange;
using web::FormState;
using web::Html;
using namespace web::literals;

namespace {

web::Response form_page(Exchange& exchange, const FormState& form, const web::Url& action, std::string_view title,
                        std::string_view lead, const Html& fields) {
  Html main;
  main(web::error_summary(exchange, form), web::page_heading(title, lead), web::post_form(exchange, action, fields),
       "<p>"_html, web::link("/account", exchange.words().text("accounts.change.cancel")), "</p>"_html);
  return web::render_page(
      exchange, {.title = std::string(title), .active_nav = "account", .may_compress = false, .form = &form}, main);
}

}  // namespace

web::Response password_page(Exchange& exchange, const FormState& form, const Profile& profile, bool has_password) {
  const auto& words = exchange.words();
  Html fields;
  // For password managers, which keep a password under the name that stands before it; it is not sent.
  fields("<input type=\"text\" autocomplete=\"username\" value=\""_html, profile.email.address,
         "\" readonly hidden>"_html);
  if (has_password) {
    fields(web::password_field(exchange, form,
                               {.name = "current_password",
                                .label = words.text("accounts.password.current"),
                                .autocomplete = "current-password",
                                .size_max = 512}));
  }
  const auto hint = words.text("accounts.sign_up.password.hint", {{"min", std::int64_t{kPasswordLengthMin}}});
  fields(web::password_field(exchange, form,
                             {.name = "password",
                              .label = words.text("accounts.password.new"),
                              .hint = hint,
                              .autocomplete = "new-password",
                              .size_max = 512}),
         web::primary_button(words.text(has_password ? "accounts.password.button" : "accounts.password.button_first")));
  return form_page(exchange, form, "/account/password",
                   words.text(has_password ? "accounts.password.title" : "accounts.password.title_first"),
                   words.text("accounts.password.lead"), fields);
}

web::Response name_page(Exchange& exchange, const FormState& form, const Profile& profile) {
  const auto& words = exchange.words();
  Html fields;
  fields(web::text_field(exchange, form,
                         {.name = "given_name",
                          .label = words.text("accounts.field.given_name"),
                          .hint = words.text("accounts.name.given_hint"),
                          .autocomplete = "given-name",
                          .size_max = static_cast<int>(kNameLengthMax),
                          .is_required = false,
                          .value = profile.given_name}),
         web::text_field(exchange, form,
                         {.name = "family_name",
                          .label = words.text("accounts.field.family_name"),
                          .autocomplete = "family-name",
                          .size_max = static_cast<int>(kNameLengthMax),
                          .value = profile.family_name}),
         web::primary_button(words.text("accounts.name.button")));
  return form_page(exchange, form, "/account/name", words.text("accounts.name.title"), words.text("accounts.name.lead"),
                   fields);
}

}  // namespace waymark::accounts::pages
