#include "features/office/pages/search_pages.hpp"

#include "features/cases/working/case_looks.hpp"
#include "features/office/limits.hpp"
#include "features/office/routes.hpp"
#include "features/overview/case_words.hpp"
#include "web/csv.hpp"
#include "web/site.hpp"

namespace waymark::office::pages {
namespace {

using overview::CaseWords;
using web::Exchange;
using web::FormState;
using web::Html;
using web::NoteKind;
using namespace web::literals;

Html short_field(Exchange& exchange, const FormState& form, std::string_view name, std::string_view label, int most,
                 bool is_code = false) {
  return web::text_field(exchange, form,
                         {.name = name,
                          .label = exchange.words().text(label),
                          .autocomplete = "off",
                          .size_max = most,
                          .is_required = false,
                          .is_code = is_code});
}

// The attribute by which a script moves through the rows.
Html row_link(const web::Url& to, std::string_view label) {
  return Html{}("<a data-row-link href=\""_html, to, "\">"_html, label, "</a>"_html);
}

// A link for those who may open it.
Html case_link(const Exchange& exchange, const cases::CaseLine& line) {
  const auto& number = line.visible.receipt_number;
  return kMayOpenCases.has(exchange.visitor.seat->role) ? row_link(case_url(number), number) : web::code_text(number);
}

std::vector<Html> line_cells(Exchange& exchange, const CaseWords& words, const cases::CaseLine& line) {
  return {case_link(exchange, line), web::isolated(line.name), Html()(words.title(line.visible)),
          Html()(words.step_sentence(line.visible))};
}

std::vector<std::string> line_headings(Exchange& exchange) {
  const auto& words = exchange.words();
  return {std::string(words.text("cases.field.receipt_number")), std::string(words.text("office.field.person")),
          std::string(words.text("office.field.form")), std::string(words.text("office.field.stands"))};
}

Html people_section(Exchange& exchange, const Found& found) {
  const auto& words = exchange.words();
  const bool may_help = kMayRecover.has(exchange.visitor.seat->role);
  std::vector<web::StackedItem> items;
  for (const auto& person : found.people) {
    Html detail;
    detail(web::isolated(person.email));
    for (const auto& line : person.cases) detail("<br>"_html, case_link(exchange, line));
    items.push_back(
        {.title = may_help
                      ? web::link(web::Url("/office/people/").part(std::to_string(person.account.value)), person.name)
                      : web::isolated(person.name),
         .detail = std::move(detail),
         .aside = person.state == accounts::AccountState::active
                      ? Html{}
                      : web::tag(NoteKind::stop,
                                 words.text(catalogue::either(person.state == accounts::AccountState::locked,
                                                              "office.people.locked", "office.people.closed")))});
  }
  return web::section(words.text("office.results.people"), web::stacked_list(items), "people");
}

std::string waited(const CaseWords& words, const cases::Waiting& one, std::string_view zone) {
  return words.relative_day(catalogue::day_in_zone(one.since, zone));
}

web::Url queue_url(const cases::QueueAsked& asked) {
  web::Url url = web::Url("/office/queue").with("queue", cases::to_text(asked.queue));
  return asked.form.empty() ? url : url.with("form", asked.form);
}

Html queue_tabs(Exchange& exchange, const cases::QueueAsked& asked) {
  const auto& words = exchange.words();
  Html html;
  html("<nav class=\"tabs\" aria-label=\""_html, words.text("office.queue.tabs"), "\"><ul>"_html);
  for (const auto queue : cases::kQueues) {
    auto other = asked;
    other.queue = queue;
    html("<li><a href=\""_html, queue_url(other), "\""_html);
    if (queue == asked.queue) html(" aria-current=\"page\""_html);
    html(">"_html, words.text(fmt::format("office.queue.{}", cases::to_text(queue))), "</a></li>"_html);
  }
  html("</ul></nav>"_html);
  return html;
}

// By GET, so that a queue has an address to keep.
Html form_filter(Exchange& exchange, const cases::QueueAsked& asked) {
  const auto& words = exchange.words();
  Html html;
  html(
      "<form method=\"get\" action=\"/office/queue\" class=\"filter\"><input type=\"hidden\" name=\"queue\" value=\""_html,
      cases::to_text(asked.queue), "\"><label for=\"form-filter\">"_html, words.text("office.field.form"),
      "</label><select id=\"form-filter\" name=\"form\"><option value=\"\">"_html, words.text("office.queue.all_forms"),
      "</option>"_html);
  for (const auto& form : exchange.site.parts().catalogue.forms()) {
    html("<option value=\""_html, form.number, "\""_html);
    if (form.number == asked.form) html(" selected"_html);
    html(">"_html, form.number, " · "_html, form.short_title.in(words.tag()), "</option>"_html);
  }
  html("</select>"_html, web::secondary_button(words.text("office.queue.show")), "</form>"_html);
  return html;
}

}  // namespace

web::Url case_url(std::string_view receipt_number) { return web::Url("/office/cases/").part(receipt_number); }

Html reason_field(Exchange& exchange, const FormState& form) {
  const auto& words = exchange.words();
  std::vector<web::Choice> reasons;
  for (const auto reason : cases::kNamedReasons) {
    reasons.push_back(
        {.value = std::string(reason), .label = std::string(words.text(fmt::format("cases.look.reason.{}", reason)))});
  }
  return web::radio_field(
      exchange, form,
      {.name = "reason", .label = words.text("office.field.reason"), .hint = words.text("office.field.reason_hint")},
      reasons);
}

web::Response search_page(Exchange& exchange, const FormState& form) {
  const auto& words = exchange.words();
  const std::string title(words.text("office.search.title"));
  Html fields;
  fields(short_field(exchange, form, "receipt_number", "cases.field.receipt_number", 20, true), "<p class=\"or\">"_html,
         words.text("office.search.or"), "</p>"_html, short_field(exchange, form, "email", "office.field.email", 254),
         "<p class=\"or\">"_html, words.text("office.search.or_two"), "</p>"_html,
         short_field(exchange, form, "name", "office.search.name", 80),
         short_field(exchange, form, "second_name", "office.search.second_name", 80),
         web::date_field(exchange, form, "date_of_birth", words.text("office.search.date_of_birth"), "", ""),
         reason_field(exchange, form), web::primary_button(words.text("office.search.button")));
  Html main;
  main(web::error_summary(exchange, form), web::page_heading(title, words.text("office.search.lead")),
       web::post_form(exchange, "/office/search", fields));
  return web::render_page(exchange,
                          {.title = title, .active_nav = "office_search", .may_compress = false, .form = &form}, main);
}

web::Response results_page(Exchange& exchange, const Search& search, const Found& found) {
  const CaseWords words(exchange);
  const std::string title(words.text("office.results.title"));
  Html main;
  main(web::page_heading(
      title,
      words.text("office.results.lead", {{"reason", words.text(fmt::format("cases.look.reason.{}", search.reason))}})));
  if (found.is_cut) main(web::note(NoteKind::information, words.text("office.results.cut"), Html{}));
  if (found.cases.empty() && found.people.empty()) {
    main(web::empty_state(words.text("office.results.none"), web::paragraph(words.text("office.results.none_text"))));
  }
  if (!found.cases.empty()) {
    std::vector<std::vector<Html>> rows;
    for (const auto& line : found.cases) rows.push_back(line_cells(exchange, words, line));
    main(web::section(words.text("office.results.cases"),
                      web::table(words.text("office.results.cases"), line_headings(exchange), rows), "cases"));
  }
  if (!found.people.empty()) main(people_section(exchange, found));
  main("<p>"_html, web::link("/office/search", words.text("office.results.again")), "</p>"_html);
  return web::render_page(
      exchange, {.title = title, .active_nav = "office_search", .is_wide = true, .may_compress = false}, main);
}

web::Response queue_page(Exchange& exchange, const QueueShown& shown) {
  const CaseWords words(exchange);
  const std::string title(words.text("office.queue.title"));
  std::vector<std::vector<Html>> rows;
  for (const auto& one : shown.waiting) {
    rows.push_back({row_link(case_url(one.visible.receipt_number).with("queue", cases::to_text(shown.asked.queue)),
                             one.visible.receipt_number),
                    Html()(words.title(one.visible)), Html()(words.step_sentence(one.visible)),
                    Html()(waited(words, one, exchange.time_zone()))});
  }
  Html main;
  main(web::page_heading(title, words.text(fmt::format("office.queue.{}_text", cases::to_text(shown.asked.queue)))),
       queue_tabs(exchange, shown.asked), form_filter(exchange, shown.asked));
  if (rows.empty()) {
    main(web::empty_state(words.text("office.queue.empty"), Html{}));
  } else {
    main(
        web::table(title,
                   {std::string(words.text("cases.field.receipt_number")), std::string(words.text("office.field.form")),
                    std::string(words.text("office.field.stands")), std::string(words.text("office.field.since"))},
                   rows));
    Html ways;
    if (shown.has_more) {
      const auto& last = shown.waiting.back();
      ways(web::button_link(queue_url(shown.asked)
                                .with("after", std::to_string(to_millis(last.since)))
                                .with("after_receipt", last.visible.receipt_number),
                            words.text("office.queue.more"), false));
    }
    ways(web::link(queue_url(shown.asked).with("as", "csv"), words.text("office.queue.csv")));
    main(web::button_row(ways));
  }
  return web::render_page(exchange, {.title = title, .active_nav = "office_queue", .is_wide = true}, main);
}

web::Response queue_csv(Exchange& exchange, const QueueShown& shown) {
  const CaseWords words(exchange);
  web::Csv csv({std::string(words.text("cases.field.receipt_number")), std::string(words.text("office.field.form")),
                std::string(words.text("office.field.stands")), std::string(words.text("office.field.since"))});
  for (const auto& one : shown.waiting) {
    csv.add({one.visible.receipt_number, one.visible.form, words.step_sentence(one.visible), to_iso(one.since)});
  }
  return csv.response("queue.csv");
}

}  // namespace waymark::office::pages
