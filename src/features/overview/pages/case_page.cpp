#include "features/overview/pages/case_page.hpp"

#include "features/cases/case_urls.hpp"
#include "features/overview/case_steps.hpp"
#include "features/overview/case_words.hpp"
#include "features/overview/pages/case_sections.hpp"

namespace waymark::overview::pages {
namespace {

using cases::CasePicture;
using cases::VisibleCase;
using web::Exchange;
using web::Html;
using web::NoteKind;
using namespace web::literals;

// What stands above the heading: that it is another person's, or what just happened.
Html top_note(Exchange& exchange, const CaseWords& words, const VisibleCase& visible) {
  if (visible.role == cases::Role::helper) {
    return web::note(
        NoteKind::information, words.text("overview.helper.title"),
        web::paragraph(words.text(visible.helper_may_act ? "overview.helper.act" : "overview.helper.look")));
  }
  if (visible.representing != 0) {
    const std::string_view which = visible.looks_only ? "firm_look" : visible.by_firm ? "firm" : "representing";
    return web::note(NoteKind::information, words.text(fmt::format("overview.{}.title", which)),
                     web::paragraph(words.text(fmt::format("overview.{}.text", which))));
  }
  const auto connected = exchange.query("connected");
  if (connected == "before") return web::flash(NoteKind::information, words.text("overview.connected_before"));
  if (connected != "now") return {};
  return web::flash(NoteKind::done,
                    words.text("overview.connected_now", {{"role", words.part(visible.role, visible.as_guardian)}}));
}

Html facts(const CaseWords& words, const VisibleCase& visible) {
  return web::fact_list(
      {{std::string(words.text("cases.field.receipt_number")), web::code_text(visible.receipt_number)},
       {std::string(words.text("overview.fact.filed_on")), Html()(words.locale().long_date(visible.filed_on))},
       {std::string(words.text("overview.fact.role")), Html()(words.part(visible.role, visible.as_guardian))}});
}

Html where_it_stands(const CaseWords& words, const VisibleCase& visible) {
  Html html;
  html("<p class=\"lead\">"_html, words.step_sentence(visible));
  if (visible.state.stage_since) {
    html(". "_html, words.text("overview.since", {{"date", words.locale().long_date(*visible.state.stage_since)}}));
  }
  html("</p>"_html);
  if (visible.state.outcome) {
    const bool is_good = *visible.state.outcome == catalogue::Outcome::approved;
    html("<p>"_html, web::tag(is_good ? NoteKind::done : NoteKind::information, words.outcome(*visible.state.outcome)),
         "</p>"_html);
  }
  return html;
}

}  // namespace

web::Response case_page(Exchange& exchange, const VisibleCase& visible, const CasePicture& picture) {
  const CaseWords words(exchange);
  const auto title = words.title(visible);
  Html main(24 * 1024);
  main(top_note(exchange, words, visible), web::page_heading(title), where_it_stands(words, visible));

  Html body;
  body(asked_section(exchange, words, visible, picture), next_section(words, visible, picture, exchange.now),
       way_section(exchange, words, visible, picture), history_section(exchange, words, visible, picture));
  Html aside;
  aside(web::card(words.text("overview.section.facts"), facts(words, visible)),
        appointments_section(words, visible, picture, exchange.now), parties_section(words, visible, picture),
        actions_section(words, visible));
  main(web::columns(body, aside));
  main("<p>"_html, web::link("/cases", words.text("overview.back")), "</p>"_html);
  return web::render_page(exchange, {.title = title, .active_nav = "cases", .is_wide = true}, main);
}

}  // namespace waymark::overview::pages
