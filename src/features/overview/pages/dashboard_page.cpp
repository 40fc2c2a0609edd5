#include "features/overview/pages/dashboard_page.hpp"

#include "features/cases/case_urls.hpp"
#include "features/overview/case_words.hpp"

namespace waymark::overview::pages {
namespace {

using cases::VisibleAppointment;
using cases::VisibleCase;
using web::Exchange;
using web::Html;
using web::NoteKind;
using namespace web::literals;

// Past this many requests, the list says how many more there are: the cases below name each.
constexpr std::size_t kAskedShown = 5;
constexpr std::size_t kComingShown = 5;
// Up to so many cases have a box of their own; more are rows, so that twenty-five stay a page one can look over.
constexpr std::size_t kCardsMax = 8;

Html asked_cards(Exchange& exchange, const CaseWords& words, const Dashboard& dashboard) {
  Html cards;
  for (const auto* one : std::span(dashboard.asked).first(std::min(dashboard.asked.size(), kAskedShown))) {
    Html inside;
    if (one->evidence_due_on) inside("<p><strong>"_html, words.due(*one->evidence_due_on), "</strong></p>"_html);
    inside("<p class=\"quiet\">"_html, web::code_text(one->receipt_number), "</p>"_html,
           web::button_link(cases::page_url(*one).with("show", "asked"), words.text("overview.asked.see")));
    cards(web::needs_you_card(exchange, words.asked(*one, one->evidence_documents), inside));
  }
  if (dashboard.asked.size() > kAskedShown) {
    cards(web::paragraph(words.text("overview.asked.more",
                                    {{"count", static_cast<std::int64_t>(dashboard.asked.size() - kAskedShown)}})));
  }
  return cards;
}

Html coming_list(const CaseWords& words, const Dashboard& dashboard) {
  std::vector<web::StackedItem> items;
  for (const auto* one : std::span(dashboard.coming).first(std::min(dashboard.coming.size(), kComingShown))) {
    const auto& of = dashboard.case_of(*one);
    items.push_back(
        {.title = Html()("<strong>"_html, words.short_time(*one), "</strong>"_html),
         .detail = Html()("<p>"_html, words.appointment_kind(one->kind), ", "_html, words.place_name(one->place),
                          "</p><p>"_html, web::link(cases::page_url(of), words.title(of)), "</p>"_html)});
  }
  return web::stacked_list(items);
}

void add_tags(const CaseWords& words, const VisibleCase& one, Html& html) {
  if (!one.state.outcome) return;
  const bool is_good = *one.state.outcome == catalogue::Outcome::approved;
  html("<p>"_html, web::tag(is_good ? NoteKind::done : NoteKind::information, words.outcome(*one.state.outcome)),
       "</p>"_html);
}

void add_news(Exchange& exchange, const CaseWords& words, const VisibleCase& one, Html& html) {
  if (!one.state.last) return;
  const auto& last = *one.state.last;
  const std::string_view stage = last.stage ? std::string_view(*last.stage) : std::string_view();
  const auto what = words.event(one, last.kind, stage, one.evidence_documents, one.state.outcome);
  const auto when = words.relative_day(last.on);
  if (has_changed_since(one, exchange.visitor.previous_visit)) {
    html("<p>"_html, web::tag(NoteKind::information, words.text("overview.new")), " "_html,
         words.text("overview.changed", {{"when", when}, {"what", what}}), "</p>"_html);
  } else {
    html("<p class=\"quiet\">"_html, words.text("overview.changed", {{"when", when}, {"what", what}}), "</p>"_html);
  }
}

void add_place_on_way(Exchange& exchange, const CaseWords& words, const VisibleCase& one, Html& html) {
  const auto* form = words.find_form(one);
  if (form != nullptr && one.state.step > 0) {
    html(web::path_small(exchange, one.state.step, form->count_steps(), words.step_sentence(one)));
  } else {
    html(web::paragraph(words.stage_title(one)));
  }
}

Html case_card(Exchange& exchange, const CaseWords& words, const Dashboard& dashboard, const VisibleCase& one) {
  Html html(1024);
  html("<article class=\"card\"><h3>"_html, web::link(cases::page_url(one), words.title(one)),
       "</h3><p class=\"quiet\">"_html, web::code_text(one.receipt_number), " · "_html,
       words.part(one.role, one.as_guardian), "</p>"_html);
  add_place_on_way(exchange, words, one, html);
  add_tags(words, one, html);
  if (const auto* next = dashboard.find_next_appointment(one)) {
    html("<p>"_html,
         words.text("overview.next_appointment",
                    {{"when", words.short_time(*next)}, {"kind", words.appointment_kind(next->kind)}}),
         "</p>"_html);
  }
  add_news(exchange, words, one, html);
  html("</article>"_html);
  return html;
}

Html case_rows(Exchange& exchange, const CaseWords& words, const Dashboard& dashboard) {
  std::vector<web::StackedItem> items;
  items.reserve(dashboard.active.size());
  for (const auto* one : dashboard.active) {
    Html detail;
    detail("<p class=\"quiet\">"_html, web::code_text(one->receipt_number), "</p>"_html);
    add_place_on_way(exchange, words, *one, detail);
    Html aside;
    if (has_changed_since(*one, exchange.visitor.previous_visit)) {
      aside(web::tag(NoteKind::information, words.text("overview.new")));
    }
    items.push_back({.title = web::link(cases::page_url(*one), words.title(*one)),
                     .detail = std::move(detail),
                     .aside = std::move(aside)});
  }
  return web::stacked_list(items);
}

Html closed_list(const CaseWords& words, const Dashboard& dashboard) {
  std::vector<web::StackedItem> items;
  for (const auto* one : dashboard.closed) {
    Html detail;
    detail("<p class=\"quiet\">"_html, web::code_text(one->receipt_number));
    if (one->state.last) detail(" · "_html, words.locale().short_date(one->state.last->on));
    detail("</p>"_html);
    Html aside;
    if (one->state.outcome) {
      const bool is_good = *one->state.outcome == catalogue::Outcome::approved;
      aside(web::tag(is_good ? NoteKind::done : NoteKind::information, words.outcome(*one->state.outcome)));
    }
    items.push_back({.title = web::link(cases::page_url(*one), words.title(*one)),
                     .detail = std::move(detail),
                     .aside = std::move(aside)});
  }
  return web::explanation(
      words.text("overview.closed", {{"count", static_cast<std::int64_t>(dashboard.closed.size())}}),
      web::stacked_list(items));
}

Html nothing_yet(const CaseWords& words) {
  return web::empty_state(
      words.text("overview.empty.title"),
      Html()(web::paragraph(words.text("overview.empty.text")), "<ul><li>"_html,
             words.text("overview.empty.receipt_number"), "</li><li>"_html, words.text("overview.empty.access_code"),
             "</li><li>"_html, words.text("overview.empty.proof"), "</li></ul>"_html,
             web::button_link("/cases/connect", words.text("overview.connect")), "<p>"_html,
             words.text("overview.empty.no_letter"), " "_html,
             web::link("/cases/connect/new-code", words.text("overview.empty.post_code")), "</p>"_html));
}

Html all_cases(Exchange& exchange, const CaseWords& words, const Dashboard& dashboard) {
  Html active;
  if (dashboard.active.size() > kCardsMax) {
    active(case_rows(exchange, words, dashboard));
  } else {
    for (const auto* one : dashboard.active) active(case_card(exchange, words, dashboard, *one));
  }
  if (dashboard.active.empty()) active(web::paragraph(words.text("overview.no_active")));
  Html main;
  main(asked_cards(exchange, words, dashboard));
  if (!dashboard.coming.empty())
    main(web::card(words.text("overview.coming"), coming_list(words, dashboard), "coming"));
  main(web::section(words.text("overview.your_cases"), active, "cases"));
  if (!dashboard.closed.empty()) main(closed_list(words, dashboard));

  Html aside;
  aside(web::card(words.text("overview.another"),
                  Html()(web::quiet(words.text("overview.another_text")),
                         web::button_link("/cases/connect", words.text("overview.connect"), false))));
  return web::columns(main, aside);
}

std::string lead(const CaseWords& words, const Dashboard& dashboard) {
  if (dashboard.all.cases.empty()) return {};
  if (dashboard.asked.empty()) return std::string(words.text("overview.nothing_asked"));
  return words.text("overview.something_asked", {{"count", static_cast<std::int64_t>(dashboard.asked.size())}});
}

}  // namespace

web::Response dashboard_page(Exchange& exchange, const Dashboard& dashboard, const Html& notes) {
  const CaseWords words(exchange);
  Html main(16 * 1024);
  if (exchange.query("disconnected") == "now") main(web::flash(NoteKind::done, words.text("overview.disconnected")));
  main(web::page_heading(words.greeting(), lead(words, dashboard)), notes);
  if (dashboard.all.cases.empty()) {
    main(nothing_yet(words));
  } else {
    main(all_cases(exchange, words, dashboard));
  }
  return web::render_page(exchange,
                          {.title = std::string(words.text("overview.your_cases")),
                           .active_nav = "cases",
                           .is_wide = !dashboard.all.cases.empty()},
                          main);
}

}  // namespace waymark::overview::pages
