// Language and time zone.
#include <algorithm>

#include "features/accounts/pages/account_page.hpp"

namespace waymark::accounts::pages {
namespace {

using web::Exchange;
using web::Html;

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

}  // namespace

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
