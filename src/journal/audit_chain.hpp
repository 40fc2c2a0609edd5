// The chain over the audit trail: each row of `audit` gets a place, and each place holds a hash over the one before it.
// A place commits to salt and content of its row, and the hash covers that commitment: should a row's content have to
// go one day, its salt goes with it, and the chain still holds. docs/decisions/0008-audit-chain.md tells why rows are
// chained after their transaction, and what this shows to whom.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "db/database.hpp"

namespace waymark::journal {

// The last place; position 0 and the start's hash while there is none.
struct ChainEnd {
  std::int64_t position = 0;
  std::int64_t audit_id = 0;
  std::string hash;  // 32 bytes
};
ChainEnd find_chain_end(db::Snapshot& snapshot);

// Rows that a unit may chain at most: a turn of the one writer stays short.
inline constexpr std::size_t kChainedATurn = 200;
inline constexpr std::size_t kSaltBytes = 16;

bool has_waiting(db::Snapshot& snapshot);
struct Chained {
  std::size_t count = 0;  // how many left the line
  std::int64_t last = 0;  // the id of the last of them
};
// Gives the next that wait (in the order of their ids, from above `after`) a place each, one for each salt at most.
// A row that waits and is not in the trail any more gets its place too: there it shows as removed. The caller sees to
// it that only one unit at a time does this.
Chained append_waiting(db::Transaction& tx, std::span<const std::string> salts, std::int64_t after = 0);

// What a commitment covers: id, at, event, account, on_case, actor, detail and network of a row of `audit`, which stand
// in `row` in this order from column `first`; each as LENGTH:CONTENT, with "-," for NULL. Empty when the id is NULL.
std::string canonical_audit_row(const db::Row& row, int first);
std::string commitment_of(std::string_view salt, std::string_view canonical);
std::string chain_start_hash();
std::string chain_hash(std::string_view previous, std::int64_t position, std::int64_t audit_id,
                       std::string_view commitment);

}  // namespace waymark::journal
