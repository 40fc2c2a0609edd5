#include "features/cases/sharing/helper_store.hpp"

#include "features/cases/case_columns.hpp"
#include "features/cases/case_store.hpp"

#define WAYMARK_HELPING                                                                                          \
  "h.id, h.case_id, h.given_by, h.email_sealed, h.may_act, h.offered_at, h.ends_at, h.accepted_at, h.ended_at, " \
  "c.receipt_number "
#define WAYMARK_FROM_HELPINGS "FROM case_helpers h JOIN cases c ON c.id = h.case_id "
#define WAYMARK_RETURN_HELPING                                                                            \
  " RETURNING id, case_id, given_by, email_sealed, may_act, offered_at, ends_at, accepted_at, ended_at, " \
  "(SELECT c.receipt_number FROM cases c WHERE c.id = case_helpers.case_id)"
// What is given ends with the part of who gave it. $1: the helper, $2: now.
#define WAYMARK_HELPED                                                               \
  "FROM case_helpers h JOIN cases c ON c.id = h.case_id "                            \
  "JOIN parties p ON p.id = h.party_id AND p.account = h.given_by AND p.is_present " \
  "AND p.role IN ('applicant', 'petitioner') "
#define WAYMARK_HELPS_NOW "WHERE h.helper = $1 AND h.ended_at IS NULL AND h.ends_at > $2 "

