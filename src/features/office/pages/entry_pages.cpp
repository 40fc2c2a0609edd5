#include "features/office/pages/entry_pages.hpp"

#include "features/accounts/factors/passkey_limits.hpp"
#include "features/accounts/pages/passkey_parts.hpp"
#include "web/url_encoding.hpp"

namespace waymark::office::pages {
namespace {

using web::Exchange;
using web::FormState;
using web::Html;
using namespace web::literals;

// Shown by the script only where a key can work; without one, or without scripts, this says why there is no button.
Html without_keys(Exchange& exchange) {
  const auto& words = exchange.words();
  return Html{}("<div data-passkey-without>"_html,
                web::note(web::NoteKind::information, words.text("office.key.without_title"),
                          web::paragraph(words.text("office.key.without_text"))),
                "</div>"_html);
}

Html return_field(Exchange& exchange, const FormState& form) {
  const auto typed = form.failed() ? std::string(form.value("return_to")) : exchange.query("return_to");
  Html html;
  if (web::Url::is_local(typed) && web::is_office_path(typed))
    html("<input type=\"hidden\" name=\"return_to\" value=\""_html, typed, "\">"_html);
  return html;
}

}  // namespace

std::string_view role_words(const Exchange& exchange, web::OfficeRole role) {
  return exchange.words().text(fmt::format("office.role.{}", web::to_text(role)));
}

web::Response welcome_page(Exchange& exchange, const FormState& form, const Officer& officer, std::string_view token) {
  const auto& words = exchange.words();
  const auto title = words.text("office.welcome.title", {{"agency", exchange.brand().agency_name}});
  Html main;
  main(web::error_summary(exchange, form), web::page_heading(title, words.text("office.welcome.lead")),
       web::fact_list({{std::string(words.text("office.field.name")), web::isolated(officer.name)},
                       {std::string(words.text("office.field.email")), web::isolated(officer.email.address)},
                       {std::string(words.text("office.field.role")), Html()(role_words(exchange, officer.role))},
                       {std::string(words.text("office.field.unit")), Html()(officer.unit)}}));
  Html inside;
  inside("<h2>"_html, words.text("office.key.make_title"), "</h2>"_html,
         web::paragraph(words.text("office.key.make_text")),
         web::text_field(exchange, form,
                         {.name = "name",
                          .label = words.text("accounts.passkeys.name"),
                          .hint = words.text("accounts.passkeys.name_hint"),
                          .autocomplete = "off",
                          .size_max = static_cast<int>(accounts::kPasskeyNameLengthMax),
                          .is_required = false}));
  const auto address = web::Url("/office/welcome/").part(token);
  main(accounts::pages::passkey_part(exchange, form,
                                     {.action = address,
                                      .options = web::Url::local_or(address.text() + "/options", "/office"),
                                      .button = "office.key.make_button",
                                      .is_new = true},
                                     inside),
       without_keys(exchange), web::quiet(words.text("office.welcome.once")));
  return web::render_page(exchange, {.title = title, .may_compress = false, .form = &form}, main);
}

web::Response sign_in_page(Exchange& exchange, const FormState& form) {
  const auto& words = exchange.words();
  const std::string title(words.text("office.sign_in.title"));
  Html inside;
  inside(return_field(exchange, form), web::paragraph(words.text("office.sign_in.text")));
  Html main;
  main(web::error_summary(exchange, form), web::page_heading(title, words.text("office.sign_in.lead")),
       accounts::pages::passkey_part(
           exchange, form,
           {.action = "/office/sign-in", .options = "/office/sign-in/options", .button = "office.sign_in.button"},
           inside),
       without_keys(exchange), web::quiet(words.text("office.sign_in.not_here")), "<p>"_html,
       web::link("/sign-in", words.text("office.sign_in.people")), "</p>"_html);
  return web::render_page(exchange, {.title = title, .may_compress = false, .form = &form}, main);
}

web::Response prove_again_page(Exchange& exchange, const FormState& form) {
  const auto& words = exchange.words();
  const std::string title(words.text("office.again.title"));
  Html inside;
  inside(return_field(exchange, form), web::paragraph(words.text("office.again.text")));
  Html main;
  main(web::error_summary(exchange, form), web::page_heading(title, words.text("office.again.lead")),
       accounts::pages::passkey_part(exchange, form,
                                     {.action = "/office/sign-in/again",
                                      .options = "/office/sign-in/again/options",
                                      .button = "office.again.button"},
                                     inside),
       without_keys(exchange));
  return web::render_page(exchange, {.title = title, .may_compress = false, .form = &form}, main);
}

web::Response signed_out_page(Exchange& exchange) {
  const auto& words = exchange.words();
  const bool is_idle = exchange.query("why") == "idle";
  const std::string title(words.text("office.signed_out.title"));
  Html main;
  main(web::page_heading(title,
                         words.text(catalogue::either(is_idle, "office.signed_out.idle", "office.signed_out.lead"))),
       web::button_link("/office/sign-in", words.text("office.signed_out.again")));
  return web::render_page(exchange, {.title = title}, main);
}

}  // namespace waymark::office::pages
