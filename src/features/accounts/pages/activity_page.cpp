#include "features/accounts/pages/activity_page.hpp"

#include "features/accounts/pages/devices_page.hpp"

namespace waymark::accounts::pages {
namespace {

using web::Exchange;
using web::Html;
using namespace web::literals;

std::string_view event_words(const catalogue::Locale& words, std::string_view event) {
  const std::string key = fmt::format("accounts.activity.event.{}", event);
  return words.has(key) ? words.text(key) : words.text("accounts.activity.other_event");
}

std::string_view actor_words(const catalogue::Locale& words, std::string_view actor) {
  const std::string key = fmt::format("accounts.activity.actor.{}", actor);
  return words.has(key) ? words.text(key) : words.text("accounts.activity.actor.system");
}

web::TimelineEntry entry_of(Exchange& exchange, const journal::AuditRow& row, std::string_view network_now) {
  const auto& words = exchange.words();
  std::vector<std::string> parts{std::string(actor_words(words, row.actor))};
  const std::string way = fmt::format("accounts.way.{}", row.detail);
  if (!row.detail.empty() && words.has(way)) parts.emplace_back(words.text(way));
  if (!row.network.empty()) {
    parts.emplace_back(
        words.text(row.network == network_now ? "accounts.activity.same_network" : "accounts.activity.other_network"));
  }
  std::string who;
  for (const auto& part : parts) who += (who.empty() ? "" : " · ") + part;
  return {.when = words.time(row.at, exchange.time_zone()),
          .machine_when = to_iso(row.at),
          .title = std::string(event_words(words, row.event)),
          .text = {},
          .who = std::move(who)};
}

Html days(Exchange& exchange, const ActivityView& view) {
  const auto& words = exchange.words();
  Html html;
  for (auto row = view.rows.begin(); row != view.rows.end();) {
    const auto day = catalogue::day_in_zone(row->at, exchange.time_zone());
    std::vector<web::TimelineEntry> entries;
    for (; row != view.rows.end() && catalogue::day_in_zone(row->at, exchange.time_zone()) == day; ++row)
      entries.push_back(entry_of(exchange, *row, view.network_now));
    html(web::section(words.long_date(day), web::timeline(entries)));
  }
  return html;
}

Html not_you(Exchange& exchange) {
  const auto& words = exchange.words();
  return web::note(web::NoteKind::needs_you, words.text("accounts.activity.not_you_title"),
                   Html{}(web::paragraph(words.text("accounts.activity.not_you_text")),
                          web::button_row(Html{}(
                              web::button_link("/account/lock", words.text("accounts.link.not_me_button")),
                              web::post_form(exchange, "/account/devices/sign-out-elsewhere",
                                             web::secondary_button(words.text("accounts.devices.sign_out_elsewhere"))),
                              web::link("/account/password", words.text("accounts.devices.change_password")),
                              web::link("/contact", words.text("accounts.activity.contact"))))));
}

}  // namespace

web::Response activity_page(Exchange& exchange, const ActivityView& view) {
  const auto& words = exchange.words();
  const auto title = words.text("accounts.activity.title");
  Html main;
  main(web::page_heading(title, words.text("accounts.activity.lead")), not_you(exchange));
  if (view.rows.empty()) main(web::quiet(words.text("accounts.activity.none")));
  main(days(exchange, view));
  Html ways;
  if (view.has_older) {
    ways(web::button_link(web::Url("/account/activity").with("before", std::to_string(view.rows.back().id)),
                          words.text("accounts.activity.older"), false));
  }
  if (!view.is_first) ways(web::link("/account/activity", words.text("accounts.activity.newest")));
  if (!ways.empty()) main(web::button_row(ways));
  return web::render_page(exchange, {.title = std::string(title), .active_nav = "account"}, main);
}

}  // namespace waymark::accounts::pages