namespace waymark::cases {
namespace {

constexpr db::Query kInsert{"helpers.insert", R"sql(
  INSERT INTO case_helpers (id, case_id, party_id, given_by, email_sealed, email_index, may_act, offered_at, ends_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9))sql"};
constexpr db::Query kReplace{"helpers.replace", R"sql(
  UPDATE case_helpers SET ended_at = $4
  WHERE case_id = $1 AND given_by = $2 AND email_index = $3 AND ended_at IS NULL)sql"};
constexpr db::Query kCount{"helpers.count_standing", R"sql(
  SELECT COUNT(*) FROM case_helpers WHERE case_id = $1 AND given_by = $2 AND ended_at IS NULL AND ends_at > $3)sql"};
constexpr db::Query kOfCase{"helpers.of_case",
                            "SELECT " WAYMARK_HELPING WAYMARK_FROM_HELPINGS "WHERE h.case_id = $1 ORDER BY h.id DESC"};
constexpr db::Query kGiven{"helpers.given",
                           "SELECT " WAYMARK_HELPING WAYMARK_HELPED
                           "WHERE h.case_id = $1 AND h.ended_at IS NULL AND h.ends_at > $2 ORDER BY h.id"};
constexpr db::Query kTaken{"helpers.taken",
                           "SELECT " WAYMARK_HELPING WAYMARK_HELPED WAYMARK_HELPS_NOW "ORDER BY h.id DESC"};
constexpr db::Query kOffers{"helpers.offers",
                            "SELECT " WAYMARK_HELPING WAYMARK_HELPED
                            "WHERE h.email_index = $1 AND h.accepted_at IS NULL AND h.ended_at IS NULL "
                            "AND h.ends_at > $2 ORDER BY h.id DESC"};
constexpr db::Query kAccept{"helpers.accept",
                            "UPDATE case_helpers SET helper = $2, accepted_at = $4 WHERE id = $1 AND email_index = $3 "
                            "AND given_by <> $2 AND accepted_at IS NULL AND ended_at IS NULL "
                            "AND ends_at > $4" WAYMARK_RETURN_HELPING};
constexpr db::Query kEndGiven{"helpers.end_given",
                              "UPDATE case_helpers SET ended_at = $4 WHERE id = $1 AND case_id = $2 AND given_by = $3 "
                              "AND ended_at IS NULL" WAYMARK_RETURN_HELPING};
constexpr db::Query kEndTaken{"helpers.end_taken",
                              "UPDATE case_helpers SET ended_at = $4 WHERE id = $1 AND ended_at IS NULL "
                              "AND (helper = $2 OR (helper IS NULL AND email_index = $3))" WAYMARK_RETURN_HELPING};
constexpr db::Query kEndAllGiven{"helpers.end_all_given", R"sql(
  UPDATE case_helpers SET ended_at = $3 WHERE case_id = $1 AND given_by = $2 AND ended_at IS NULL)sql"};
constexpr db::Query kForgetLooks{"helpers.forget_looks", R"sql(
  DELETE FROM helper_looks WHERE helping IN (SELECT id FROM case_helpers WHERE given_by = $1))sql"};
constexpr db::Query kForgetGiven{"helpers.forget_given", "DELETE FROM case_helpers WHERE given_by = $1"};
constexpr db::Query kForgetTaken{"helpers.forget_taken", R"sql(
  UPDATE case_helpers SET helper = NULL, email_sealed = NULL, email_index = NULL WHERE helper = $1)sql"};

constexpr db::Query kFindHelped{"helpers.find_case", WAYMARK_VISIBLE_CASE
                                ", h.may_act, h.id " WAYMARK_HELPED WAYMARK_HELPS_NOW
                                "AND c.receipt_number = $3 ORDER BY h.may_act DESC, h.id DESC LIMIT 1"};
constexpr db::Query kListHelped{"helpers.list_cases",
                                WAYMARK_VISIBLE_CASE ", h.may_act, h.id " WAYMARK_HELPED WAYMARK_HELPS_NOW
                                                     "ORDER BY h.may_act DESC, h.id DESC"};
constexpr db::Query kComing{"helpers.coming_appointments",
                            "SELECT a.id, a.case_id, a.kind, a.starts_at, a.place, a.state, "
                            "a.agency_appointment " WAYMARK_HELPED
                            "JOIN appointments a ON a.case_id = h.case_id " WAYMARK_HELPS_NOW
                            "AND a.starts_at >= $2 AND a.state IN ('scheduled', 'rescheduled') "
                            "ORDER BY a.starts_at, a.id"};

constexpr db::Query kInsertLook{"helpers.insert_look", R"sql(
  INSERT INTO helper_looks (id, helping, hour) VALUES ($1, $2, $3) ON CONFLICT (helping, hour) DO NOTHING)sql"};
constexpr db::Query kLooks{"helpers.looks", R"sql(
  SELECT h.given_by, h.email_sealed, h.id, l.hour FROM case_helpers h JOIN helper_looks l ON l.helping = h.id
  WHERE h.case_id = $1 ORDER BY l.hour DESC, l.id DESC LIMIT $2)sql"};

std::string bytes_or_empty(const db::Row& row, int column) {
  return row.is_null(column) ? std::string() : std::string(row.bytes(column));
}

Helping read_helping(const db::Row& row) {
  return {.id = row.id<HelpingId>(0),
          .on_case = row.id<CaseId>(1),
          .given_by = row.id<AccountId>(2),
          .sealed_email = bytes_or_empty(row, 3),
          .may_act = row.boolean(4),
          .offered_at = row.instant(5),
          .ends_at = row.instant(6),
          .accepted_at = row.maybe_instant(7),
          .ended_at = row.maybe_instant(8),
          .receipt_number = std::string(row.text(9))};
}

// A helper is no party: the part of who gave it stays out of what is handed on.
VisibleCase read_helped_case(const db::Row& row) {
  auto visible = read_visible_case(row);
  visible.party = PartyId{};
  visible.role = Role::helper;
  visible.as_guardian = false;
  visible.helper_may_act = row.boolean(kAfterVisibleCase);
  visible.helping = row.integer(kAfterVisibleCase + 1);
  return visible;
}

}  // namespace

void insert_helping(db::Transaction& tx, const NewHelping& helping) {
  tx.run(kReplace, {helping.on_case, helping.given_by, db::Bytes{helping.email_index}, helping.offered_at});
  tx.run(kInsert, {helping.id, helping.on_case, helping.party, helping.given_by, db::Bytes{helping.sealed_email},
                   db::Bytes{helping.email_index}, helping.may_act, helping.offered_at, helping.ends_at});
}

int count_standing(db::Snapshot& snapshot, CaseId on_case, AccountId given_by, Instant now) {
  return static_cast<int>(
      snapshot.find(kCount, {on_case, given_by, now}, [](const db::Row& row) { return row.integer(0); }).value_or(0));
}

std::vector<Helping> list_helpings(db::Snapshot& snapshot, CaseId on_case) {
  return snapshot.list(kOfCase, {on_case}, read_helping);
}
std::vector<Helping> list_given(db::Snapshot& snapshot, CaseId on_case, Instant now) {
  return snapshot.list(kGiven, {on_case, now}, read_helping);
}
std::vector<Helping> list_taken(db::Snapshot& snapshot, AccountId helper, Instant now) {
  return snapshot.list(kTaken, {helper, now}, read_helping);
}
std::vector<Helping> list_offers(db::Snapshot& snapshot, std::string_view email_index, Instant now) {
  return snapshot.list(kOffers, {db::Bytes{email_index}, now}, read_helping);
}

std::optional<Helping> accept_helping(db::Transaction& tx, HelpingId id, AccountId helper, std::string_view email_index,
                                      Instant now) {
  return tx.find(kAccept, {id, helper, db::Bytes{email_index}, now}, read_helping);
}
std::optional<Helping> end_given(db::Transaction& tx, HelpingId id, CaseId on_case, AccountId given_by, Instant now) {
  return tx.find(kEndGiven, {id, on_case, given_by, now}, read_helping);
}
std::optional<Helping> end_taken(db::Transaction& tx, HelpingId id, AccountId helper, std::string_view email_index,
                                 Instant now) {
  return tx.find(kEndTaken, {id, helper, db::Bytes{email_index}, now}, read_helping);
}
void end_all_given(db::Transaction& tx, CaseId on_case, AccountId given_by, Instant now) {
  tx.run(kEndAllGiven, {on_case, given_by, now});
}
void forget_helpings(db::Transaction& tx, AccountId account) {
  tx.run(kForgetLooks, {account});
  tx.run(kForgetGiven, {account});
  tx.run(kForgetTaken, {account});
}

std::optional<VisibleCase> find_helped_case(db::Snapshot& snapshot, AccountId helper, std::string_view receipt_number,
                                            Instant now) {
  return snapshot.find(kFindHelped, {helper, now, receipt_number}, read_helped_case);
}
void queue_helped_cases(db::Snapshot& snapshot, AccountId helper, Instant now, std::vector<VisibleCase>& into) {
  snapshot.queue(kListHelped, {helper, now}, [&into](const db::Row& row) { into.push_back(read_helped_case(row)); });
}
void queue_helped_appointments(db::Snapshot& snapshot, AccountId helper, Instant now,
                               std::vector<VisibleAppointment>& into) {
  snapshot.queue(kComing, {helper, now}, [&into](const db::Row& row) { into.push_back(read_appointment(row)); });
}

void insert_helper_look(db::Transaction& tx, std::int64_t id, HelpingId helping, Instant hour) {
  tx.run(kInsertLook, {id, helping, hour});
}
std::vector<HelperLook> list_helper_looks(db::Snapshot& snapshot, CaseId on_case, int most) {
  return snapshot.list(kLooks, {on_case, most}, [](const db::Row& row) {
    return HelperLook{row.id<AccountId>(0), bytes_or_empty(row, 1), row.id<HelpingId>(2), row.instant(3)};
  });
}

}  // namespace waymark::cases
