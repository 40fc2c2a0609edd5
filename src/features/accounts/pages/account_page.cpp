#include "features/accounts/pages/account_page.hpp"

#include "base/phone.hpp"
#include "features/accounts/limits.hpp"

namespace waymark::accounts::pages {
namespace {

using web::Exchange;
using web::Html;
using namespace web::literals;

// Zones that people with cases are likely to be in, by IANA name; any other is kept once it was chosen elsewhere.
constexpr std::string_view kOfferedZones[] = {
    "America/New_York",       "America/Chicago",     "America/Denver",
    "America/Phoenix",        "America/Los_Angeles", "America/Anchorage",
    "Pacific/Honolulu",       "America/Puerto_Rico", "Pacific/Guam",
    "America/Mexico_City",    "America/Guatemala",   "America/El_Salvador",
    "America/Tegucigalpa",    "America/Managua",     "America/Bogota",
    "America/Caracas",        "America/Lima",        "America/Santo_Domingo",
    "America/Port-au-Prince", "America/Havana",      "America/Jamaica",
    "America/Toronto",        "America/Sao_Paulo",   "America/Argentina/Buenos_Aires",
    "Europe/London",          "Europe/Paris",        "Europe/Kyiv",
    "Europe/Istanbul",        "Africa/Lagos",        "Africa/Cairo",
    "Africa/Addis_Ababa",     "Africa/Nairobi",      "Asia/Kabul",
    "Asia/Karachi",           "Asia/Kolkata",        "Asia/Dhaka",
    "Asia/Kathmandu",         "Asia/Ho_Chi_Minh",    "Asia/Manila",
    "Asia/Shanghai",          "Asia/Seoul",          "Asia/Tokyo",
    "Australia/Sydney"};

std::string zone_label(std::string_view zone) {
  std::string label(zone);
  std::replace(label.begin(), label.end(), '_', ' ');
  return label;
}

Html text(std::string_view words) {
  Html html;
  html(words);
  return html;
}

web::Html sign_in_section(Exchange& exchange, const AccountView& view) {
  const auto& words = exchange.words();
  std::vector<web::Fact> facts;
  facts.push_back(
      {std::string(words.text("accounts.account.password")), text(words.text("accounts.account.password_set"))});
  for (const auto& app : view.authenticators) {
    const auto date = words.long_date(catalogue::day_in_zone(app.created_at, exchange.time_zone()));
    facts.push_back({std::string(words.text("accounts.account.authenticator")),
                     text(app.name.empty() ? words.text("accounts.account.added_unnamed", {{"date", date}})
                                           : words.text("accounts.account.added_on",
                                                        {{"name", std::string_view(app.name)}, {"date", date}}))});
  }
  facts.push_back(
      {std::string(words.text("accounts.account.backup_codes")),
       text(words.text("accounts.account.backup_codes_left", {{"left", std::int64_t{view.backup_codes_left}}}))});
  Html inside;
  inside(web::fact_list(facts));
  if (view.backup_codes_left < kBackupCodesFew) {
    inside(web::note(web::NoteKind::needs_you, words.text("accounts.account.few_codes_title"),
                     web::paragraph(words.text("accounts.account.few_codes_text"))));
  }
  return web::section(words.text("accounts.account.sign_in_title"), inside, "sign-in");
}

}  // namespace

web::Response account_page(Exchange& exchange, const AccountView& view) {
  const auto& words = exchange.words();
  const auto& profile = view.profile;
  Html main;
  main(web::page_heading(
      words.text("accounts.account.title"),
      exchange.visitor.previous_visit
          ? words.text("accounts.account.last_sign_in",
                       {{"time", words.long_date_time(*exchange.visitor.previous_visit, exchange.time_zone())}})
          : std::string(words.text("accounts.account.first_sign_in"))));
  const std::string name =
      profile.given_name.empty() ? profile.family_name : profile.given_name + " " + profile.family_name;
  std::vector<web::Fact> facts;
  facts.push_back({std::string(words.text("accounts.account.name")), text(name)});
  facts.push_back(
      {std::string(words.text("accounts.account.date_of_birth")), text(words.short_date(profile.date_of_birth))});
  facts.push_back({std::string(words.text("accounts.account.email")), text(profile.email.address)});
  for (const auto& phone : view.phones) {
    facts.push_back({std::string(words.text("accounts.account.phone")),
                     text(words.text("accounts.account.phone_ending", {{"ending", phone_ending(phone.number)}}))});
  }
  if (view.phones.empty()) {
    facts.push_back({std::string(words.text("accounts.account.phone")), text(words.text("accounts.account.no_phone"))});
  }
  main(web::section(words.text("accounts.account.you_title"), web::fact_list(facts), "you"));
  std::vector<web::Fact> preferences;
  preferences.push_back({std::string(words.text("accounts.account.language")), text(view.language_name)});
  preferences.push_back({std::string(words.text("accounts.account.time_zone")),
                         text(profile.time_zone ? zone_label(*profile.time_zone)
                                                : words.text("accounts.account.agency_zone",
                                                             {{"zone", zone_label(exchange.brand().time_zone)}}))});
  Html preferences_inside;
  preferences_inside(web::fact_list(preferences), "<p>"_html,
                     web::link("/account/preferences", words.text("accounts.account.change_preferences")), "</p>"_html);
  main(web::section(words.text("accounts.account.preferences_title"), preferences_inside, "preferences"));
  main(sign_in_section(exchange, view));
  Html ending;
  ending(web::paragraph(words.text("accounts.account.elsewhere_text")),
         web::post_form(exchange, "/account/other-sessions/end",
                        web::secondary_button(words.text("accounts.account.elsewhere_button"))));
  main(web::section(words.text("accounts.account.elsewhere_title"), ending, "elsewhere"));
  return web::render_page(exchange,
                          {.title = std::string(words.text("accounts.account.title")), .active_nav = "account"}, main);
}

web::Response preferences_page(Exchange& exchange, const web::FormState& form, const Profile& profile,
                               const catalogue::Words& all) {
  const auto& words = exchange.words();
  std::vector<web::Choice> languages;
  for (const auto* language : all.list())
    languages.push_back({std::string(language->tag()), std::string(language->own_name())});
  std::vector<web::Choice> zones{
      {"", words.text("accounts.account.agency_zone", {{"zone", zone_label(exchange.brand().time_zone)}})}};
  bool is_offered = !profile.time_zone;
  for (const auto zone : kOfferedZones) {
    zones.push_back({std::string(zone), zone_label(zone)});
    is_offered = is_offered || profile.time_zone == zone;
  }
  if (!is_offered) zones.push_back({*profile.time_zone, zone_label(*profile.time_zone)});

  const std::string zone_now = profile.time_zone.value_or("");
  Html fields;
  fields(web::select_field(
      exchange, form, {.name = "language", .label = words.text("accounts.account.language"), .value = profile.language},
      languages));
  fields(web::select_field(exchange, form,
                           {.name = "time_zone",
                            .label = words.text("accounts.account.time_zone"),
                            .hint = words.text("accounts.account.time_zone_hint"),
                            .is_required = false,
                            .value = zone_now},
                           zones));
  fields(web::primary_button(words.text("accounts.account.save")));
  Html main;
  main(web::error_summary(exchange, form), web::page_heading(words.text("accounts.account.preferences_title")),
       web::post_form(exchange, "/account/preferences", fields));
  return web::render_page(
      exchange,
      {.title = std::string(words.text("accounts.account.preferences_title")), .active_nav = "account", .form = &form},
      main);
}

}  // namespace waymark::accounts::pages
