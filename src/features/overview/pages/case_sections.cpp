#include "features/overview/pages/case_sections.hpp"

#include <algorithm>

#include "features/overview/case_steps.hpp"
#include "web/site.hpp"

namespace waymark::overview::pages {
namespace {

using cases::CasePicture;
using cases::EventKind;
using cases::Facet;
using cases::VisibleCase;
using web::Exchange;
using web::Html;
using web::MarkState;
using namespace web::literals;

const cases::EventDetails* find_details(const CasePicture& picture, std::int64_t sequence) {
  const auto entry = std::ranges::find_if(
      picture.history, [&](const cases::HistoryEntry& one) { return one.event.sequence == sequence; });
  return entry == picture.history.end() ? nullptr : &entry->details;
}

Html request_card(Exchange& exchange, const CaseWords& words, const VisibleCase& visible, const CasePicture& picture,
                  const cases::EvidenceRequest& request) {
  Html inside;
  if (request.due_on) inside("<p><strong>"_html, words.due(*request.due_on), "</strong></p>"_html);
  const auto* details = find_details(picture, request.sequence);
  if (details != nullptr && !details->items.empty()) {
    inside("<ul>"_html);
    for (const auto& item : details->items) {
      inside("<li>"_html, cases::text_in(item, words.locale().tag()), "</li>"_html);
    }
    inside("</ul>"_html);
  } else {
    inside(web::paragraph(words.text("overview.asked.on_notice")));
  }
  if (details != nullptr && !details->text.empty()) {
    inside(web::paragraph(cases::text_in(details->text, words.locale().tag())));
  }
  inside(web::paragraph(words.text("overview.asked.how", {{"agency", exchange.brand().agency_name}})));
  if (request.due_on) {
    inside(web::explanation(words.text("overview.asked.why"),
                            web::paragraph(words.text("overview.asked.why_text",
                                                      {{"asked_on", words.locale().long_date(request.requested_on)},
                                                       {"due_on", words.locale().long_date(*request.due_on)}}))));
  }
  return web::needs_you_card(exchange, words.asked(visible, request.documents), inside);
}

std::string state_words(const CaseWords& words, const CaseStep& step) {
  switch (step.state) {
    case MarkState::done:
      return std::string(words.text(step.entered_on ? "overview.step_state.done" : "overview.step_state.passed_over"));
    case MarkState::present:
      return std::string(words.text("overview.step_state.present"));
    case MarkState::returned:
      return step.entered_on
                 ? words.text("overview.step_state.returned_on", {{"date", words.locale().long_date(*step.entered_on)}})
                 : std::string(words.text("overview.step_state.returned"));
    case MarkState::ahead:
      break;
  }
  return step.was_left_again
             ? words.text("overview.step_state.was_here", {{"date", words.locale().long_date(*step.entered_on)}})
             : std::string();
}

// Who did what: most of it is the agency's doing, which its name says.
std::string who(const Exchange& exchange, const cases::HistoryEntry& entry) {
  if (entry.by) {
    return exchange.words().text(
        "cases.seat", {{"role", exchange.words().text(fmt::format("cases.seat.{}", web::to_text(entry.by->role)))},
                       {"unit", entry.by->unit}});
  }
  const auto kind = entry.event.kind;
  const bool is_of_a_party = kind == EventKind::filed || kind == EventKind::evidence_received;
  return is_of_a_party ? std::string() : exchange.brand().agency_name;
}

// What a correction took back, in the words of that line.
std::string taken_back(const CaseWords& words, const VisibleCase& visible, const CasePicture& picture,
                       std::int64_t sequence) {
  const auto entry = std::ranges::find_if(
      picture.history, [&](const cases::HistoryEntry& one) { return one.event.sequence == sequence; });
  if (entry == picture.history.end()) return {};
  const auto& event = entry->event;
  const std::string_view stage = event.stage ? std::string_view(*event.stage) : std::string_view();
  return words.text("overview.history.took_back",
                    {{"what", words.event(visible, event.kind, stage, event.documents, event.outcome)},
                     {"date", words.locale().long_date(event.occurred_on)}});
}

std::string said_about(const CaseWords& words, const cases::HistoryEntry& entry) {
  std::string said;
  const auto add = [&](std::string_view sentence) {
    if (sentence.empty()) return;
    if (!said.empty()) said += ' ';
    said += sentence;
  };
  if (entry.event.due_on) {
    add(words.text("overview.history.due", {{"date", words.locale().long_date(*entry.event.due_on)}}));
  }
  // Their own texts have commas.
  std::string items;
  for (const auto& item : entry.details.items) {
    if (!items.empty()) items += "; ";
    items += cases::text_in(item, words.locale().tag());
  }
  if (!items.empty()) add(items + ".");
  if (entry.details.appointment) {
    const auto& appointment = *entry.details.appointment;
    add(words.text("overview.history.appointment", {{"kind", words.appointment_kind(appointment.kind)},
                                                    {"when", words.long_time({.id = {},
                                                                              .on_case = {},
                                                                              .kind = appointment.kind,
                                                                              .starts_at = appointment.starts_at,
                                                                              .place = appointment.place,
                                                                              .state = {}})},
                                                    {"place", words.place_name(appointment.place)}}));
  }
  add(cases::text_in(entry.details.text, words.locale().tag()));
  return said;
}

// "The case moved to: We asked for documents", beside the request of the same day: one line is enough.
bool says_what_a_request_says(const VisibleCase& visible, const CaseWords& words, const CasePicture& picture,
                              const cases::CaseEvent& event) {
  if (event.kind != EventKind::stage_entered) return false;
  const auto* form = words.find_form(visible);
  const auto* stage = form == nullptr ? nullptr : form->find_stage(*event.stage);
  if (stage == nullptr || stage->kind != catalogue::StageKind::evidence_requested) return false;
  return std::ranges::any_of(picture.history, [&](const cases::HistoryEntry& other) {
    return other.event.kind == EventKind::evidence_requested && other.event.occurred_on == event.occurred_on;
  });
}

bool is_coming(const cases::VisibleAppointment& appointment, Instant now) {
  const bool stands = appointment.state == cases::AppointmentState::scheduled ||
                      appointment.state == cases::AppointmentState::rescheduled;
  return stands && appointment.starts_at >= now;
}

Html appointment_detail(const CaseWords& words, const cases::VisibleAppointment& appointment, bool coming) {
  Html detail;
  detail("<p>"_html, words.long_time(appointment), "</p>"_html);
  const auto* place = words.find_place(appointment.place);
  if (place == nullptr || !coming) return detail;
  detail("<p>"_html, place->name, "<br>"_html, place->street, "<br>"_html, place->city, ", "_html, place->state,
         " "_html, place->postal_code, "</p>"_html);
  detail(web::quiet(place->directions.in(words.locale().tag())));
  return detail;
}

}  // namespace

Html asked_section(Exchange& exchange, const CaseWords& words, const VisibleCase& visible, const CasePicture& picture) {
  Html html;
  if (visible.state.is_closed) return html;
  for (const auto& request : picture.requests) {
    if (!request.answered_on) html(request_card(exchange, words, visible, picture, request));
  }
  return html;
}

Html way_section(Exchange& exchange, const CaseWords& words, const VisibleCase& visible, const CasePicture& picture) {
  const auto* form = words.find_form(visible);
  if (form == nullptr) return {};
  std::vector<web::PathStep> steps;
  for (const auto& step : list_steps(*form, visible.state, picture.history)) {
    const bool says_date = step.entered_on && !step.was_left_again && step.state != MarkState::returned;
    steps.push_back({.title = std::string(step.stage->title.in(words.locale().tag())),
                     .explanation = std::string(step.stage->explanation.in(words.locale().tag())),
                     .when = says_date ? words.locale().long_date(*step.entered_on) : std::string(),
                     .state = step.state,
                     .state_words = state_words(words, step)});
  }
  return web::section(words.text(exchange.visitor.seat ? "overview.section.way_office" : "overview.section.way"),
                      web::path_large(exchange, steps), "steps");
}

Html next_section(const CaseWords& words, const VisibleCase& visible, const CasePicture& picture, Instant now) {
  const auto* form = words.find_form(visible);
  const auto* stage = form && visible.state.stage ? form->find_stage(*visible.state.stage) : nullptr;
  Html inside;
  if (!visible.state.is_closed && may_see(visible, Facet::appointments)) {
    for (const auto& appointment : picture.appointments) {
      if (!is_coming(appointment, now)) continue;
      inside("<p><strong>"_html, words.appointment_kind(appointment.kind), "</strong><br>"_html,
             words.long_time(appointment), "<br>"_html, words.place_name(appointment.place), "<br>"_html,
             web::link("#appointments", words.text("overview.next.how_to_get_there")), "</p>"_html);
    }
  }
  if (visible.state.is_closed) {
    inside(web::paragraph(words.text("overview.next.closed")));
  } else if (stage != nullptr && !stage->next.in(words.locale().tag()).empty()) {
    inside(web::paragraph(stage->next.in(words.locale().tag())));
  } else {
    inside(web::paragraph(words.text("overview.next.unknown")));
  }
  return web::section(words.text("overview.section.next"), inside, "next");
}

Html history_section(Exchange& exchange, const CaseWords& words, const VisibleCase& visible,
                     const CasePicture& picture) {
  std::vector<web::TimelineEntry> entries;
  for (auto at = picture.history.rbegin(); at != picture.history.rend(); ++at) {
    const auto& event = at->event;
    if (says_what_a_request_says(visible, words, picture, event)) continue;
    const std::string_view stage = event.stage ? std::string_view(*event.stage) : std::string_view();
    auto title = words.event(visible, event.kind, stage, event.documents, event.outcome);
    if (at->is_corrected) title = words.text("overview.history.corrected", {{"what", title}});
    auto text = said_about(words, *at);
    if (event.corrects) {
      const auto back = taken_back(words, visible, picture, *event.corrects);
      text = text.empty() ? back : back + " " + text;
    }
    entries.push_back({.when = words.locale().long_date(event.occurred_on),
                       .machine_when = to_iso(event.occurred_on),
                       .title = std::move(title),
                       .text = std::move(text),
                       .who = who(exchange, *at)});
  }
  if (entries.empty()) return {};
  return web::section(words.text("overview.section.history"), web::timeline(entries), "history");
}

Html appointments_section(const CaseWords& words, const VisibleCase& visible, const CasePicture& picture, Instant now) {
  if (!may_see(visible, Facet::appointments) || picture.appointments.empty()) return {};
  std::vector<web::StackedItem> items;
  const auto add = [&](bool coming) {
    for (const auto& appointment : picture.appointments) {
      if (is_coming(appointment, now) != coming) continue;
      Html title;
      title("<strong>"_html, words.appointment_kind(appointment.kind), "</strong>"_html);
      if (!coming) {
        title(" "_html, web::tag(web::NoteKind::information, words.appointment_state_now(appointment, now)));
      }
      items.push_back({.title = std::move(title), .detail = appointment_detail(words, appointment, coming)});
    }
  };
  add(true);
  add(false);
  return web::card(words.text("overview.section.appointments"), web::stacked_list(items), "appointments");
}

Html parties_section(const CaseWords& words, const VisibleCase& visible, const CasePicture& picture) {
  if (picture.parties.empty()) return {};
  std::vector<web::StackedItem> items;
  for (const auto& party : picture.parties) {
    Html title;
    if (party.name) {
      title(web::isolated(*party.name));
    } else {
      title(words.text("overview.party.not_named"));
    }
    if (party.is_asker) title(" "_html, words.text("overview.party.you"));
    items.push_back(
        {.title = std::move(title), .detail = web::quiet(words.part(party.role, party.guardian_of.has_value()))});
  }
  Html inside = web::stacked_list(items);
  if (!may_see(visible, Facet::party_names) && picture.parties.size() > 1) {
    inside(web::quiet(words.text("overview.party.why_not_named")));
  }
  return web::card(words.text("overview.section.parties"), inside, "people");
}

}  // namespace waymark::overview::pages
