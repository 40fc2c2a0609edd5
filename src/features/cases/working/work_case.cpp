#include "features/cases/working/work_case.hpp"

#include <algorithm>

#include "catalogue/words.hpp"
#include "features/cases/case_store.hpp"
#include "features/cases/event_details.hpp"
#include "features/cases/intake/intake_effects.hpp"
#include "features/cases/working/case_looks.hpp"
#include "journal/audit.hpp"

namespace waymark::cases {
namespace {

struct Ids {
  std::int64_t event = 0, look = 0, audit = 0;
};

std::unexpected<Failure> changed_meanwhile() { return refuse_field("version", "cases.error.changed_meanwhile"); }

std::unexpected<Failure> does_not_fit(const Refusal& refusal) {
  const std::string field(refusal.field == "answers" ? "answers" : refusal.field);
  return refuse_field(field, fmt::format("cases.error.act.{}", refusal.reason));
}

void note_act(db::Transaction& tx, const web::OfficeSeat& by, const Ids& ids, CaseId on_case, EventKind kind,
              std::string_view reason, Instant now) {
  record_look(tx, {.id = ids.look, .on_case = on_case, .by = by, .reason = reason, .what = to_text(kind), .at = now});
  const auto actor = fmt::format("officer {}", by.officer.value);
  journal::record(tx, {.id = ids.audit,
                       .at = now,
                       .event = "case.worked",
                       .on_case = on_case,
                       .actor = actor,
                       .detail = to_text(kind)});
}

// False when another writer was first.
bool keep(db::Transaction& tx, StoredCase stored, std::int64_t version_seen) {
  int updated = 0;
  queue_update_case(tx, stored, version_seen, updated);
  tx.drain();
  return updated == 1;
}

// Rolls the unit back: the case moved on between reading and writing.
struct Overtaken {};

struct Unit {
  const Cases& cases;
  const web::OfficeSeat& by;
  const OfficeAct& act;
  const Ids& ids;
  Instant now;
};

NewEvent row_of(const Unit& unit, const AgencyRecord& record, const StoredCase& stored) {
  return {.id = CaseEventId{record.id},
          .on_case = stored.id,
          .record = record.name,
          .content_hash = record.content_hash,
          .position = stored.version + 1,
          .by = unit.by};
}

void append(db::Transaction& tx, const Unit& unit, StoredCase& stored, const NewEvent& row, const CaseEvent& event,
            const catalogue::Form& form) {
  insert_event(tx, row, event);
  fold(stored.state, event, form);
  ++stored.version;
  if (!keep(tx, stored, stored.version - 1)) throw Overtaken{};
  note_act(tx, unit.by, unit.ids, stored.id, event.kind, unit.act.reason, unit.now);
}

Result<void> take_back(db::Transaction& tx, const Unit& unit, AgencyRecord& record, StoredCase& stored,
                       const catalogue::Form& form, const Correction& correction) {
  std::vector<StoredEvent> history;
  std::vector<EvidenceRequest> requests;
  queue_history(tx, stored.id, history);
  queue_requests(tx, stored.id, requests);
  tx.drain();
  std::vector<std::int64_t> taken_back{correction.sequence};
  for (const auto& one : history) {
    if (one.event.corrects) taken_back.push_back(*one.event.corrects);
  }
  const auto mistake =
      std::ranges::find_if(history, [&](const StoredEvent& one) { return one.event.sequence == correction.sequence; });
  if (mistake == history.end() || !may_be_corrected(mistake->event.kind))
    return refuse_field("event", "cases.error.act.unknown_event");
  if (std::ranges::count(taken_back, correction.sequence) > 1)
    return refuse_field("event", "cases.error.act.corrected_before");

  std::vector<CaseEvent> counting;
  for (const auto& one : history) {
    if (!one.event.corrects && std::ranges::find(taken_back, one.event.sequence) == taken_back.end())
      counting.push_back(one.event);
  }
  stored.state = fold_all(counting, form);
  const auto today = catalogue::day_in_zone(unit.now, unit.cases.parts().catalogue.brand().time_zone);
  for (const auto& request : requests) {
    const bool was_mistake = std::ranges::find(taken_back, request.sequence) != taken_back.end();
    const bool is_open = std::ranges::find(stored.state.open_requests, request.sequence, &EvidenceRequest::sequence) !=
                         stored.state.open_requests.end();
    settle_request(tx, stored.id, request.sequence,
                   is_open ? std::nullopt : std::optional(request.answered_on.value_or(today)), was_mistake);
  }
  const CaseEvent event{.sequence = record.sequence,
                        .kind = EventKind::corrected,
                        .occurred_on = today,
                        .received_at = unit.now,
                        .corrects = correction.sequence};
  auto row = row_of(unit, record, stored);
  if (const auto details = to_json(EventDetails{.text = correction.text}); !details.empty())
    row.sealed_details = unit.cases.parts().sealer.seal({"case_events", "details_sealed", record.id}, details);
  append(tx, unit, stored, row, event, form);
  return {};
}

Result<void> act_within(db::Transaction& tx, const Unit& unit, std::string_view receipt_number) {
  auto stored = find_stored_case(tx, receipt_number);
  if (!stored) return refuse(FailureKind::not_found, "web.error.not_found");
  if (stored->version != unit.act.version) return changed_meanwhile();
  const auto* form = unit.cases.parts().catalogue.find_form(stored->form);
  if (form == nullptr) throw std::runtime_error("cases: the catalogue has no form " + stored->form);
  AgencyRecord record{.name = fmt::format("office {}", unit.ids.event),
                      .receipt_number = std::string(receipt_number),
                      .sequence = -(stored->version + 1),
                      .content_hash = sha256(fmt::format("office {}", unit.ids.event)),
                      .id = unit.ids.event,
                      .content = EventContent{}};
  if (const auto* correction = std::get_if<Correction>(&unit.act.content))
    return take_back(tx, unit, record, *stored, *form, *correction);
  if (const auto* event = std::get_if<EventContent>(&unit.act.content)) record.content = *event;
  if (const auto* appointment = std::get_if<AppointmentContent>(&unit.act.content)) record.content = *appointment;
  const RecordOnCase what{unit.cases, record, *stored, *form, unit.now};
  if (const auto refusal = find_refusal(tx, what)) return does_not_fit(*refusal);
  const auto event = to_event(what);
  auto row = row_of(unit, record, *stored);
  row.sealed_details = seal_details(what);
  write_effects(tx, what, event);
  append(tx, unit, *stored, row, event, *form);
  return {};
}

}  // namespace

bool may_be_corrected(EventKind kind) {
  switch (kind) {
    case EventKind::stage_entered:
    case EventKind::evidence_requested:
    case EventKind::evidence_received:
    case EventKind::decided:
    case EventKind::closed:
    case EventKind::reopened:
    case EventKind::noted:
      return true;
    default:
      return false;
  }
}

Result<void> act_on_case(const Cases& cases, const web::OfficeSeat& by, std::string_view receipt_number,
                         const OfficeAct& act) {
  auto& ids_source = cases.parts().ids;
  const Ids ids{ids_source.next_value(), ids_source.next_value(), ids_source.next_value()};
  const Unit unit{cases, by, act, ids, cases.parts().clock.now()};
  try {
    return cases.parts().database.write([&](db::Transaction& tx) { return act_within(tx, unit, receipt_number); });
  } catch (const Overtaken&) {
    return changed_meanwhile();
  } catch (const db::ConstraintViolation&) {  // the same position, or the same request, at the same moment
    return changed_meanwhile();
  }
}

}  // namespace waymark::cases
