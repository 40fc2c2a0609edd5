// The table of what is being set up: an app whose first code is awaited, backup codes that the person has not kept yet,
// a phone that a code was sent to. Held by the session that began it, so that nobody prepares one for somebody else to
// finish. Threads: immutable after construction.
#pragma once

#include <optional>
#include <string>

#include "db/database.hpp"
#include "platform/sealer.hpp"

namespace waymark::accounts {

using PendingFactorId = Id<struct PendingFactorTag>;

enum class PendingKind { app, backup_codes, phone };

struct PendingFactor {
  PendingFactorId id{};
  AccountId account{};
  SessionId session{};
  PendingKind kind = PendingKind::app;
  std::string content{};  // sealed in the table; what it means is the use case's affair
  Instant expires_at{};
};

class PendingFactorStore {
 public:
  // `sealer` must outlive the store.
  explicit PendingFactorStore(const Sealer& sealer) : sealer_(sealer) {}

  // In place of the session's earlier one of this kind.
  void put(db::Transaction& tx, const PendingFactor& pending) const;
  std::optional<PendingFactor> find(db::Snapshot& snapshot, SessionId session, PendingKind kind, Instant now) const;
  // Takes it away: true for exactly one caller, and only while it is still this one.
  bool take(db::Transaction& tx, PendingFactorId pending) const;

 private:
  const Sealer& sealer_;
};

void delete_lapsed_pending_factors(db::Transaction& tx, Instant now);

}  // namespace waymark::accounts
