// What must be told to somebody: written in the transaction that made it true, delivered afterwards at least once, with
// an id that stays the same from try to try. Who is told by which channel is features/notifications' to decide; this
// table only keeps and hands on.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/id.hpp"
#include "base/time.hpp"
#include "db/database.hpp"
#include "platform/clock.hpp"
#include "platform/ids.hpp"
#include "platform/metrics.hpp"
#include "platform/sealer.hpp"

namespace waymark::journal {

using OutboxId = Id<struct OutboxTag>;

// One thing to tell. The content is sealed in the table: it may hold codes and addresses.
struct Telling {
  OutboxId id;                         // from IdSource, made before the transaction
  std::string kind;                    // "sign_up.email_code": names the words (locale keys mail.KIND.subject, .text)
  std::optional<AccountId> account{};  // who is told: an account…
  std::string email{};                 // …or an address not (yet) an account's
  std::string phone{};                 // …or a number (E.164)
  bool spoken = false;                 // phone: speak it instead of texting it
  std::string language{};              // for addresses without an account; an account has its own
  std::vector<std::pair<std::string, std::string>> arguments{};  // for the words
  // Set on notices that may be told together: the moment of the first of them. The first goes out at once, the others
  // at due_at, in one message to each receiver.
  std::optional<Instant> group_started_at{};
  std::optional<Instant> due_at{};         // none: at once
  std::optional<Instant> useless_after{};  // a code that has expired is not worth sending
};

struct OutboxItem {
  Telling telling;
  int attempts = 0;  // before this one
  Instant created_at{};
  std::vector<OutboxItem> also{};  // of the same group, to the same receiver: told in the same message, oldest first
};

class Outbox {
 public:
  Outbox(const Sealer& sealer, const Clock& clock) : sealer_(sealer), clock_(clock) {}
  // Inside the transaction that makes it true. Sealing happens here with a nonce made per call: a unit that runs twice
  // writes the same row again.
  void tell(db::Transaction& tx, const Telling& telling) const;
  // When the account's newest group of notices began, if it did after `after`.
  std::optional<Instant> find_group(db::Snapshot& snapshot, AccountId account, Instant after) const;

  // For the deliverer: up to `most` items due now (more where a group's others are due as well), taken for `lease` so
  // that a second node does not take them too. Those of one group to one receiver are one item with the others in
  // `also`. One whose content can't be opened any more is dead; what is past `useless_after` is dropped.
  std::vector<OutboxItem> take_due(db::Database& database, int most, std::chrono::seconds lease) const;
  void mark_delivered(db::Database& database, OutboxId id) const;
  // Due again after a growing delay (1 s, doubling, 1 h at most); dead after 16 tries, or at once when permanent.
  // `attempts` is the item's. True when it is dead now.
  bool mark_failed(db::Database& database, OutboxId id, int attempts, bool permanent) const;
  // Taken but not tried, because the deliverer stops: due at once again, and the try is not counted.
  void give_back(db::Database& database, OutboxId id, int attempts) const;
  // Dead ones stay for the operator to see (`waymark outbox dead`), content still sealed.
  struct Dead {
    OutboxId id;
    std::string kind;
    int attempts;
    Instant created_at;
  };
  std::vector<Dead> list_dead(db::Snapshot& snapshot) const;

 private:
  bool open(OutboxItem& item, std::string_view sealed) const;
  const Sealer& sealer_;
  const Clock& clock_;
};

}  // namespace waymark::journal
