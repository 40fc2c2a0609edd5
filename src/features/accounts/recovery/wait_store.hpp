// The table of waits: changes to an account that take effect a day after they were asked for, unless somebody cancels
// them. At most one of a kind is open for an account; each ends once, finished or cancelled. Threads: immutable after
// construction.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/database.hpp"
#include "platform/keys.hpp"
#include "platform/sealer.hpp"

namespace waymark::accounts {

using WaitId = Id<struct WaitTag>;

enum class WaitKind {
  second_factor_reset,  // the person sets up a new app; content: empty
  password_reset,       // content: the new password's hash
  email_change,         // content: the new address
};
std::string_view to_text(WaitKind kind);
WaitKind wait_kind(std::string_view text);  // asserts that the text is one of them

struct Wait {
  WaitId id{};
  AccountId account{};
  WaitKind kind = WaitKind::password_reset;
  std::string content{};
  Instant started_at{};
  Instant ripe_at{};    // from then on it may be finished…
  Instant lapses_at{};  // …until then
};

class WaitStore {
 public:
  // `sealer` must outlive the store.
  WaitStore(const Sealer& sealer, const KeyRing& keys);

  // `code` as parse_cancel_code gives it.
  std::string cancel_code_hash(AccountId account, std::string_view code) const;

  // False when one of this kind is open already; then nothing was written.
  bool insert(db::Transaction& tx, const Wait& wait, std::string_view cancel_code_hash) const;
  std::optional<Wait> find_open(db::Snapshot& snapshot, AccountId account, WaitKind kind, Instant now) const;
  std::optional<Wait> find_open(db::Snapshot& snapshot, WaitId wait, Instant now) const;
  std::optional<Wait> find_by_cancel_code(db::Snapshot& snapshot, AccountId account, std::string_view hash,
                                          Instant now) const;
  // Each gives the wait to exactly one caller of either.
  std::optional<Wait> cancel(db::Transaction& tx, WaitId wait, Instant now) const;
  std::optional<Wait> finish(db::Transaction& tx, WaitId wait, Instant now) const;  // a ripe one only
  void cancel_all(db::Transaction& tx, AccountId account, Instant now) const;

  std::vector<WaitId> list_to_remind(db::Snapshot& snapshot, Instant now) const;
  // True for exactly one caller; from then on this code cancels it too.
  std::optional<Wait> mark_reminded(db::Transaction& tx, WaitId wait, std::string_view cancel_code_hash,
                                    Instant now) const;

 private:
  Wait read(const db::Row& row) const;
  const Sealer& sealer_;
  KeyedHash code_hash_;
};

void delete_old_waits(db::Transaction& tx, Instant before);

}  // namespace waymark::accounts
