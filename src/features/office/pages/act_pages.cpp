// The forms of what an officer can do to a case.
#include "features/office/pages/case_pages.hpp"
#include "features/office/pages/search_pages.hpp"
#include "features/overview/case_words.hpp"
#include "web/site.hpp"

namespace waymark::office::pages {
namespace {

using overview::CaseWords;
using web::Exchange;
using web::FormState;
using web::Html;
using web::NoteKind;
using namespace web::literals;

FormState with_today(Exchange& exchange, const FormState& form, std::string_view name) {
  FormState filled = form;
  const auto today = catalogue::day_in_zone(exchange.now, exchange.brand().time_zone);
  const auto put = [&](std::string_view part, std::string value) {
    const auto field = fmt::format("{}_{}", name, part);
    if (!filled.typed.has(field)) filled.typed.set(field, std::move(value));
  };
  put("day", fmt::format("{}", static_cast<unsigned>(today.day())));
  put("month", fmt::format("{}", static_cast<unsigned>(today.month())));
  put("year", fmt::format("{}", static_cast<int>(today.year())));
  return filled;
}

Html happened_on(Exchange& exchange, const FormState& form) {
  return web::date_field(exchange, with_today(exchange, form, "occurred_on"), "occurred_on",
                         exchange.words().text("office.field.occurred_on"), "", "");
}

Html text_fields(Exchange& exchange, const FormState& form, bool is_required) {
  const auto& words = exchange.words();
  return Html{}(web::text_area_field(exchange, form,
                                     {.name = "text_en",
                                      .label = words.text("office.field.text_en"),
                                      .hint = words.text("office.field.text_hint"),
                                      .size_max = static_cast<int>(kActTextMax),
                                      .is_required = is_required}),
                web::text_area_field(exchange, form,
                                     {.name = "text_es",
                                      .label = words.text("office.field.text_es"),
                                      .size_max = static_cast<int>(kActTextMax),
                                      .is_required = false}));
}

Html select(Exchange& exchange, const FormState& form, std::string_view name, std::string_view label,
            const std::vector<web::Choice>& choices) {
  return web::select_field(exchange, form, {.name = name, .label = exchange.words().text(label)}, choices);
}

Html moment_fields(Exchange& exchange, const FormState& form, bool is_required) {
  const auto& words = exchange.words();
  return Html{}(web::date_field(exchange, form, "day", words.text("office.field.day"), "", ""),
                web::text_field(exchange, form,
                                {.name = "time",
                                 .label = words.text("office.field.time"),
                                 .hint = words.text("office.field.time_hint"),
                                 .autocomplete = "off",
                                 .size_max = 5,
                                 .width = "xs",
                                 .is_required = is_required}));
}

Html outcome_field(Exchange& exchange, const CaseWords& words, const FormState& form, bool is_required) {
  std::vector<web::Choice> choices;
  if (!is_required) choices.push_back({"", std::string(words.text("office.field.outcome_as_decided"))});
  for (const auto outcome : {catalogue::Outcome::approved, catalogue::Outcome::denied, catalogue::Outcome::withdrawn,
                             catalogue::Outcome::administratively_closed})
    choices.push_back({std::string(cases::to_text(outcome)), std::string(words.outcome(outcome))});
  return web::radio_field(exchange, form, {.name = "outcome", .label = words.text("office.field.outcome")}, choices);
}

struct ActForm {
  Exchange& exchange;
  const CaseWords& words;
  const FormState& form;
  const cases::OfficeCase& of;
  const cases::CasePicture& picture;
};

std::string event_words(const ActForm& act, const cases::HistoryEntry& entry) {
  const auto& event = entry.event;
  const std::string_view stage = event.stage ? std::string_view(*event.stage) : std::string_view();
  return fmt::format("{} · {}", act.words.locale().long_date(event.occurred_on),
                     act.words.event(act.of.visible, event.kind, stage, event.documents, event.outcome));
}

Html stage_fields(const ActForm& act) {
  std::vector<web::Choice> stages;
  if (const auto* form = act.words.find_form(act.of.visible)) {
    for (const auto& stage : form->stages)
      stages.push_back({stage.name, std::string(stage.title.in(act.words.locale().tag()))});
  }
  return Html{}(select(act.exchange, act.form, "stage", "office.field.stage", stages),
                happened_on(act.exchange, act.form), text_fields(act.exchange, act.form, false));
}

Html request_fields(const ActForm& act) {
  const auto& words = act.words;
  return Html{}(
      web::text_area_field(act.exchange, act.form,
                           {.name = "items_en",
                            .label = words.text("office.field.items_en"),
                            .hint = words.text("office.field.items_hint")}),
      web::text_area_field(act.exchange, act.form,
                           {.name = "items_es", .label = words.text("office.field.items_es"), .is_required = false}),
      web::date_field(act.exchange, act.form, "due_on", words.text("office.field.due_on"),
                      words.text("office.field.due_on_hint"), ""),
      text_fields(act.exchange, act.form, false));
}

Html received_fields(const ActForm& act) {
  std::vector<web::Choice> requests;
  for (const auto& request : act.picture.requests) {
    if (request.answered_on) continue;
    requests.push_back(
        {std::to_string(request.sequence),
         act.words.text("office.act.request_of", {{"date", act.words.locale().long_date(request.requested_on)},
                                                  {"count", std::int64_t{request.documents}}})});
  }
  return Html{}(select(act.exchange, act.form, "answers", "office.field.answers", requests),
                happened_on(act.exchange, act.form), text_fields(act.exchange, act.form, false));
}

Html appointment_fields(const ActForm& act) {
  std::vector<web::Choice> kinds, places;
  for (const auto kind :
       {cases::AppointmentKind::biometrics, cases::AppointmentKind::interview, cases::AppointmentKind::oath})
    kinds.push_back({std::string(to_text(kind)), std::string(act.words.appointment_kind(kind))});
  for (const auto& place : act.exchange.site.parts().catalogue.places()) places.push_back({place.id, place.name});
  return Html{}(select(act.exchange, act.form, "kind", "office.field.kind", kinds),
                select(act.exchange, act.form, "place", "office.field.place", places),
                moment_fields(act.exchange, act.form, true));
}

Html change_fields(const ActForm& act) {
  std::vector<web::Choice> standing, states;
  for (const auto& one : act.picture.appointments) {
    if (one.state != cases::AppointmentState::scheduled && one.state != cases::AppointmentState::rescheduled) continue;
    standing.push_back({std::to_string(one.id.value),
                        fmt::format("{} · {}", act.words.appointment_kind(one.kind), act.words.short_time(one))});
  }
  for (const auto state : {cases::AppointmentState::rescheduled, cases::AppointmentState::cancelled,
                           cases::AppointmentState::kept, cases::AppointmentState::missed})
    states.push_back({std::string(to_text(state)),
                      std::string(act.words.text(fmt::format("office.appointment.{}", to_text(state))))});
  return Html{}(select(act.exchange, act.form, "appointment", "office.field.appointment", standing),
                web::radio_field(act.exchange, act.form,
                                 {.name = "state", .label = act.words.text("office.field.what_happened")}, states),
                "<fieldset><legend>"_html, act.words.text("office.field.new_time"), "</legend>"_html,
                moment_fields(act.exchange, act.form, false), "</fieldset>"_html);
}

Html correction_fields(const ActForm& act) {
  std::vector<web::Choice> events;
  for (auto entry = act.picture.history.rbegin(); entry != act.picture.history.rend(); ++entry) {
    if (cases::may_be_corrected(entry->event.kind) && !entry->is_corrected)
      events.push_back({std::to_string(entry->event.sequence), event_words(act, *entry)});
  }
  return Html{}(select(act.exchange, act.form, "event", "office.field.event", events),
                text_fields(act.exchange, act.form, false));
}

Html fields_of(Act kind, const ActForm& act) {
  switch (kind) {
    case Act::note:
      return Html{}(happened_on(act.exchange, act.form), text_fields(act.exchange, act.form, true));
    case Act::evidence_request:
      return request_fields(act);
    case Act::evidence_received:
      return received_fields(act);
    case Act::appointment:
      return appointment_fields(act);
    case Act::appointment_change:
      return change_fields(act);
    case Act::stage:
      return stage_fields(act);
    case Act::decision:
    case Act::closure:
      return Html{}(
          outcome_field(act.exchange, act.words, act.form, kind == Act::decision || !act.of.visible.state.outcome),
          happened_on(act.exchange, act.form), text_fields(act.exchange, act.form, false));
    case Act::reopening:
      return Html{}(happened_on(act.exchange, act.form), text_fields(act.exchange, act.form, false));
    case Act::correction:
      break;
  }
  return correction_fields(act);
}

}  // namespace

web::Response act_page(Exchange& exchange, const FormState& form, Act act, const cases::OfficeCase& of,
                       const cases::CasePicture& picture) {
  const CaseWords words(exchange);
  const auto receipt_number = of.visible.receipt_number;
  const std::string title(words.text(fmt::format("office.act.{}", to_text(act))));
  Html fields;
  // What the officer sees now: after a refusal because somebody was quicker, sending again means having seen that.
  fields("<input type=\"hidden\" name=\"version\" value=\""_html, of.version, "\">"_html,
         fields_of(act, {exchange, words, form, of, picture}), web::primary_button(title));
  Html main;
  main(web::error_summary(exchange, form));
  if (form.error_at("version") != nullptr) {
    Html news;
    if (!picture.history.empty())
      news(web::paragraph(event_words({exchange, words, form, of, picture}, picture.history.back())));
    news("<p>"_html, web::link(case_url(receipt_number), words.text("office.act.see_case")), "</p>"_html);
    main("<div id=\"version\">"_html, web::note(NoteKind::needs_you, words.text("office.act.changed"), news),
         "</div>"_html);
  }
  main(web::page_heading(title, fmt::format("{} · {} · {}", receipt_number, words.title(of.visible),
                                            words.step_sentence(of.visible))),
       web::post_form(exchange, act_url(receipt_number, act), fields), "<p>"_html,
       web::link(case_url(receipt_number), words.text("office.act.back")), "</p>"_html);
  return web::render_page(exchange,
                          {.title = title, .active_nav = "office_queue", .may_compress = false, .form = &form}, main);
}

}  // namespace waymark::office::pages
