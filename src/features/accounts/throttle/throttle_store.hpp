// The table of limits. A row is locked while it is read and written back, so that no count is lost to a neighbour.
#pragma once

#include <string_view>

#include "db/database.hpp"
#include "features/accounts/throttle/throttle_rules.hpp"

namespace waymark::accounts {

// Makes the row when there is none, and holds it until the transaction ends. belongs_to: a keyed hash of whose tries it
// counts, or empty.
ThrottleRow lock_throttle_row(db::Transaction& tx, std::string_view key_hash, std::string_view purpose,
                              std::string_view belongs_to = {});
void save_throttle_row(db::Transaction& tx, std::string_view key_hash, std::string_view purpose, const ThrottleRow& row,
                       std::optional<Instant> forget_at);
ThrottleRow read_throttle_row(db::Snapshot& snapshot, std::string_view key_hash, std::string_view purpose);
void delete_throttle_row(db::Transaction& tx, std::string_view key_hash, std::string_view purpose);
void delete_throttle_rows_of(db::Transaction& tx, std::string_view belongs_to, std::string_view purpose);
void delete_forgotten_throttle_rows(db::Transaction& tx, Instant now);

}  // namespace waymark::accounts
