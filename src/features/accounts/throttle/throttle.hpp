// Limits on tries and messages, kept in the database so that a restart, a second node or a new flow does not reset
// them. Subjects (an address, a number, a network) are stored as keyed hashes only. Threads: safe.
#pragma once

#include <condition_variable>
#include <functional>
#include <initializer_list>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "db/database.hpp"
#include "features/accounts/limits.hpp"
#include "features/accounts/throttle/throttle_rules.hpp"
#include "platform/clock.hpp"
#include "platform/keys.hpp"

namespace waymark::accounts {

class Throttle;

// A place for one try, held while it is checked. Say what came of it; left unsaid it counts as wrong: at once, or, when
// an exception took the checker away, by itself after kPlaceLapses (a database in trouble is not asked again).
class TryPlace {
 public:
  TryPlace(TryPlace&& other) noexcept;
  TryPlace& operator=(TryPlace&&) = delete;
  ~TryPlace();

  void right();
  // True when this was the last of the tries, so that its owner is told by exactly one of many at once.
  bool wrong();
  // Nothing was checked (no hasher was free, say): neither right nor wrong.
  void give_back();

  // The same within a transaction: several places, or what the right try leads to, in one commit. When it fails, the
  // place lapses as a wrong try; when its unit, run again, finds otherwise, say so there or afterwards. Places of one
  // transaction are settled in the order in which they were reserved.
  void right_in(db::Transaction& tx, Instant now);
  bool wrong_in(db::Transaction& tx, Instant now);
  void give_back_in(db::Transaction& tx, Instant now);

 private:
  friend class Throttle;
  TryPlace(Throttle& throttle, const Limit& limit, std::string key_hash);
  Throttle& take();
  Throttle& lend();
  Throttle* throttle_;  // null once the outcome is said
  Throttle* settled_by_ = nullptr;
  int exceptions_before_;
  const Limit* limit_;
  std::string key_hash_;
};

// Of what was reserved together.
void give_back_all(std::vector<TryPlace>& places);

class Throttle {
 public:
  // All outlive the throttle.
  Throttle(db::Database& database, const Clock& clock, const KeyRing& keys);

  // Reserves a place in a unit of its own, before anything is checked. Waits up to two seconds while others hold the
  // last places; too_many with retry_after when locked, forbidden when that is for good. `limit` is one of limits.hpp's
  // constants: it must outlive the place. `refusal` is the locale key of what the person is told.
  Result<TryPlace> reserve(const Limit& limit, std::string_view subject,
                           std::string_view refusal = "accounts.error.too_many_tries");
  // All of them, in one unit, or none: then the first that has no place says why. Name what goes together in the same
  // order everywhere.
  struct Wanted {
    const Limit& limit;
    std::string_view subject;
    std::string_view refusal = "accounts.error.too_many_tries";
    // Whose tries they are, where the subject names more than them: clear_all_of() finds its rows by it.
    std::string_view belongs_to = {};
  };
  Result<std::vector<TryPlace>> reserve_all(std::initializer_list<Wanted> wanted);
  // One more message or the like, in a unit of its own; too_many with retry_after when there were enough.
  Result<void> count(const Limit& limit, std::string_view subject,
                     std::string_view refusal = "accounts.error.too_many_messages");

  // Until when the subject is locked; none when it is not.
  std::optional<Instant> find_locked_until(db::Snapshot& snapshot, const Limit& limit, std::string_view subject) const;
  // Failures that count at present.
  std::int64_t count_failures(db::Snapshot& snapshot, const Limit& limit, std::string_view subject) const;
  // For the operator's unlocking, and when a factor is bound anew.
  void clear(db::Transaction& tx, const Limit& limit, std::string_view subject) const;
  // Every row of the limit that belongs to them, whatever else its subject names.
  void clear_all_of(db::Transaction& tx, const Limit& limit, std::string_view belongs_to) const;
  // The same where a right try elsewhere ends a row of wrong ones; what is locked already stays so.
  void clear_if_open(db::Transaction& tx, const Limit& limit, std::string_view subject) const;

 private:
  friend class TryPlace;
  struct Answer;
  std::string key_hash(const Limit& limit, std::string_view subject) const;
  std::string owner_hash(std::string_view belongs_to) const;
  Answer admit_all(db::Transaction& tx, std::initializer_list<Wanted> wanted, const std::vector<std::string>& keys,
                   const std::vector<std::string>& owners, Instant now) const;
  using Settling = std::function<void(ThrottleRow&, const Limit&, Instant)>;
  void settle(const Limit& limit, const std::string& key, const Settling& how);
  void settle_in(db::Transaction& tx, const Limit& limit, const std::string& key, Instant now,
                 const Settling& how) const;

  db::Database& database_;
  const Clock& clock_;
  KeyedHash hash_;
  std::mutex mutex_;
  std::condition_variable place_freed_;
};

}  // namespace waymark::accounts
