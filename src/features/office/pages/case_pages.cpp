#include "features/office/pages/case_pages.hpp"

#include <algorithm>

#include "features/office/pages/entry_pages.hpp"
#include "features/office/pages/search_pages.hpp"
#include "features/overview/case_words.hpp"
#include "features/overview/pages/case_sections.hpp"
#include "web/site.hpp"

namespace waymark::office::pages {
namespace {

using overview::CaseWords;
using web::Exchange;
using web::FormState;
using web::Html;
using web::NoteKind;
using namespace web::literals;

constexpr std::size_t kLooksShown = 8;

Html party_detail(Exchange& exchange, const cases::OfficeParty& party) {
  const auto& words = exchange.words();
  Html html;
  for (const auto& line : party.address) html(line, "<br>"_html);
  if (!party.email.empty()) html(web::isolated(party.email), "<br>"_html);
  html(words.text("office.party.language", {{"language", party.language}}), "<br>"_html);
  html(party.connected_at
           ? words.text("office.party.connected",
                        {{"date", words.long_date(catalogue::day_in_zone(*party.connected_at, exchange.time_zone()))}})
           : std::string(words.text("office.party.not_connected")));
  if (party.letter_requested_at) {
    html("<br>"_html,
         words.text(
             "office.party.letter",
             {{"date", words.long_date(catalogue::day_in_zone(*party.letter_requested_at, exchange.time_zone()))}}));
  }
  return html;
}

Html parties_section(Exchange& exchange, const CaseWords& words, const cases::OfficeCase& of) {
  std::vector<web::StackedItem> items;
  for (const auto& party : of.parties) {
    Html title;
    title(web::isolated(party.name), " · "_html, words.part(party.role, party.guardian_of.has_value()));
    items.push_back(
        {.title = std::move(title),
         .detail = party_detail(exchange, party),
         .aside = party.is_present ? Html{} : web::tag(NoteKind::information, words.text("office.party.former"))});
  }
  return web::card(words.text("office.case.parties"), web::stacked_list(items), "parties");
}

Html representative_detail(Exchange& exchange, const cases::GuestRepresentative& one) {
  const auto& words = exchange.words();
  const auto since = words.long_date(catalogue::day_in_zone(one.since, exchange.time_zone()));
  Html html;
  html(words.text(fmt::format("cases.representative_kind.{}", to_text(one.of.kind))), " · "_html,
       web::isolated(one.of.organisation), "<br>"_html, words.text("cases.representative.since", {{"date", since}}));
  if (!one.firm.empty()) {
    html("<br>"_html,
         words.text("office.guests.firm", {{"firm", one.firm}, {"count", static_cast<std::int64_t>(one.members)}}));
  }
  return html;
}

// Who sees the case beside its parties. Nothing when nobody does.
Html guests_section(Exchange& exchange, const CaseShown& shown) {
  const auto& words = exchange.words();
  std::vector<web::StackedItem> items;
  for (std::size_t index = 0; index < shown.guests.representatives.size(); ++index) {
    items.push_back({.title = Html{}(web::isolated(shown.representatives[index])),
                     .detail = representative_detail(exchange, shown.guests.representatives[index])});
  }
  for (const auto& helper : shown.guests.helpers) {
    const auto last = catalogue::day_in_zone(helper.ends_at - std::chrono::seconds{1}, exchange.brand().time_zone);
    Html detail;
    detail(words.text("cases.helpers.until",
                      {{"may", words.text(helper.may_act ? "cases.helpers.may_act" : "cases.helpers.may_look")},
                       {"date", words.long_date(last)}}));
    if (!helper.has_accepted) detail("<br>"_html, words.text("cases.helpers.waiting"));
    items.push_back({.title = Html()(words.text("office.guests.helper")), .detail = std::move(detail)});
  }
  for (const auto facet : shown.guests.consented) {
    items.push_back({.title = Html()(words.text("office.guests.consent")),
                     .detail = Html()(words.text(fmt::format("cases.consent.what.{}", to_text(facet))))});
  }
  return items.empty() ? Html{} : web::card(words.text("office.guests.title"), web::stacked_list(items), "guests");
}

Html acts_section(Exchange& exchange, const CaseShown& shown) {
  const auto& words = exchange.words();
  if (exchange.visitor.seat->role != web::OfficeRole::case_officer)
    return web::card(words.text("office.case.acts"), web::paragraph(words.text("office.case.no_acts")), "acts");
  Html list;
  list("<ul class=\"acts\">"_html);
  for (const auto act : kActs) {
    if (!is_possible(act, shown.of, shown.picture)) continue;
    list("<li>"_html,
         web::link(act_url(shown.of.visible.receipt_number, act),
                   words.text(fmt::format("office.act.{}", to_text(act)))),
         "</li>"_html);
  }
  list("</ul>"_html);
  return web::card(words.text("office.case.acts"), list, "acts");
}

std::string when_of(const Exchange& exchange, Instant at) {
  return exchange.words().short_date_time(at, exchange.time_zone());
}

std::string look_words(const Exchange& exchange, const cases::LookRow& look) {
  const auto& words = exchange.words();
  return std::string(words.text(cases::is_look(look.what) ? fmt::format("cases.look.what.{}", look.what)
                                                          : fmt::format("office.done.{}", look.what)));
}

Html looks_section(Exchange& exchange, const CaseShown& shown) {
  const auto& words = exchange.words();
  std::vector<web::TimelineEntry> entries;
  for (const auto& look : shown.looks) {
    if (entries.size() == kLooksShown) break;
    entries.push_back({.when = when_of(exchange, look.at),
                       .machine_when = to_iso(look.at),
                       .title = look_words(exchange, look),
                       .text = std::string(words.text(fmt::format("cases.look.reason.{}", look.reason))),
                       .who = seat_words(exchange, look.role, look.unit)});
  }
  return web::card(words.text("office.case.looks"),
                   entries.empty() ? web::quiet(words.text("office.case.no_looks")) : web::timeline(entries), "looks");
}

Html facts(const CaseWords& words, const CaseShown& shown) {
  const auto& visible = shown.of.visible;
  return web::fact_list(
      {{std::string(words.text("cases.field.receipt_number")), web::code_text(visible.receipt_number)},
       {std::string(words.text("overview.fact.filed_on")), Html()(words.locale().long_date(visible.filed_on))},
       {std::string(words.text("office.case.version")), Html()(shown.of.version)}});
}

}  // namespace

web::Url act_url(std::string_view receipt_number, Act act) {
  return web::Url::local_or(case_url(receipt_number).text() + "/act/" + std::string(to_text(act)), "/office");
}

std::string seat_words(const Exchange& exchange, web::OfficeRole role, std::string_view unit) {
  return exchange.words().text("office.seat", {{"role", role_words(exchange, role)}, {"unit", unit}});
}

web::Response case_page(Exchange& exchange, const CaseShown& shown) {
  const CaseWords words(exchange);
  const auto& visible = shown.of.visible;
  const auto title = fmt::format("{} · {}", visible.receipt_number, words.title(visible));
  Html main(24 * 1024);
  if (exchange.query("done") == "yes") main(web::flash(NoteKind::done, words.text("office.case.done")));
  main(web::page_heading(title, words.step_sentence(visible)),
       web::quiet(words.text("office.case.reason",
                             {{"reason", words.text(fmt::format("cases.look.reason.{}", shown.reason))}})));
  Html body;
  body(overview::pages::asked_section(exchange, words, visible, shown.picture),
       overview::pages::history_section(exchange, words, visible, shown.picture),
       overview::pages::way_section(exchange, words, visible, shown.picture));
  Html aside;
  aside(acts_section(exchange, shown), parties_section(exchange, words, shown.of), guests_section(exchange, shown),
        web::card(words.text("overview.section.facts"), facts(words, shown)),
        overview::pages::appointments_section(words, visible, shown.picture, exchange.now),
        looks_section(exchange, shown));
  main(web::columns(body, aside));
  return web::render_page(exchange, {.title = title, .active_nav = "office_queue", .is_wide = true}, main);
}

web::Response why_page(Exchange& exchange, const FormState& form, std::string_view receipt_number) {
  const auto& words = exchange.words();
  const std::string title(words.text("office.why.title"));
  Html main;
  main(web::error_summary(exchange, form), web::page_heading(title, words.text("office.why.lead")),
       web::post_form(exchange, web::Url::local_or(case_url(receipt_number).text() + "/look", "/office"),
                      Html{}(reason_field(exchange, form), web::primary_button(words.text("office.why.button")))));
  return web::render_page(exchange,
                          {.title = title, .active_nav = "office_search", .may_compress = false, .form = &form}, main);
}

web::Response looks_page(Exchange& exchange, const FormState& form, std::string_view receipt_number,
                         const std::vector<cases::LookRow>& looks,
                         const std::vector<std::pair<OfficerId, std::string>>& names) {
  const auto& words = exchange.words();
  const std::string title(words.text("office.looks.title"));
  Html main;
  main(web::error_summary(exchange, form), web::page_heading(title, words.text("office.looks.lead")),
       web::post_form(exchange, "/office/looks",
                      Html{}(web::text_field(exchange, form,
                                             {.name = "receipt_number",
                                              .label = words.text("cases.field.receipt_number"),
                                              .autocomplete = "off",
                                              .size_max = 20,
                                              .is_code = true,
                                              .value = receipt_number}),
                             web::primary_button(words.text("office.looks.button")))));
  if (!receipt_number.empty() && !form.failed()) {
    std::vector<std::vector<Html>> rows;
    for (const auto& look : looks) {
      const auto name = std::ranges::find(names, look.officer, [](const auto& one) { return one.first; });
      rows.push_back({Html()(when_of(exchange, look.at)), name == names.end() ? Html() : web::isolated(name->second),
                      Html()(seat_words(exchange, look.role, look.unit)),
                      Html()(words.text(fmt::format("cases.look.reason.{}", look.reason))),
                      Html()(look_words(exchange, look))});
    }
    main(rows.empty()
             ? web::empty_state(words.text("office.looks.none"), Html{})
             : web::table(
                   title,
                   {std::string(words.text("office.field.when")), std::string(words.text("office.field.name")),
                    std::string(words.text("office.field.seat")), std::string(words.text("office.field.reason_short")),
                    std::string(words.text("office.field.what"))},
                   rows));
  }
  return web::render_page(
      exchange, {.title = title, .active_nav = "office_looks", .is_wide = true, .may_compress = false, .form = &form},
      main);
}

}  // namespace waymark::office::pages
