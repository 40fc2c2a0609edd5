#include "features/accounts/factors/ways_in.hpp"

namespace waymark::accounts {
namespace {

constexpr db::Query kLock{"ways_in.lock",
                          "INSERT INTO ways_in (account, revision) VALUES ($1, 1) "
                          "ON CONFLICT (account) DO UPDATE SET revision = ways_in.revision + 1"};
// One read: each page that a person comes back to asks for all of it.
constexpr db::Query kFind{"ways_in.find", R"sql(
  SELECT (SELECT COUNT(*) FROM passkeys WHERE account = $1 AND switched_off_at IS NULL),
    (SELECT COUNT(*) FROM totp_factors WHERE account = $1),
    (SELECT COUNT(*) FROM phones WHERE account = $1 AND is_second_factor),
    (SELECT COUNT(*) FROM backup_codes WHERE account = $1 AND used_at IS NULL),
    (SELECT urging_put_off_at FROM ways_in WHERE account = $1))sql"};
constexpr db::Query kPutOff{"ways_in.put_off",
                            "INSERT INTO ways_in (account, revision, urging_put_off_at) VALUES ($1, 0, $2) "
                            "ON CONFLICT (account) DO UPDATE SET urging_put_off_at = excluded.urging_put_off_at"};

constexpr int kWaysInWanted = 2;

}  // namespace

void queue_ways_in(db::Snapshot& snapshot, AccountId account, WaysIn& into) {
  snapshot.queue(kFind, {account}, [&into](const db::Row& row) {
    const auto count = [&](int column) { return static_cast<int>(row.integer(column)); };
    into = {.passkeys = count(0),
            .apps = count(1),
            .phones = count(2),
            .backup_codes_left = count(3),
            .urging_put_off_at = row.maybe_instant(4)};
  });
}

WaysIn find_ways_in(db::Snapshot& snapshot, AccountId account) {
  WaysIn ways;
  queue_ways_in(snapshot, account, ways);
  snapshot.drain();
  return ways;
}

void lock_ways_in(db::Transaction& tx, AccountId account) { tx.run(kLock, {account}); }

bool may_remove_second_factor(db::Transaction& tx, AccountId account) {
  lock_ways_in(tx, account);
  return find_ways_in(tx, account).second_factors() > 1;
}

bool is_to_be_urged(const WaysIn& ways, Instant now) {
  if (ways.second_factors() >= kWaysInWanted) return false;
  return !ways.urging_put_off_at || now >= *ways.urging_put_off_at + kUrgedAgainAfter;
}

void put_off_urging(db::Transaction& tx, AccountId account, Instant now) { tx.run(kPutOff, {account, now}); }

}  // namespace waymark::accounts
