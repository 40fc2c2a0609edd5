#include "features/accounts/factors/ways_in.hpp"

#include <algorithm>

#include "features/accounts/factors/passkeys.hpp"

namespace waymark::accounts {
namespace {

constexpr db::Query kLock{"ways_in.lock",
                          "INSERT INTO ways_in (account, revision) VALUES ($1, 1) "
                          "ON CONFLICT (account) DO UPDATE SET revision = ways_in.revision + 1"};
constexpr db::Query kFindPutOff{"ways_in.find_put_off", "SELECT urging_put_off_at FROM ways_in WHERE account = $1"};
constexpr db::Query kPutOff{"ways_in.put_off",
                            "INSERT INTO ways_in (account, revision, urging_put_off_at) VALUES ($1, 0, $2) "
                            "ON CONFLICT (account) DO UPDATE SET urging_put_off_at = excluded.urging_put_off_at"};

constexpr int kWaysInWanted = 2;

}  // namespace

WaysIn find_ways_in(const Accounts& accounts, db::Snapshot& snapshot, AccountId account) {
  const auto phones = accounts.phones.list(snapshot, account);
  return {.passkeys = passkey_store(accounts).count_usable(snapshot, account),
          .apps = accounts.factors.count_totp(snapshot, account),
          .phones = static_cast<int>(std::ranges::count_if(phones, &Phone::is_second_factor)),
          .backup_codes_left = accounts.factors.count_unused_backup_codes(snapshot, account)};
}

void lock_ways_in(db::Transaction& tx, AccountId account) { tx.run(kLock, {account}); }

bool may_remove_second_factor(const Accounts& accounts, db::Transaction& tx, AccountId account) {
  lock_ways_in(tx, account);
  return find_ways_in(accounts, tx, account).second_factors() > 1;
}

bool is_to_be_urged(db::Snapshot& snapshot, AccountId account, const WaysIn& ways, Instant now) {
  if (ways.second_factors() >= kWaysInWanted) return false;
  const auto put_off = snapshot.find(kFindPutOff, {account}, [](const db::Row& row) { return row.maybe_instant(0); })
                           .value_or(std::nullopt);
  return !put_off || now >= *put_off + kUrgedAgainAfter;
}

void put_off_urging(db::Transaction& tx, AccountId account, Instant now) { tx.run(kPutOff, {account, now}); }

}  // namespace waymark::accounts
