// What an account can prove itself with beside its password, and the one rule of taking such a way off: the last second
// factor stays.
#pragma once

#include <optional>

#include "features/accounts/accounts.hpp"

namespace waymark::accounts {

struct WaysIn {
  int passkeys = 0;
  int apps = 0;
  int phones = 0;  // those that were chosen for signing in
  int backup_codes_left = 0;
  std::optional<Instant> urging_put_off_at{};

  // Backup codes run out, so they are none of these.
  int second_factors() const { return passkeys + apps + phones; }
  // What cannot be talked or rerouted out of somebody as easily as a text.
  bool has_strong_one() const { return passkeys + apps > 0; }
};
WaysIn find_ways_in(db::Snapshot& snapshot, AccountId account);
// The same once the snapshot is drained.
void queue_ways_in(db::Snapshot& snapshot, AccountId account, WaysIn& into);

// Until the transaction ends nobody else adds or takes off a way of this account who asks here too. Call it first.
void lock_ways_in(db::Transaction& tx, AccountId account);
// Locks, and is true when a second factor stays after one of them goes. Call it in the transaction that removes one (a
// passkey, an app, a phone that is used for signing in), before it does.
bool may_remove_second_factor(db::Transaction& tx, AccountId account);

// An account with fewer than two second factors is urged to add one; put off, it is urged again after kUrgedAgainAfter.
bool is_to_be_urged(const WaysIn& ways, Instant now);
void put_off_urging(db::Transaction& tx, AccountId account, Instant now);

}  // namespace waymark::accounts
