#include "features/help/pages/opening_parts.hpp"

namespace waymark::help::pages {
namespace {

using web::Exchange;
using web::Html;
using namespace web::literals;

constexpr std::size_t kHolidaysShown = 4;

std::string hours_of(const Exchange& exchange, Date day, const catalogue::OpenSpan& span) {
  const auto& words = exchange.words();
  const auto& zone = exchange.brand().phone_hours_zone;
  if (span.is_closed()) return std::string(words.text("help.contact.closed"));
  const auto at = [&](int minutes) {
    // A clock shows the day's end as its beginning.
    const int clock = minutes % (24 * 60);
    return words.time(catalogue::instant_in_zone(day, clock / 60, clock % 60, zone), zone);
  };
  const auto from = at(span.opens);
  const auto until = at(span.closes);
  return words.text("help.contact.hours", {{"from", std::string_view(from)}, {"until", std::string_view(until)}});
}

Html list_holidays(const Exchange& exchange, Date today) {
  const auto& words = exchange.words();
  Html list;
  std::size_t shown = 0;
  for (const auto& holiday : exchange.brand().opening_hours.holidays) {
    if (holiday.day < today || shown == kHolidaysShown) continue;
    if (shown++ == 0) list("<h3>"_html, words.text("help.contact.holidays"), "</h3><ul>"_html);
    list("<li>"_html, words.long_date(holiday.day), ": "_html, holiday.name.in(words.tag()), "</li>"_html);
  }
  if (shown > 0) list("</ul>"_html);
  return list;
}

}  // namespace

std::string time_span(const catalogue::Locale& words, Instant from, Instant until, std::string_view zone) {
  const auto day = words.long_date(catalogue::day_in_zone(from, zone));
  const auto begins = words.time(from, zone);
  const auto ends = words.time(until, zone);
  return words.text(
      "help.contact.day_hours",
      {{"day", std::string_view(day)}, {"from", std::string_view(begins)}, {"until", std::string_view(ends)}});
}

Html opening_note(Exchange& exchange) {
  const auto& words = exchange.words();
  const auto& brand = exchange.brand();
  if (brand.opening_hours.empty()) return {};
  const auto opening = catalogue::opening_at(brand.opening_hours, exchange.now, brand.phone_hours_zone);
  if (opening.is_open) {
    const auto until = words.time(*opening.closes_at, brand.phone_hours_zone);
    return web::note(web::NoteKind::done, words.text("help.contact.open_now"),
                     web::paragraph(words.text("help.contact.open_until", {{"time", std::string_view(until)}})));
  }
  const auto heading = opening.holiday == nullptr ? std::string(words.text("help.contact.closed_now"))
                                                  : words.text("help.contact.closed_today",
                                                               {{"holiday", opening.holiday->name.in(words.tag())}});
  Html next;
  if (opening.opens_next_at) {
    const auto time = words.long_date_time(*opening.opens_next_at, brand.phone_hours_zone);
    next(web::paragraph(words.text("help.contact.opens_next", {{"time", std::string_view(time)}})));
  }
  return web::note(web::NoteKind::information, heading, next);
}

Html opening_hours(Exchange& exchange) {
  const auto& words = exchange.words();
  const auto& brand = exchange.brand();
  if (brand.opening_hours.empty()) return {};
  const Date today = catalogue::day_in_zone(exchange.now, brand.phone_hours_zone);
  std::vector<web::Fact> days;
  for (std::size_t weekday = 0; weekday < std::size(catalogue::kWeekdays); ++weekday) {
    days.push_back({std::string(words.text(fmt::format("help.weekday.{}", catalogue::kWeekdays[weekday]))),
                    Html{}(hours_of(exchange, today, brand.opening_hours.by_weekday[weekday]))});
  }
  const auto place = words.zone_place(brand.phone_hours_zone);
  return web::section(
      words.text("help.contact.hours_title"),
      Html{}(web::fact_list(days), web::quiet(words.text("help.contact.zone", {{"place", std::string_view(place)}})),
             list_holidays(exchange, today)));
}

}  // namespace waymark::help::pages
