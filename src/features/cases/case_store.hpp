// SQL of cases, their history, evidence requests and appointments. Only this feature's use cases include it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/database.hpp"
#include "features/cases/case_access.hpp"
#include "features/cases/case_state.hpp"
#include "features/cases/case_types.hpp"
#include "web/office.hpp"

// The columns of read_visible_case.
#define WAYMARK_VISIBLE_CASE                                                                          \
  "SELECT c.id, c.receipt_number, c.form, c.filed_on, p.id, p.role, c.stage, c.stage_since, c.step, " \
  "c.furthest_step, c.has_returned, c.outcome, c.is_closed, c.last_kind, c.last_stage, c.last_on, "   \
  "c.last_received_at, c.open_requests, c.evidence_due_on, c.evidence_documents, p.guardian_of IS NOT NULL "

namespace waymark::cases {

inline constexpr int kAfterVisibleCase = 21;  // the column after those of WAYMARK_VISIBLE_CASE

// --- What the intake keeps. ---

struct StoredCase {
  CaseId id;
  std::string form;
  Date filed_on{};
  std::int64_t feed_sequence = 0;  // the last record that went in
  std::int64_t version = 0;        // how many things happened, the office's acts among them
  CaseState state;
  bool operator==(const StoredCase&) const = default;
};
std::optional<StoredCase> find_stored_case(db::Snapshot& snapshot, std::string_view receipt_number);
// Many at once, in the order asked for; pipelined on PostgreSQL.
std::vector<std::optional<StoredCase>> list_stored_cases(db::Snapshot& snapshot,
                                                         const std::vector<std::string>& receipt_numbers);

// False when that receipt number has a case already.
bool insert_case(db::Transaction& tx, const StoredCase& stored, std::string_view receipt_number);
// Counts `updated` up once drained; does not, and writes nothing, when another writer did something to the case since
// `read_version` was read.
void queue_update_case(db::Transaction& tx, const StoredCase& stored, std::int64_t read_version, int& updated);

struct NewEvent {
  CaseEventId id;
  CaseId on_case;
  std::string_view record, content_hash;
  std::string sealed_details{};         // empty: none
  std::int64_t position = 0;            // in the case's history
  std::optional<web::OfficeSeat> by{};  // the officer whose act it is; none: the feed's record
};
// False when a record of that name is there. Throws ConstraintViolation when the case has that sequence already.
bool insert_event(db::Transaction& tx, const NewEvent& row, const CaseEvent& event);
// The same without waiting for the answer: counts `inserted` up once drained.
void queue_event(db::Transaction& tx, const NewEvent& row, const CaseEvent& event, int& inserted);

struct KnownRecord {
  CaseId on_case;
  std::int64_t sequence = 0;
  std::string content_hash;
};
std::optional<KnownRecord> find_record(db::Snapshot& snapshot, std::string_view record);

// `position`: of the event that asks.
void insert_request(db::Transaction& tx, EvidenceRequestId id, CaseId on_case, const EvidenceRequest& request,
                    std::int64_t position);
void answer_request(db::Transaction& tx, CaseId on_case, std::int64_t sequence, Date answered_on);
bool has_request(db::Snapshot& snapshot, CaseId on_case, std::int64_t sequence);
// After a correction: what became of the request; none: it is open again.
void settle_request(db::Transaction& tx, CaseId on_case, std::int64_t sequence, std::optional<Date> answered_on,
                    bool is_withdrawn);

struct StoredAppointment {
  AppointmentId id;
  CaseId on_case;
  std::string_view agency_appointment;
  AppointmentKind kind{};
  Instant starts_at{};
  std::string_view place;
  AppointmentState state{};
};
// A later record of the same appointment replaces it, and keeps its id.
void upsert_appointment(db::Transaction& tx, const StoredAppointment& appointment);

// --- What people look at. ---

// Columns of a VisibleCase, for the queries that give one.
VisibleCase read_visible_case(const db::Row& row);
// Of an appointment: id, case_id, kind, starts_at, place, state, agency_appointment.
VisibleAppointment read_appointment(const db::Row& row);
std::optional<VisibleCase> find_case_of(db::Snapshot& snapshot, AccountId account, std::string_view receipt_number);
void queue_cases_of(db::Snapshot& snapshot, AccountId account, std::vector<VisibleCase>& into);
void queue_coming_appointments(db::Snapshot& snapshot, AccountId account, Instant from,
                               std::vector<VisibleAppointment>& into);

struct StoredEvent {
  CaseEventId id;
  CaseEvent event;
  std::string sealed_details;
  std::optional<EventAuthor> by{};
};
void queue_history(db::Snapshot& snapshot, CaseId on_case, std::vector<StoredEvent>& into);
void queue_requests(db::Snapshot& snapshot, CaseId on_case, std::vector<EvidenceRequest>& into);
void queue_appointments(db::Snapshot& snapshot, CaseId on_case, std::vector<VisibleAppointment>& into);

struct StoredParty {
  PartyId id;
  Role role{};
  bool is_organisation = false;
  bool is_connected = false;
  std::string sealed_name;
  std::optional<PartyId> guardian_of{};
};
// Those who are party now, in the order they came.
void queue_parties(db::Snapshot& snapshot, CaseId on_case, std::vector<StoredParty>& into);

}  // namespace waymark::cases
