// The same facts for machines: GET with "Accept: application/json".
#include <boost/json.hpp>

#include "features/overview/case_steps.hpp"
#include "features/overview/case_words.hpp"
#include "features/overview/pages/case_page.hpp"
#include "features/overview/pages/dashboard_page.hpp"

namespace waymark::overview::pages {
namespace {

namespace json = boost::json;
using cases::VisibleCase;

json::value day(const std::optional<Date>& date) { return date ? json::value(to_iso(*date)) : json::value(); }

json::value text(const std::optional<std::string>& value) { return value ? json::value(*value) : json::value(); }

json::object case_object(const CaseWords& words, const VisibleCase& one) {
  const auto& state = one.state;
  const auto* form = words.find_form(one);
  json::object object{
      {"receipt_number", one.receipt_number},
      {"form", one.form},
      {"title", words.short_title(one)},
      {"filed_on", to_iso(one.filed_on)},
      {"role", cases::to_text(one.role)},
      {"as_guardian", one.as_guardian},
      {"stage", text(state.stage)},
      {"stage_title", words.stage_title(one)},
      {"stage_since", day(state.stage_since)},
      {"step", state.step},
      {"steps", form == nullptr ? 0 : form->count_steps()},
      {"has_returned", state.has_returned},
      {"outcome", state.outcome ? json::value(cases::to_text(*state.outcome)) : json::value()},
      {"is_closed", state.is_closed},
      {"open_requests", one.open_requests},
      {"evidence_due_on", day(one.evidence_due_on)},
  };
  if (state.last) {
    object["last_change"] = {{"kind", cases::to_text(state.last->kind)},
                             {"occurred_on", to_iso(state.last->on)},
                             {"received_at", to_iso(state.last->received_at)}};
  }
  return object;
}

json::object appointment_object(const CaseWords& words, const cases::VisibleAppointment& one) {
  return {{"kind", cases::to_text(one.kind)},
          {"starts_at", to_iso(one.starts_at)},
          {"place", one.place},
          {"place_name", words.place_name(one.place)},
          {"state", cases::to_text(one.state)}};
}

json::array history_array(const CaseWords& words, const VisibleCase& visible, const cases::CasePicture& picture) {
  json::array history;
  for (const auto& [event, details, by, is_corrected] : picture.history) {
    const std::string_view stage = event.stage ? std::string_view(*event.stage) : std::string_view();
    json::object entry{{"sequence", event.sequence},
                       {"kind", cases::to_text(event.kind)},
                       {"stage", text(event.stage)},
                       {"occurred_on", to_iso(event.occurred_on)},
                       {"due_on", day(event.due_on)},
                       {"words", words.event(visible, event.kind, stage, event.documents, event.outcome)},
                       {"text", cases::text_in(details.text, words.locale().tag())}};
    if (by) entry["by"] = json::object{{"role", web::to_text(by->role)}, {"unit", by->unit}};
    if (is_corrected) entry["is_corrected"] = true;
    if (event.corrects) entry["corrects"] = *event.corrects;
    json::array items;
    for (const auto& item : details.items) items.emplace_back(cases::text_in(item, words.locale().tag()));
    if (!items.empty()) entry["items"] = std::move(items);
    history.push_back(std::move(entry));
  }
  return history;
}

}  // namespace

web::Response dashboard_json(web::Exchange& exchange, const Dashboard& dashboard) {
  const CaseWords words(exchange);
  json::array active, closed, coming;
  for (const auto* one : dashboard.active) active.push_back(case_object(words, *one));
  for (const auto* one : dashboard.closed) closed.push_back(case_object(words, *one));
  for (const auto* one : dashboard.coming) {
    auto object = appointment_object(words, *one);
    object["receipt_number"] = dashboard.case_of(*one).receipt_number;
    coming.push_back(std::move(object));
  }
  return web::Response::json(json::serialize(
      json::object{{"cases", std::move(active)}, {"closed", std::move(closed)}, {"appointments", std::move(coming)}}));
}

web::Response case_json(web::Exchange& exchange, const VisibleCase& visible, const cases::CasePicture& picture) {
  const CaseWords words(exchange);
  auto object = case_object(words, visible);
  object["history"] = history_array(words, visible, picture);
  json::array requests, appointments, parties;
  for (const auto& one : picture.requests) {
    requests.push_back(json::object{{"requested_on", to_iso(one.requested_on)},
                                    {"due_on", day(one.due_on)},
                                    {"documents", one.documents},
                                    {"answered_on", day(one.answered_on)}});
  }
  for (const auto& one : picture.appointments) appointments.push_back(appointment_object(words, one));
  for (const auto& one : picture.parties) {
    parties.push_back(
        json::object{{"role", cases::to_text(one.role)}, {"name", text(one.name)}, {"is_you", one.is_asker}});
  }
  object["evidence_requests"] = std::move(requests);
  object["appointments"] = std::move(appointments);
  object["parties"] = std::move(parties);
  return web::Response::json(json::serialize(object));
}

}  // namespace waymark::overview::pages
