#include "journal/lease.hpp"

namespace waymark::journal {
namespace {

constexpr db::Query kTake{"leases.take",
                          "INSERT INTO leases (name, holder, until) VALUES ($1, $2, $3) "
                          "ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until "
                          "WHERE leases.holder = excluded.holder OR leases.until <= $4 OR leases.until > $5 "
                          "RETURNING holder"};
constexpr db::Query kGiveUp{"leases.give_up", "DELETE FROM leases WHERE name = $1 AND holder = $2"};

}  // namespace

bool take_lease(db::Transaction& tx, std::string_view name, std::int64_t holder, Instant now,
                std::chrono::milliseconds length) {
  return tx.has(kTake, {name, holder, now + length, now, now + 2 * length});
}

void give_up_lease(db::Transaction& tx, std::string_view name, std::int64_t holder) { tx.run(kGiveUp, {name, holder}); }

}  // namespace waymark::journal
