#include "features/cases/representing/representation_store.hpp"

#include "features/cases/case_store.hpp"
#include "features/cases/representing/representation_columns.hpp"

#define WAYMARK_IS_VERIFIED(account) \
  "EXISTS (SELECT 1 FROM representatives v WHERE v.account = " account " AND v.state = 'verified') "
// $1: the representative.
#define WAYMARK_REPRESENTS_NOW "WHERE r.representative = $1 AND " WAYMARK_IS_STANDING

namespace waymark::cases {
namespace {

constexpr db::Query kInsert{"representations.insert", R"sql(
  INSERT INTO representations (id, receipt_number, case_id, party_id, client, representative, code_hash, started_at,
                               code_ends_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9))sql"};
constexpr db::Query kReplaceClients{"representations.replace_clients", R"sql(
  UPDATE representations SET ended_at = $3, code_hash = NULL
  WHERE case_id = $1 AND client = $2 AND began_at IS NULL AND ended_at IS NULL)sql"};
constexpr db::Query kReplaceRepresentatives{"representations.replace_representatives", R"sql(
  UPDATE representations SET ended_at = $3, code_hash = NULL
  WHERE receipt_number = $1 AND representative = $2 AND client IS NULL AND began_at IS NULL AND ended_at IS NULL)sql"};

constexpr db::Query kTakeClients{
    "representations.take_clients",
    "UPDATE representations SET representative = $3, code_hash = NULL "
    "WHERE receipt_number = $1 AND code_hash = $2 AND representative IS NULL AND client <> $3 AND began_at IS NULL "
    "AND ended_at IS NULL AND code_ends_at > $4 AND " WAYMARK_IS_VERIFIED("$3")
    "AND EXISTS (SELECT 1 FROM parties p WHERE p.id = party_id AND p.account = client AND p.is_present "
    "AND p.role IN ('applicant', 'petitioner')) RETURNING " WAYMARK_REPRESENTATION_COLUMNS};
#define WAYMARK_WAITING_REPRESENTATIVES                                                                            \
  "WHERE receipt_number = $1 AND code_hash = $2 AND client IS NULL AND representative <> $3 AND began_at IS NULL " \
  "AND ended_at IS NULL AND code_ends_at > $4 AND " WAYMARK_IS_VERIFIED("representative")
constexpr db::Query kTakeRepresentatives{"representations.take_representatives",
                                         "UPDATE representations SET client = $3, case_id = $5, party_id = $6, "
                                         "code_hash = NULL " WAYMARK_WAITING_REPRESENTATIVES
                                         "RETURNING " WAYMARK_REPRESENTATION_COLUMNS};
constexpr db::Query kFindRepresentatives{"representations.find_passcode",
                                         "SELECT " WAYMARK_REPRESENTATION_COLUMNS
                                         "FROM representations " WAYMARK_WAITING_REPRESENTATIVES};

constexpr db::Query kEndBefore{"representations.end_before",
                               "UPDATE representations SET ended_at = $3, code_hash = NULL WHERE case_id = $1 "
                               "AND client = $2 AND id <> $4 AND ended_at IS NULL "
                               "RETURNING " WAYMARK_REPRESENTATION_COLUMNS};
constexpr db::Query kBegin{"representations.begin", "UPDATE representations SET began_at = $2 WHERE id = $1"};

constexpr db::Query kOfClient{"representations.of_client",
                              "SELECT " WAYMARK_REPRESENTATION_COLUMNS
                              "FROM representations WHERE case_id = $1 AND client = $2 ORDER BY id DESC"};
constexpr db::Query kOfRepresentative{"representations.of_representative",
                                      "SELECT " WAYMARK_REPRESENTATION_COLUMNS
                                      "FROM representations WHERE representative = $1 AND ended_at IS NULL "
                                      "AND (began_at IS NOT NULL OR code_ends_at > $2) AND id < $3 "
                                      "ORDER BY id DESC LIMIT $4"};
constexpr db::Query kOneOfRepresentative{"representations.one_of_representative",
                                         "SELECT " WAYMARK_REPRESENTATION_COLUMNS
                                         "FROM representations WHERE id = $2 AND representative = $1 "
                                         "AND began_at IS NOT NULL AND ended_at IS NULL"};

constexpr db::Query kStandingOfCase{"representations.standing_of_case",
                                    "SELECT " WAYMARK_REPRESENTATION_COLUMNS_OF_R WAYMARK_REPRESENTED
                                    "WHERE r.case_id = $1 AND " WAYMARK_IS_STANDING "ORDER BY r.id"};

constexpr db::Query kEndByClient{"representations.end_by_client",
                                 "UPDATE representations SET ended_at = $4, code_hash = NULL WHERE id = $1 "
                                 "AND case_id = $2 AND client = $3 AND ended_at IS NULL "
                                 "RETURNING " WAYMARK_REPRESENTATION_COLUMNS};
constexpr db::Query kEndByRepresentative{"representations.end_by_representative",
                                         "UPDATE representations SET ended_at = $3, code_hash = NULL WHERE id = $1 "
                                         "AND representative = $2 AND ended_at IS NULL "
                                         "RETURNING " WAYMARK_REPRESENTATION_COLUMNS};
constexpr db::Query kEndAllOfClient{"representations.end_all_of_client",
                                    "UPDATE representations SET ended_at = $3, code_hash = NULL WHERE case_id = $1 "
                                    "AND client = $2 AND ended_at IS NULL RETURNING " WAYMARK_REPRESENTATION_COLUMNS};
constexpr db::Query kEndAllOfRepresentative{
    "representations.end_all_of_representative",
    "UPDATE representations SET ended_at = $2, code_hash = NULL WHERE representative = $1 AND ended_at IS NULL "
    "RETURNING " WAYMARK_REPRESENTATION_COLUMNS};

constexpr db::Query kForgetLooks{"representations.forget_looks", R"sql(
  DELETE FROM representation_looks WHERE representation IN (SELECT id FROM representations WHERE client = $1))sql"};
constexpr db::Query kForgetClient{"representations.forget_client", "DELETE FROM representations WHERE client = $1"};
constexpr db::Query kForgetWaiting{"representations.forget_waiting",
                                   "DELETE FROM representations WHERE representative = $1 AND client IS NULL"};
constexpr db::Query kForgetRepresentative{"representations.forget_representative",
                                          "UPDATE representations SET representative = NULL WHERE representative = $1"};

constexpr db::Query kFindCase{"representations.find_case",
                              WAYMARK_VISIBLE_CASE ", r.id " WAYMARK_REPRESENTED WAYMARK_REPRESENTS_NOW
                                                   "AND c.receipt_number = $2 ORDER BY r.id DESC LIMIT 1"};
constexpr db::Query kListCases{"representations.list_cases", WAYMARK_VISIBLE_CASE
                               ", r.id " WAYMARK_REPRESENTED WAYMARK_REPRESENTS_NOW "ORDER BY r.id DESC"};
constexpr db::Query kComing{"representations.coming_appointments",
                            "SELECT a.id, a.case_id, a.kind, a.starts_at, a.place, a.state, "
                            "a.agency_appointment " WAYMARK_REPRESENTED
                            "JOIN appointments a ON a.case_id = r.case_id " WAYMARK_REPRESENTS_NOW
                            "AND a.starts_at >= $2 AND a.state IN ('scheduled', 'rescheduled') "
                            "ORDER BY a.starts_at, a.id"};

constexpr db::Query kInsertLook{"representations.insert_look", R"sql(
  INSERT INTO representation_looks (id, representation, looked_by, hour) VALUES ($1, $2, $3, $4)
  ON CONFLICT (representation, looked_by, hour) DO NOTHING)sql"};
constexpr db::Query kLooks{"representations.looks", R"sql(
  SELECT r.client, l.looked_by, l.hour FROM representations r JOIN representation_looks l ON l.representation = r.id
  WHERE r.case_id = $1 ORDER BY l.hour DESC, l.id DESC LIMIT $2)sql"};

std::vector<Representation> only_begun(std::vector<Representation> ended) {
  std::erase_if(ended, [](const Representation& one) { return !one.began_at; });
  return ended;
}

template <typename T>
std::optional<T> maybe_id(const db::Row& row, int column) {
  return row.is_null(column) ? std::nullopt : std::optional(row.id<T>(column));
}

}  // namespace

Representation read_representation(const db::Row& row) {
  return {.id = row.id<RepresentationId>(0),
          .receipt_number = std::string(row.text(1)),
          .on_case = maybe_id<CaseId>(row, 2),
          .client = maybe_id<AccountId>(row, 3),
          .representative = maybe_id<AccountId>(row, 4),
          .started_at = row.instant(5),
          .code_ends_at = row.instant(6),
          .began_at = row.maybe_instant(7),
          .ended_at = row.maybe_instant(8),
          .firm = maybe_id<FirmId>(row, 9)};
}

VisibleCase read_represented_case(const db::Row& row) {
  auto visible = read_visible_case(row);
  visible.party = PartyId{};
  visible.role = Role::representative;
  visible.as_guardian = false;
  visible.representing = row.integer(kAfterVisibleCase);
  return visible;
}

void insert_clients_passcode(db::Transaction& tx, const ClientsPasscode& passcode) {
  tx.run(kReplaceClients, {passcode.on_case, passcode.client, passcode.now});
  tx.run(kInsert, {passcode.id, passcode.receipt_number, passcode.on_case, passcode.party, passcode.client, nullptr,
                   db::Bytes{passcode.code_hash}, passcode.now, passcode.ends_at});
}

void insert_representatives_passcode(db::Transaction& tx, const RepresentativesPasscode& passcode) {
  tx.run(kReplaceRepresentatives, {passcode.receipt_number, passcode.representative, passcode.now});
  tx.run(kInsert, {passcode.id, passcode.receipt_number, nullptr, nullptr, nullptr, passcode.representative,
                   db::Bytes{passcode.code_hash}, passcode.now, passcode.ends_at});
}

std::optional<Representation> take_clients_passcode(db::Transaction& tx, std::string_view receipt_number,
                                                    std::string_view code_hash, AccountId representative, Instant now) {
  return tx.find(kTakeClients, {receipt_number, db::Bytes{code_hash}, representative, now}, read_representation);
}

std::optional<Representation> take_representatives_passcode(db::Transaction& tx, std::string_view receipt_number,
                                                            std::string_view code_hash, const TakenBy& client,
                                                            Instant now) {
  return tx.find(kTakeRepresentatives,
                 {receipt_number, db::Bytes{code_hash}, client.client, now, client.on_case, client.party},
                 read_representation);
}

std::optional<Representation> find_representatives_passcode(db::Snapshot& snapshot, std::string_view receipt_number,
                                                            std::string_view code_hash, AccountId client, Instant now) {
  return snapshot.find(kFindRepresentatives, {receipt_number, db::Bytes{code_hash}, client, now}, read_representation);
}

std::vector<Representation> begin_representation(db::Transaction& tx, const Representation& taken, Instant now) {
  auto ended = tx.list(kEndBefore, {*taken.on_case, *taken.client, now, taken.id}, read_representation);
  tx.run(kBegin, {taken.id, now});
  return only_begun(std::move(ended));
}

std::vector<Representation> list_of_client(db::Snapshot& snapshot, CaseId on_case, AccountId client) {
  return snapshot.list(kOfClient, {on_case, client}, read_representation);
}
std::vector<Representation> list_of_representative(db::Snapshot& snapshot, AccountId representative, Instant now,
                                                   RepresentationId before, int most) {
  return snapshot.list(kOfRepresentative, {representative, now, before, most}, read_representation);
}
std::optional<Representation> find_of_representative(db::Snapshot& snapshot, AccountId representative,
                                                     RepresentationId id) {
  return snapshot.find(kOneOfRepresentative, {representative, id}, read_representation);
}

std::vector<Representation> list_standing_of_case(db::Snapshot& snapshot, CaseId on_case) {
  return snapshot.list(kStandingOfCase, {on_case}, read_representation);
}

std::optional<Representation> end_by_client(db::Transaction& tx, RepresentationId id, CaseId on_case, AccountId client,
                                            Instant now) {
  return tx.find(kEndByClient, {id, on_case, client, now}, read_representation);
}
std::optional<Representation> end_by_representative(db::Transaction& tx, RepresentationId id, AccountId representative,
                                                    Instant now) {
  return tx.find(kEndByRepresentative, {id, representative, now}, read_representation);
}
std::vector<Representation> end_all_of_client(db::Transaction& tx, CaseId on_case, AccountId client, Instant now) {
  return only_begun(tx.list(kEndAllOfClient, {on_case, client, now}, read_representation));
}
std::vector<Representation> end_all_of_representative(db::Transaction& tx, AccountId representative, Instant now) {
  return only_begun(tx.list(kEndAllOfRepresentative, {representative, now}, read_representation));
}

void forget_representations(db::Transaction& tx, AccountId account) {
  tx.run(kForgetLooks, {account});
  tx.run(kForgetClient, {account});
  tx.run(kForgetWaiting, {account});
  tx.run(kForgetRepresentative, {account});
}

std::optional<VisibleCase> find_represented_case(db::Snapshot& snapshot, AccountId representative,
                                                 std::string_view receipt_number) {
  return snapshot.find(kFindCase, {representative, receipt_number}, read_represented_case);
}
void queue_represented_cases(db::Snapshot& snapshot, AccountId representative, std::vector<VisibleCase>& into) {
  snapshot.queue(kListCases, {representative},
                 [&into](const db::Row& row) { into.push_back(read_represented_case(row)); });
}
void queue_represented_appointments(db::Snapshot& snapshot, AccountId representative, Instant now,
                                    std::vector<VisibleAppointment>& into) {
  snapshot.queue(kComing, {representative, now},
                 [&into](const db::Row& row) { into.push_back(read_appointment(row)); });
}

void insert_representation_look(db::Transaction& tx, std::int64_t id, RepresentationId representation, AccountId by,
                                Instant hour) {
  tx.run(kInsertLook, {id, representation, by, hour});
}
std::vector<RepresentationLook> list_representation_looks(db::Snapshot& snapshot, CaseId on_case, int most) {
  return snapshot.list(kLooks, {on_case, most}, [](const db::Row& row) {
    return RepresentationLook{row.id<AccountId>(0), row.id<AccountId>(1), row.instant(2)};
  });
}

}  // namespace waymark::cases
