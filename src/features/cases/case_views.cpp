// What people look at, read.
#include "base/assert.hpp"
#include "features/cases/case_columns.hpp"
#include "features/cases/case_store.hpp"

namespace waymark::cases {
namespace {

constexpr db::Query kFindVisible{
    "cases.find_visible", WAYMARK_VISIBLE_CASE
    "FROM cases c JOIN parties p ON p.case_id = c.id WHERE c.receipt_number = $2 AND p.account = $1 AND p.is_present"};

constexpr db::Query kListVisible{
    "cases.list_visible",
    WAYMARK_VISIBLE_CASE "FROM parties p JOIN cases c ON c.id = p.case_id WHERE p.account = $1 AND p.is_present"};

constexpr db::Query kComing{"cases.coming_appointments", R"sql(
  SELECT a.id, a.case_id, a.kind, a.starts_at, a.place, a.state, a.agency_appointment
  FROM parties p JOIN appointments a ON a.case_id = p.case_id
  WHERE p.account = $1 AND p.is_present AND a.starts_at >= $2 AND a.state IN ('scheduled', 'rescheduled')
  ORDER BY a.starts_at, a.id)sql"};

constexpr db::Query kHistory{"cases.history", R"sql(
  SELECT id, sequence, kind, stage, occurred_on, due_on, documents, answers, outcome, received_at, details_sealed,
         corrects, by_role, by_unit
  FROM case_events WHERE case_id = $1 ORDER BY position)sql"};

constexpr db::Query kRequests{"cases.requests", R"sql(
  SELECT sequence, requested_on, due_on, documents, answered_on, is_withdrawn FROM evidence_requests
  WHERE case_id = $1 ORDER BY position)sql"};

constexpr db::Query kAppointments{"cases.appointments", R"sql(
  SELECT id, case_id, kind, starts_at, place, state, agency_appointment FROM appointments WHERE case_id = $1 ORDER BY starts_at, id)sql"};

constexpr db::Query kParties{"cases.parties", R"sql(
  SELECT id, role, is_organisation, account IS NOT NULL, name_sealed, guardian_of FROM parties
  WHERE case_id = $1 AND is_present ORDER BY id)sql"};

StoredEvent read_event(const db::Row& row) {
  StoredEvent stored{.id = row.id<CaseEventId>(0),
                     .event = {.sequence = row.integer(1),
                               .kind = event_kind_of(row.text(2)),
                               .stage = row.maybe_text(3),
                               .occurred_on = row.date(4),
                               .due_on = row.maybe_date(5),
                               .documents = static_cast<int>(row.integer(6)),
                               .answers = row.maybe_integer(7),
                               .received_at = row.instant(9),
                               .corrects = row.maybe_integer(11)},
                     .sealed_details = {}};
  if (!row.is_null(8)) stored.event.outcome = find_outcome(row.text(8));
  if (!row.is_null(10)) stored.sealed_details = row.bytes(10);
  if (!row.is_null(12)) {
    const auto role = web::find_office_role(row.text(12));
    WAYMARK_ASSERT(role.has_value());
    stored.by = EventAuthor{*role, std::string(row.text(13))};
  }
  return stored;
}

}  // namespace

VisibleAppointment read_appointment(const db::Row& row) {
  return {.id = row.id<AppointmentId>(0),
          .on_case = row.id<CaseId>(1),
          .kind = appointment_kind_of(row.text(2)),
          .starts_at = row.instant(3),
          .place = std::string(row.text(4)),
          .state = appointment_state_of(row.text(5)),
          .agency_appointment = std::string(row.text(6))};
}

VisibleCase read_visible_case(const db::Row& row) {
  VisibleCase visible{.id = row.id<CaseId>(0),
                      .receipt_number = std::string(row.text(1)),
                      .form = std::string(row.text(2)),
                      .filed_on = row.date(3),
                      .party = row.id<PartyId>(4),
                      .role = role_of(row.text(5)),
                      .state = {}};
  read_state(row, 6, visible.state);
  visible.open_requests = static_cast<int>(row.integer(17));
  visible.evidence_due_on = row.maybe_date(18);
  visible.evidence_documents = static_cast<int>(row.integer(19));
  visible.as_guardian = row.boolean(20);
  return visible;
}

std::optional<VisibleCase> find_case_of(db::Snapshot& snapshot, AccountId account, std::string_view receipt_number) {
  return snapshot.find(kFindVisible, {account, receipt_number}, read_visible_case);
}

void queue_cases_of(db::Snapshot& snapshot, AccountId account, std::vector<VisibleCase>& into) {
  snapshot.queue(kListVisible, {account}, [&into](const db::Row& row) { into.push_back(read_visible_case(row)); });
}

void queue_coming_appointments(db::Snapshot& snapshot, AccountId account, Instant from,
                               std::vector<VisibleAppointment>& into) {
  snapshot.queue(kComing, {account, from}, [&into](const db::Row& row) { into.push_back(read_appointment(row)); });
}

void queue_history(db::Snapshot& snapshot, CaseId on_case, std::vector<StoredEvent>& into) {
  snapshot.queue(kHistory, {on_case}, [&into](const db::Row& row) { into.push_back(read_event(row)); });
}

void queue_requests(db::Snapshot& snapshot, CaseId on_case, std::vector<EvidenceRequest>& into) {
  snapshot.queue(kRequests, {on_case}, [&into](const db::Row& row) { into.push_back(read_request(row)); });
}

void queue_appointments(db::Snapshot& snapshot, CaseId on_case, std::vector<VisibleAppointment>& into) {
  snapshot.queue(kAppointments, {on_case}, [&into](const db::Row& row) { into.push_back(read_appointment(row)); });
}

void queue_parties(db::Snapshot& snapshot, CaseId on_case, std::vector<StoredParty>& into) {
  snapshot.queue(kParties, {on_case}, [&into](const db::Row& row) {
    into.push_back({.id = row.id<PartyId>(0),
                    .role = role_of(row.text(1)),
                    .is_organisation = row.boolean(2),
                    .is_connected = row.boolean(3),
                    .sealed_name = std::string(row.bytes(4)),
                    .guardian_of = row.is_null(5) ? std::nullopt : std::optional(row.id<PartyId>(5))});
  });
}

}  // namespace waymark::cases
