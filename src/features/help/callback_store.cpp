#include "features/help/callback_store.hpp"

#include <boost/json.hpp>

#include "base/assert.hpp"

namespace waymark::help {
namespace {

namespace json = boost::json;

constexpr db::Query kInsert{
    "callback_requests.insert",
    "INSERT INTO callback_requests (id, reference, content_sealed, topic, language, wanted_from, wanted_until, state, "
    "asked_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 'open', $8)"};
constexpr db::Query kFind{"callback_requests.find",
                          "SELECT id, reference, topic, language, wanted_from, wanted_until, state, asked_at, officer, "
                          "taken_at, outcome, closed_at, content_sealed FROM callback_requests WHERE id = $1"};
constexpr db::Query kHasReference{"callback_requests.has_reference",
                                  "SELECT 1 FROM callback_requests WHERE reference = $1"};
constexpr db::Query kListWaiting{
    "callback_requests.list_waiting",
    "SELECT id, reference, topic, language, wanted_from, wanted_until, state, asked_at, officer, taken_at, outcome, "
    "closed_at FROM callback_requests WHERE state IN ('open', 'taken') ORDER BY asked_at, id LIMIT $1"};
constexpr db::Query kTake{"callback_requests.take",
                          "UPDATE callback_requests SET state = 'taken', officer = $2, taken_at = $3 WHERE id = $1 "
                          "AND (state = 'open' OR (state = 'taken' AND (officer = $2 OR taken_at <= $4)))"};
constexpr db::Query kClose{
    "callback_requests.close",
    "UPDATE callback_requests SET state = 'closed', outcome = $3, closed_at = $4 WHERE id = $1 AND state = 'taken' "
    "AND officer = $2"};
constexpr db::Query kDeleteClosed{"callback_requests.delete_closed",
                                  "DELETE FROM callback_requests WHERE state = 'closed' AND closed_at <= $1"};

SealPlace place(CallbackId id) { return {"callback_requests", "content_sealed", id.value}; }

Callback read_open_part(const db::Row& row) {
  const auto state = row.text(6);
  Callback callback{.id = row.id<CallbackId>(0),
                    .reference = std::string(row.text(1)),
                    .topic = std::string(row.text(2)),
                    .language = std::string(row.text(3)),
                    .wanted_from = row.maybe_instant(4),
                    .wanted_until = row.maybe_instant(5),
                    .state = state == "open"    ? RequestState::open
                             : state == "taken" ? RequestState::taken
                                                : RequestState::closed,
                    .asked_at = row.instant(7),
                    .officer = row.is_null(8) ? OfficerId{} : row.id<OfficerId>(8),
                    .taken_at = row.maybe_instant(9),
                    .closed_at = row.maybe_instant(11)};
  if (const auto outcome = row.maybe_text(10)) callback.outcome = find_callback_outcome(*outcome);
  return callback;
}

}  // namespace

Callback CallbackStore::read(const db::Row& row) const {
  auto callback = read_open_part(row);
  const auto value = json::parse(sealer_.open(place(callback.id), row.bytes(12)));
  const auto& content = value.as_object();
  callback.name = content.at("name").as_string().c_str();
  callback.phone = content.at("phone").as_string().c_str();
  callback.other_language = content.at("other_language").as_string().c_str();
  return callback;
}

void CallbackStore::insert(db::Transaction& tx, const Callback& callback) const {
  const auto content = json::serialize(
      json::object{{"name", callback.name}, {"phone", callback.phone}, {"other_language", callback.other_language}});
  const auto sealed = sealer_.seal(place(callback.id), content);
  tx.run(kInsert, {callback.id, callback.reference, db::Bytes{sealed}, callback.topic, callback.language,
                   callback.wanted_from, callback.wanted_until, callback.asked_at});
}

std::optional<Callback> CallbackStore::find(db::Snapshot& snapshot, CallbackId id) const {
  return snapshot.find(kFind, {id}, [this](const db::Row& row) { return read(row); });
}

bool CallbackStore::has_reference(db::Snapshot& snapshot, std::string_view reference) const {
  return snapshot.has(kHasReference, {reference});
}

std::vector<Callback> CallbackStore::list_waiting(db::Snapshot& snapshot, int most) const {
  return snapshot.list(kListWaiting, {most}, read_open_part);
}

bool CallbackStore::take(db::Transaction& tx, CallbackId id, OfficerId officer, Instant now, Instant stale) const {
  return tx.run(kTake, {id, officer, now, stale}) > 0;
}

bool CallbackStore::close(db::Transaction& tx, CallbackId id, OfficerId officer, CallbackOutcome outcome,
                          Instant now) const {
  return tx.run(kClose, {id, officer, to_text(outcome), now}) > 0;
}

void delete_closed_callbacks(db::Transaction& tx, Instant before) { tx.run(kDeleteClosed, {before}); }

}  // namespace waymark::help
