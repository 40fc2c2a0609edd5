#include "features/accounts/pages/devices_page.hpp"

#include "features/accounts/limits.hpp"
#include "platform/network_places.hpp"
#include "web/row_form.hpp"

namespace waymark::accounts::pages {
namespace {

using web::Exchange;
using web::Html;
using namespace web::literals;

std::string last_used(Exchange& exchange, const SessionRow& session) {
  const auto& words = exchange.words();
  const auto ago = std::chrono::floor<std::chrono::minutes>(exchange.now - session.last_seen_at);
  if (ago < std::chrono::minutes{1}) return std::string(words.text("accounts.devices.used_now"));
  return words.text("accounts.devices.used_ago", {{"time", words.duration(ago)}});
}

web::StackedItem session_item(Exchange& exchange, const DevicesView& view, const SessionRow& session) {
  const auto& words = exchange.words();
  const bool is_this = session.id == exchange.visitor.session;
  const auto name = device_name(words, session.browser, session.system);
  web::StackedItem item;
  item.title(name);
  if (is_this) item.title(" "_html, web::tag(web::NoteKind::done, words.text("accounts.devices.this_one")));
  if (session.is_shared)
    item.title(" "_html, web::tag(web::NoteKind::needs_you, words.text("accounts.devices.shared")));
  item.detail(web::quiet(words.text(
                  "accounts.devices.signed_in",
                  {{"time", words.short_date_time(session.signed_in_at.value_or(Instant{}), exchange.time_zone())},
                   {"way", way_words(words, session.method)}})),
              web::quiet(last_used(exchange, session)));
  if (!session.network.empty() && !is_this) {
    item.detail(web::quiet(words.text(session.network == view.network_now ? "accounts.devices.same_network"
                                                                          : "accounts.devices.other_network")));
  }
  if (const auto place = place_in(session.place, words.tag()); !place.empty())
    item.detail(web::quiet(words.text("accounts.devices.near", {{"place", place}})));
  if (!is_this) {
    item.aside(web::row_form(exchange, "/account/devices/sign-out", "session", session.id.value,
                             words.text("accounts.devices.sign_out"), name));
  }
  return item;
}

Html sessions_section(Exchange& exchange, const DevicesView& view) {
  const auto& words = exchange.words();
  std::vector<web::StackedItem> items;
  for (const auto& session : view.sessions) {
    if (session.id == exchange.visitor.session) items.push_back(session_item(exchange, view, session));
  }
  for (const auto& session : view.sessions) {
    if (session.id != exchange.visitor.session) items.push_back(session_item(exchange, view, session));
  }
  Html inside;
  inside(web::stacked_list(items));
  if (items.size() > 1) {
    inside(web::post_form(exchange, "/account/devices/sign-out-elsewhere",
                          web::primary_button(words.text("accounts.devices.sign_out_elsewhere"))));
  } else {
    inside(web::quiet(words.text("accounts.devices.only_here")));
  }
  return web::section(words.text("accounts.devices.open_title"), inside, "open");
}

web::StackedItem device_item(Exchange& exchange, const DevicesView& view, const Device& device) {
  const auto& words = exchange.words();
  const auto name = device_name(words, device.browser, device.system);
  const auto day = [&](Instant at) { return words.long_date(catalogue::day_in_zone(at, exchange.time_zone())); };
  web::StackedItem item;
  item.title(name);
  if (device.id == view.this_device)
    item.title(" "_html, web::tag(web::NoteKind::done, words.text("accounts.devices.this_one")));
  item.detail(web::quiet(words.text("accounts.devices.last_sign_in", {{"date", day(device.signed_in_at)}})));
  const bool is_remembered = device.remembered_until && *device.remembered_until > exchange.now;
  if (is_remembered) {
    item.detail(web::quiet(words.text("accounts.devices.remembered_until", {{"date", day(*device.remembered_until)}})));
    item.aside(web::row_form(exchange, "/account/devices/stop-remembering", "device", device.id.value,
                             words.text("accounts.devices.stop_remembering"), name));
  }
  item.aside(web::row_form(exchange, "/account/devices/forget", "device", device.id.value,
                           words.text("accounts.devices.forget"), name));
  return item;
}

Html devices_section(Exchange& exchange, const DevicesView& view) {
  const auto& words = exchange.words();
  std::vector<web::StackedItem> items;
  for (const auto& device : view.devices) items.push_back(device_item(exchange, view, device));
  Html inside;
  inside(web::paragraph(words.text("accounts.devices.known_text")));
  if (items.empty())
    inside(web::quiet(words.text("accounts.devices.none_known")));
  else
    inside(web::stacked_list(items));
  return web::section(words.text("accounts.devices.known_title"), inside, "known");
}

Html done_flash(Exchange& exchange) {
  const auto what = exchange.query("done");
  const auto& words = exchange.words();
  const auto flash = [&](std::string_view key) { return web::flash(web::NoteKind::done, words.text(key)); };
  if (what == "signed-out") return flash("accounts.devices.done_signed_out");
  if (what == "signed-out-elsewhere") return flash("accounts.devices.done_signed_out_elsewhere");
  if (what == "forgotten") return flash("accounts.devices.done_forgotten");
  if (what == "not-remembered") return flash("accounts.devices.done_not_remembered");
  if (what == "over") return web::flash(web::NoteKind::information, words.text("accounts.devices.done_over"));
  return {};
}

}  // namespace

std::string device_name(const catalogue::Locale& words, std::string_view browser, std::string_view system) {
  if (browser.empty() && system.empty()) return std::string(words.text("accounts.devices.name_unknown"));
  if (browser.empty()) return words.text("accounts.devices.name_system", {{"system", system}});
  if (system.empty()) return std::string(browser);
  return words.text("accounts.devices.name", {{"browser", browser}, {"system", system}});
}

std::string_view way_words(const catalogue::Locale& words, std::string_view way) {
  const std::string key = fmt::format("accounts.way.{}", way);
  return words.has(key) ? words.text(key) : words.text("accounts.way.other");
}

web::Response devices_page(Exchange& exchange, const DevicesView& view) {
  const auto& words = exchange.words();
  const auto title = words.text("accounts.devices.title");
  Html main;
  main(done_flash(exchange), web::page_heading(title, words.text("accounts.devices.lead")),
       sessions_section(exchange, view), devices_section(exchange, view));
  main(web::section(
      words.text("accounts.devices.unknown_title"),
      Html{}(web::paragraph(words.text("accounts.devices.unknown_text")), "<p>"_html,
             web::link("/account/password", words.text("accounts.devices.change_password")), "</p><p>"_html,
             web::link("/account/activity", words.text("accounts.activity.title")), "</p>"_html),
      "unknown"));
  return web::render_page(exchange, {.title = std::string(title), .active_nav = "account"}, main);
}

}  // namespace waymark::accounts::pages
