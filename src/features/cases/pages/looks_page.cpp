#include "features/cases/pages/looks_page.hpp"

#include "catalogue/words.hpp"
#include "features/cases/case_urls.hpp"

namespace waymark::cases::pages {
namespace {

using web::Exchange;
using web::Html;
using namespace web::literals;

// An act's own name could tell a reader of the dates alone what the history may not tell them.
std::string_view shown_what(const LookRow& look) { return is_look(look.what) ? std::string_view(look.what) : "act"; }

struct Line {
  Date day{};
  const LookRow* look = nullptr;
  std::string_view what;
  int times = 0;
};

std::vector<Line> gather(const Exchange& exchange, const std::vector<LookRow>& looks) {
  std::vector<Line> lines;
  for (const auto& look : looks) {
    const auto day = catalogue::day_in_zone(look.at, exchange.time_zone());
    const auto what = shown_what(look);
    const auto same = std::ranges::find_if(lines, [&](const Line& line) {
      return line.day == day && line.what == what && line.look->role == look.role && line.look->unit == look.unit &&
             line.look->reason == look.reason;
    });
    if (same == lines.end())
      lines.push_back({day, &look, what, 1});
    else
      ++same->times;
  }
  return lines;
}

Html guests_section(Exchange& exchange, const std::vector<ShownGuestLook>& looks) {
  if (looks.empty()) return {};
  const auto& words = exchange.words();
  struct Day {
    Date day{};
    const ShownGuestLook* look = nullptr;
    int times = 0;
  };
  std::vector<Day> days;
  for (const auto& look : looks) {
    const auto day = catalogue::day_in_zone(look.hour, exchange.time_zone());
    const auto same =
        std::ranges::find_if(days, [&](const Day& one) { return one.day == day && one.look->who == look.who; });
    if (same == days.end())
      days.push_back({day, &look, 1});
    else
      ++same->times;
  }
  std::vector<std::vector<Html>> rows;
  for (const auto& one : days) {
    Html what;
    what(words.text("cases.look.what.case"));
    if (one.times > 1) what(" "_html, words.text("cases.looks.times", {{"count", std::int64_t{one.times}}}));
    rows.push_back({Html()(words.long_date(one.day)), web::isolated(one.look->who), std::move(what)});
  }
  const auto title = words.text("cases.looks.helpers_title");
  return web::table(title,
                    {std::string(words.text("cases.looks.when")), std::string(words.text("cases.looks.who")),
                     std::string(words.text("cases.looks.what"))},
                    rows);
}

}  // namespace

web::Response looks_page(Exchange& exchange, const VisibleCase& visible, const std::vector<LookRow>& looks,
                         const std::vector<ShownGuestLook>& guest_looks) {
  const auto& words = exchange.words();
  const std::string title(words.text("cases.looks.title"));
  Html main;
  main(web::page_heading(title, words.text("cases.looks.lead")), "<p>"_html, web::code_text(visible.receipt_number),
       "</p>"_html);
  std::vector<std::vector<Html>> rows;
  for (const auto& line : gather(exchange, looks)) {
    Html what;
    what(words.text(fmt::format("cases.look.what.{}", line.what)));
    if (line.times > 1) what(" "_html, words.text("cases.looks.times", {{"count", std::int64_t{line.times}}}));
    rows.push_back(
        {Html()(words.long_date(line.day)),
         Html()(words.text("cases.seat",
                           {{"role", words.text(fmt::format("cases.seat.{}", web::to_text(line.look->role)))},
                            {"unit", line.look->unit}})),
         Html()(words.text(fmt::format("cases.look.reason.{}", line.look->reason))), std::move(what)});
  }
  if (rows.empty()) {
    main(web::empty_state(words.text("cases.looks.none"), web::paragraph(words.text("cases.looks.none_text"))));
  } else {
    main(web::table(title,
                    {std::string(words.text("cases.looks.when")), std::string(words.text("cases.looks.who")),
                     std::string(words.text("cases.looks.why")), std::string(words.text("cases.looks.what"))},
                    rows));
  }
  main(guests_section(exchange, guest_looks),
       web::explanation(words.text("cases.looks.why_title"), web::paragraph(words.text("cases.looks.why_text"))),
       "<p>"_html, web::link(case_url(visible.receipt_number), words.text("cases.looks.back")), "</p>"_html);
  return web::render_page(exchange, {.title = title, .active_nav = "cases", .is_wide = true}, main);
}

}  // namespace waymark::cases::pages
