#include "features/accounts/pages/factor_parts.hpp"

#include "features/accounts/factors/backup_codes.hpp"
#include "platform/qr.hpp"
#include "platform/totp.hpp"
#include "web/site.hpp"

namespace waymark::accounts::pages {

using web::Exchange;
using web::FormState;
using web::Html;
using namespace web::literals;

namespace {

std::vector<web::Choice> countries(const Exchange& exchange, const catalogue::Catalogue& catalogue) {
  std::vector<web::Choice> choices;
  for (const auto& country : catalogue.phone_countries()) {
    choices.push_back(
        {country.region, fmt::format("{} (+{})", country.name.in(exchange.words().tag()), country.calling_code)});
  }
  return choices;
}

}  // namespace

Html app_setup(Exchange& exchange, std::string_view secret, std::string_view email) {
  const auto& words = exchange.words();
  const auto uri = totp_uri(secret, exchange.brand().agency_name, email);
  const auto qr = web::TrustedHtml::from(qr_svg(uri, words.text("accounts.sign_up.authenticator.qr_label")));
  return Html{}("<h2>"_html, words.text("accounts.sign_up.authenticator.first_title"), "</h2>"_html,
                web::paragraph(words.text("accounts.sign_up.authenticator.first_text")), "<h2>"_html,
                words.text("accounts.sign_up.authenticator.second_title"), "</h2>"_html,
                web::paragraph(words.text("accounts.sign_up.authenticator.second_text")), "<div class=\"qr\">"_html, qr,
                "</div>"_html,
                web::explanation(words.text("accounts.sign_up.authenticator.typed_summary"),
                                 Html{}(web::paragraph(words.text("accounts.sign_up.authenticator.typed_text")),
                                        web::copyable(exchange, "totp-secret", totp_typed_secret(secret)))),
                "<h2>"_html, words.text("accounts.sign_up.authenticator.third_title"), "</h2>"_html);
}

Html six_digits_field(Exchange& exchange, const FormState& form, std::string_view name, std::string_view label,
                      std::string_view hint) {
  return web::text_field(exchange, form,
                         {.name = name,
                          .label = label,
                          .hint = hint,
                          .autocomplete = "one-time-code",
                          .inputmode = "numeric",
                          .size_max = 12,
                          .width = "sm",
                          .is_code = true,
                          .group_size = 3});
}

Html phone_fields(Exchange& exchange, const FormState& form, const catalogue::Catalogue& catalogue,
                  const PhoneFields& now) {
  const auto& words = exchange.words();
  return Html{}(web::select_field(exchange, form,
                                  {.name = "phone_country",
                                   .label = words.text("accounts.field.phone_country"),
                                   .autocomplete = "tel-country-code",
                                   .value = now.region},
                                  countries(exchange, catalogue)),
                web::text_field(exchange, form,
                                {.name = "phone",
                                 .label = words.text("accounts.field.phone"),
                                 .hint = words.text("accounts.sign_up.phone.hint"),
                                 .type = "tel",
                                 .autocomplete = "tel-national",
                                 .inputmode = "tel",
                                 .size_max = 32,
                                 .width = "md",
                                 .value = now.number}),
                web::radio_field(exchange, form,
                                 {.name = "phone_way",
                                  .label = words.text("accounts.sign_up.phone.way"),
                                  .value = now.spoken ? "voice" : "text"},
                                 {{"text", std::string(words.text("accounts.sign_up.phone.way_text"))},
                                  {"voice", std::string(words.text("accounts.sign_up.phone.way_voice"))}}));
}

Html send_again_buttons(Exchange& exchange) {
  const auto& words = exchange.words();
  return web::button_row(
      Html{}(web::secondary_button(words.text("accounts.sign_up.phone_code.again_text"), "phone_way", "text"),
             web::secondary_button(words.text("accounts.sign_up.phone_code.again_voice"), "phone_way", "voice")));
}

std::string backup_codes_text(const Exchange& exchange, const std::vector<std::string>& codes) {
  const auto& words = exchange.words();
  auto text = words.text("accounts.backup_codes_file.head",
                         {{"agency", exchange.brand().agency_name},
                          {"origin", exchange.site.parts().origin},
                          {"date", words.long_date(catalogue::day_in_zone(exchange.now, exchange.time_zone()))}});
  text += "\n\n";
  for (const auto& code : codes) text += format_backup_code(code) + "\n";
  text += "\n";
  text += words.text("accounts.backup_codes_file.foot");
  text += "\n";
  return text;
}

}  // namespace waymark::accounts::pages
