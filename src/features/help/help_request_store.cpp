#include "features/help/help_request_store.hpp"

#include <boost/json.hpp>

namespace waymark::help {
namespace {

namespace json = boost::json;

constexpr db::Query kInsert{
    "help_requests.insert",
    "INSERT INTO help_requests (id, reference, content_sealed, topic, language, state, asked_at) "
    "VALUES ($1, $2, $3, $4, $5, 'open', $6)"};
constexpr db::Query kFind{"help_requests.find",
                          "SELECT id, reference, topic, language, state, asked_at, officer, taken_at, answered_at, "
                          "closed_at, content_sealed, reply_sealed FROM help_requests WHERE id = $1"};
constexpr db::Query kHasReference{"help_requests.has_reference", "SELECT 1 FROM help_requests WHERE reference = $1"};
constexpr db::Query kListWaiting{
    "help_requests.list_waiting",
    "SELECT id, reference, topic, language, state, asked_at, officer, taken_at, answered_at, closed_at "
    "FROM help_requests WHERE state IN ('open', 'taken', 'answered') "
    "ORDER BY CASE WHEN state = 'answered' THEN 1 ELSE 0 END, asked_at, id LIMIT $1"};
constexpr db::Query kTake{"help_requests.take",
                          "UPDATE help_requests SET state = 'taken', officer = $2, taken_at = $3 WHERE id = $1 "
                          "AND (state = 'open' OR (state = 'taken' AND (officer = $2 OR taken_at <= $4)))"};
constexpr db::Query kAnswer{"help_requests.answer",
                            "UPDATE help_requests SET state = 'answered', reply_sealed = $3, answered_at = $4 "
                            "WHERE id = $1 AND state = 'taken' AND officer = $2"};
constexpr db::Query kClose{"help_requests.close",
                           "UPDATE help_requests SET state = 'closed', closed_at = $3 WHERE id = $1 "
                           "AND state IN ('taken', 'answered') AND officer = $2"};
constexpr db::Query kDeleteClosed{"help_requests.delete_closed",
                                  "DELETE FROM help_requests WHERE (state = 'closed' AND closed_at <= $1) "
                                  "OR (state = 'answered' AND answered_at <= $1)"};

SealPlace place(std::string_view column, HelpRequestId id) { return {"help_requests", column, id.value}; }

RequestState state_of(std::string_view text) {
  for (const auto state : {RequestState::open, RequestState::taken, RequestState::answered}) {
    if (to_text(state) == text) return state;
  }
  return RequestState::closed;
}

HelpRequest read_open_part(const db::Row& row) {
  return {.id = row.id<HelpRequestId>(0),
          .reference = std::string(row.text(1)),
          .topic = std::string(row.text(2)),
          .language = std::string(row.text(3)),
          .state = state_of(row.text(4)),
          .asked_at = row.instant(5),
          .officer = row.is_null(6) ? OfficerId{} : row.id<OfficerId>(6),
          .taken_at = row.maybe_instant(7),
          .answered_at = row.maybe_instant(8),
          .closed_at = row.maybe_instant(9)};
}

}  // namespace

HelpRequest HelpRequestStore::read(const db::Row& row) const {
  auto request = read_open_part(row);
  const auto value = json::parse(sealer_.open(place("content_sealed", request.id), row.bytes(10)));
  const auto& content = value.as_object();
  request.email = content.at("email").as_string().c_str();
  request.text = content.at("text").as_string().c_str();
  request.receipt_number = content.at("receipt_number").as_string().c_str();
  if (!row.is_null(11)) request.reply = sealer_.open(place("reply_sealed", request.id), row.bytes(11));
  return request;
}

void HelpRequestStore::insert(db::Transaction& tx, const HelpRequest& request) const {
  const auto content = json::serialize(
      json::object{{"email", request.email}, {"text", request.text}, {"receipt_number", request.receipt_number}});
  const auto sealed = sealer_.seal(place("content_sealed", request.id), content);
  tx.run(kInsert,
         {request.id, request.reference, db::Bytes{sealed}, request.topic, request.language, request.asked_at});
}

std::optional<HelpRequest> HelpRequestStore::find(db::Snapshot& snapshot, HelpRequestId id) const {
  return snapshot.find(kFind, {id}, [this](const db::Row& row) { return read(row); });
}

bool HelpRequestStore::has_reference(db::Snapshot& snapshot, std::string_view reference) const {
  return snapshot.has(kHasReference, {reference});
}

std::vector<HelpRequest> HelpRequestStore::list_waiting(db::Snapshot& snapshot, int most) const {
  return snapshot.list(kListWaiting, {most}, read_open_part);
}

bool HelpRequestStore::take(db::Transaction& tx, HelpRequestId id, OfficerId officer, Instant now,
                            Instant stale) const {
  return tx.run(kTake, {id, officer, now, stale}) > 0;
}

bool HelpRequestStore::answer(db::Transaction& tx, HelpRequestId id, OfficerId officer, std::string_view reply,
                              Instant now) const {
  const auto sealed = sealer_.seal(place("reply_sealed", id), reply);
  return tx.run(kAnswer, {id, officer, db::Bytes{sealed}, now}) > 0;
}

bool HelpRequestStore::close(db::Transaction& tx, HelpRequestId id, OfficerId officer, Instant now) const {
  return tx.run(kClose, {id, officer, now}) > 0;
}

void delete_closed_help_requests(db::Transaction& tx, Instant before) { tx.run(kDeleteClosed, {before}); }

}  // namespace waymark::help
