// What the intake writes and reads back.
#include "features/cases/case_store.hpp"

#include "base/assert.hpp"
#include "features/cases/case_columns.hpp"

namespace waymark::cases {
namespace {

constexpr db::Query kFindStored{"cases.find_stored", R"sql(
  SELECT id, form, filed_on, feed_sequence, stage, stage_since, step, furthest_step, has_returned, outcome, is_closed,
         last_kind, last_stage, last_on, last_received_at, open_requests, version
  FROM cases WHERE receipt_number = $1)sql"};

constexpr db::Query kOpenRequests{"cases.open_requests", R"sql(
  SELECT sequence, requested_on, due_on, documents, answered_on, is_withdrawn FROM evidence_requests
  WHERE case_id = $1 AND answered_on IS NULL ORDER BY position)sql"};

constexpr db::Query kInsertCase{"cases.insert", R"sql(
  INSERT INTO cases (id, receipt_number, form, filed_on, feed_sequence, step, furthest_step, has_returned, is_closed,
                     open_requests, evidence_documents)
  VALUES ($1, $2, $3, $4, 0, 0, 0, FALSE, FALSE, 0, 0) ON CONFLICT (receipt_number) DO NOTHING)sql"};

constexpr db::Query kUpdateCase{"cases.update", R"sql(
  UPDATE cases SET feed_sequence = $3, stage = $4, stage_since = $5, step = $6, furthest_step = $7, has_returned = $8,
         outcome = $9, is_closed = $10, open_requests = $11, evidence_due_on = $12, evidence_documents = $13,
         last_kind = $14, last_stage = $15, last_on = $16, last_received_at = $17, version = $18
  WHERE id = $1 AND version = $2 RETURNING id)sql"};

#define WAYMARK_INSERT_EVENT                                                                                 \
  "INSERT INTO case_events (id, case_id, sequence, record, content_hash, kind, stage, occurred_on, due_on, " \
  "outcome, answers, documents, details_sealed, received_at, position, by_officer, by_role, by_unit, "       \
  "corrects) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19) " \
  "ON CONFLICT (record) DO NOTHING"
constexpr db::Query kInsertEvent{"cases.insert_event", WAYMARK_INSERT_EVENT};
constexpr db::Query kQueueEvent{"cases.queue_event", WAYMARK_INSERT_EVENT " RETURNING id"};

constexpr db::Query kFindRecord{"cases.find_record",
                                "SELECT case_id, sequence, content_hash FROM case_events WHERE record = $1"};

constexpr db::Query kInsertRequest{"cases.insert_request", R"sql(
  INSERT INTO evidence_requests (id, case_id, sequence, requested_on, due_on, documents, position)
  VALUES ($1, $2, $3, $4, $5, $6, $7))sql"};

constexpr db::Query kAnswerRequest{"cases.answer_request", R"sql(
  UPDATE evidence_requests SET answered_on = $3 WHERE case_id = $1 AND sequence = $2 AND answered_on IS NULL)sql"};

constexpr db::Query kHasRequest{"cases.has_request",
                                "SELECT 1 FROM evidence_requests WHERE case_id = $1 AND sequence = $2"};

constexpr db::Query kUpsertAppointment{"cases.upsert_appointment", R"sql(
  INSERT INTO appointments (id, case_id, agency_appointment, kind, starts_at, place, state)
  VALUES ($1, $2, $3, $4, $5, $6, $7)
  ON CONFLICT (case_id, agency_appointment) DO UPDATE
  SET kind = excluded.kind, starts_at = excluded.starts_at, place = excluded.place, state = excluded.state)sql"};

constexpr int kOpenRequestCount = 15;
constexpr int kReadsMax = 10;

constexpr db::Query kSettleRequest{"cases.settle_request", R"sql(
  UPDATE evidence_requests SET answered_on = $3, is_withdrawn = $4 WHERE case_id = $1 AND sequence = $2)sql"};

StoredCase read_stored_case(const db::Row& row) {
  StoredCase stored{.id = row.id<CaseId>(0),
                    .form = std::string(row.text(1)),
                    .filed_on = row.date(2),
                    .feed_sequence = row.integer(3),
                    .version = row.integer(kOpenRequestCount + 1),
                    .state = {}};
  read_state(row, 4, stored.state);
  return stored;
}

}  // namespace

// In a writing unit of PostgreSQL another one may commit between the two queries: then they don't fit together, and a
// record would be judged by a case that never was.
std::optional<StoredCase> find_stored_case(db::Snapshot& snapshot, std::string_view receipt_number) {
  for (int tries_left = kReadsMax;; --tries_left) {
    std::size_t open_requests = 0;
    auto stored = snapshot.find(kFindStored, {receipt_number}, [&](const db::Row& row) {
      open_requests = static_cast<std::size_t>(row.integer(kOpenRequestCount));
      return read_stored_case(row);
    });
    if (!stored || open_requests == 0) return stored;
    stored->state.open_requests = snapshot.list(kOpenRequests, {stored->id}, read_request);
    if (stored->state.open_requests.size() == open_requests || tries_left == 0) return stored;
  }
}

std::vector<std::optional<StoredCase>> list_stored_cases(db::Snapshot& snapshot,
                                                         const std::vector<std::string>& receipt_numbers) {
  std::vector<std::optional<StoredCase>> found(receipt_numbers.size());
  std::vector<std::size_t> with_requests;
  for (std::size_t index = 0; index < receipt_numbers.size(); ++index) {
    snapshot.queue(kFindStored, {receipt_numbers[index]}, [&, index](const db::Row& row) {
      if (row.integer(kOpenRequestCount) > 0) with_requests.push_back(index);
      found[index] = read_stored_case(row);
    });
  }
  snapshot.drain();
  for (const auto index : with_requests) {
    snapshot.queue(kOpenRequests, {found[index]->id},
                   [&, index](const db::Row& row) { found[index]->state.open_requests.push_back(read_request(row)); });
  }
  snapshot.drain();
  return found;
}

bool insert_case(db::Transaction& tx, const StoredCase& stored, std::string_view receipt_number) {
  return tx.run(kInsertCase, {stored.id, receipt_number, stored.form, to_iso(stored.filed_on)}) == 1;
}

void queue_update_case(db::Transaction& tx, const StoredCase& stored, std::int64_t read_version, int& updated) {
  const auto& state = stored.state;
  const auto* urgent = find_most_urgent(state);
  const auto stage_since = iso(state.stage_since);
  const auto due_on = urgent ? iso(urgent->due_on) : std::nullopt;
  const auto last_on = state.last ? iso(state.last->on) : std::nullopt;
  tx.queue(kUpdateCase,
           {stored.id, read_version, stored.feed_sequence, state.stage, stage_since, state.step, state.furthest_step,
            state.has_returned, text_of(state.outcome), state.is_closed,
            static_cast<std::int64_t>(state.open_requests.size()), due_on, urgent ? urgent->documents : 0,
            state.last ? std::optional(to_text(state.last->kind)) : std::nullopt,
            state.last ? state.last->stage : std::nullopt, last_on,
            state.last ? std::optional(state.last->received_at) : std::nullopt, stored.version},
           [&updated](const db::Row&) { ++updated; });
}

namespace {

// Hands the columns of an event's row to `send`, whose parameters live until it returns.
template <typename Send>
auto with_event_columns(const NewEvent& row, const CaseEvent& event, Send&& send) {
  const auto details =
      row.sealed_details.empty() ? db::Parameter(nullptr) : db::Parameter(db::Bytes{row.sealed_details});
  return send({row.id, row.on_case, event.sequence, row.record, db::Bytes{row.content_hash}, to_text(event.kind),
               event.stage, to_iso(event.occurred_on), iso(event.due_on), text_of(event.outcome), event.answers,
               event.documents, details, event.received_at, row.position,
               row.by ? std::optional(row.by->officer) : std::nullopt,
               row.by ? std::optional(web::to_text(row.by->role)) : std::nullopt,
               row.by ? std::optional(std::string_view(row.by->unit)) : std::nullopt, event.corrects});
}

}  // namespace

bool insert_event(db::Transaction& tx, const NewEvent& row, const CaseEvent& event) {
  return with_event_columns(row, event,
                            [&](db::Parameters parameters) { return tx.run(kInsertEvent, parameters) == 1; });
}

void queue_event(db::Transaction& tx, const NewEvent& row, const CaseEvent& event, int& inserted) {
  with_event_columns(row, event, [&](db::Parameters parameters) {
    tx.queue(kQueueEvent, parameters, [&inserted](const db::Row&) { ++inserted; });
  });
}

std::optional<KnownRecord> find_record(db::Snapshot& snapshot, std::string_view record) {
  return snapshot.find(kFindRecord, {record}, [](const db::Row& row) {
    return KnownRecord{row.id<CaseId>(0), row.integer(1), std::string(row.bytes(2))};
  });
}

void insert_request(db::Transaction& tx, EvidenceRequestId id, CaseId on_case, const EvidenceRequest& request,
                    std::int64_t position) {
  tx.run(kInsertRequest, {id, on_case, request.sequence, to_iso(request.requested_on), iso(request.due_on),
                          request.documents, position});
}

void answer_request(db::Transaction& tx, CaseId on_case, std::int64_t sequence, Date answered_on) {
  tx.run(kAnswerRequest, {on_case, sequence, to_iso(answered_on)});
}

bool has_request(db::Snapshot& snapshot, CaseId on_case, std::int64_t sequence) {
  return snapshot.has(kHasRequest, {on_case, sequence});
}

void settle_request(db::Transaction& tx, CaseId on_case, std::int64_t sequence, std::optional<Date> answered_on,
                    bool is_withdrawn) {
  tx.run(kSettleRequest, {on_case, sequence, iso(answered_on), is_withdrawn});
}

void upsert_appointment(db::Transaction& tx, const StoredAppointment& appointment) {
  tx.run(kUpsertAppointment,
         {appointment.id, appointment.on_case, appointment.agency_appointment, to_text(appointment.kind),
          appointment.starts_at, appointment.place, to_text(appointment.state)});
}

}  // namespace waymark::cases
