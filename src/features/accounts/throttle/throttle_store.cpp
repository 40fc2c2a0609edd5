#include "features/accounts/throttle/throttle_store.hpp"

#include "base/assert.hpp"

namespace waymark::accounts {
namespace {

// One statement makes the row or holds the one that somebody else has just made: it can't be deleted in between.
constexpr db::Query kMake{
    "throttles.make",
    "INSERT INTO throttles (key_hash, purpose, belongs_to, failures, places) VALUES ($1, $2, $3, 0, 0) "
    "ON CONFLICT (key_hash, purpose) DO UPDATE SET purpose = excluded.purpose "
    "RETURNING failures, places, places_lapse_at, window_started_at, locked_until, rounds"};
// An UPDATE that changes nothing holds the row on both databases.
constexpr db::Query kLock{"throttles.lock",
                          "UPDATE throttles SET purpose = $2 WHERE key_hash = $1 AND purpose = $2 "
                          "RETURNING failures, places, places_lapse_at, window_started_at, locked_until, rounds"};
// The same where it belongs to somebody: a row that was made anew while a try was being checked does not know it yet.
constexpr db::Query kLockOf{"throttles.lock_of",
                            "UPDATE throttles SET belongs_to = $3 WHERE key_hash = $1 AND purpose = $2 "
                            "RETURNING failures, places, places_lapse_at, window_started_at, locked_until, rounds"};
constexpr db::Query kSave{"throttles.save",
                          "UPDATE throttles SET failures = $3, places = $4, places_lapse_at = $5, "
                          "window_started_at = $6, locked_until = $7, forget_at = $8, rounds = $9 "
                          "WHERE key_hash = $1 AND purpose = $2"};
constexpr db::Query kRead{"throttles.read",
                          "SELECT failures, places, places_lapse_at, window_started_at, locked_until, rounds "
                          "FROM throttles WHERE key_hash = $1 AND purpose = $2"};
constexpr db::Query kDelete{"throttles.delete", "DELETE FROM throttles WHERE key_hash = $1 AND purpose = $2"};
constexpr db::Query kDeleteOf{"throttles.delete_of", "DELETE FROM throttles WHERE belongs_to = $1 AND purpose = $2"};
constexpr db::Query kDeleteForgotten{"throttles.delete_forgotten", "DELETE FROM throttles WHERE forget_at < $1"};

ThrottleRow to_throttle_row(const db::Row& row) {
  return {.failures = row.integer(0),
          .places = row.integer(1),
          .places_lapse_at = row.maybe_instant(2),
          .window_started_at = row.maybe_instant(3),
          .locked_until = row.maybe_instant(4),
          .rounds = row.integer(5)};
}

}  // namespace

ThrottleRow lock_throttle_row(db::Transaction& tx, std::string_view key_hash, std::string_view purpose,
                              std::string_view belongs_to) {
  const auto owner = belongs_to.empty() ? std::nullopt : std::optional(db::Bytes{belongs_to});
  auto found = owner ? tx.find(kLockOf, {db::Bytes{key_hash}, purpose, owner}, to_throttle_row)
                     : tx.find(kLock, {db::Bytes{key_hash}, purpose}, to_throttle_row);
  if (!found) found = tx.find(kMake, {db::Bytes{key_hash}, purpose, owner}, to_throttle_row);
  WAYMARK_ASSERT(found);
  return *found;
}

void save_throttle_row(db::Transaction& tx, std::string_view key_hash, std::string_view purpose, const ThrottleRow& row,
                       std::optional<Instant> forget_at) {
  tx.run(kSave, {db::Bytes{key_hash}, purpose, row.failures, row.places, row.places_lapse_at, row.window_started_at,
                 row.locked_until, forget_at, row.rounds});
}

ThrottleRow read_throttle_row(db::Snapshot& snapshot, std::string_view key_hash, std::string_view purpose) {
  return snapshot.find(kRead, {db::Bytes{key_hash}, purpose}, to_throttle_row).value_or(ThrottleRow{});
}

void delete_throttle_row(db::Transaction& tx, std::string_view key_hash, std::string_view purpose) {
  tx.run(kDelete, {db::Bytes{key_hash}, purpose});
}

void delete_throttle_rows_of(db::Transaction& tx, std::string_view belongs_to, std::string_view purpose) {
  tx.run(kDeleteOf, {db::Bytes{belongs_to}, purpose});
}

void delete_forgotten_throttle_rows(db::Transaction& tx, Instant now) { tx.run(kDeleteForgotten, {now}); }

}  // namespace waymark::accounts
