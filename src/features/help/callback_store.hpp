// The table of call-backs. Threads: immutable after construction.
#pragma once

#include <vector>

#include "db/database.hpp"
#include "features/help/types.hpp"
#include "platform/sealer.hpp"

namespace waymark::help {

class CallbackStore {
 public:
  // `sealer` must outlive the store.
  explicit CallbackStore(const Sealer& sealer) : sealer_(sealer) {}

  void insert(db::Transaction& tx, const Callback& callback) const;
  std::optional<Callback> find(db::Snapshot& snapshot, CallbackId id) const;
  bool has_reference(db::Snapshot& snapshot, std::string_view reference) const;
  // Open ones and taken ones, the longest waiting first; without name and number.
  std::vector<Callback> list_waiting(db::Snapshot& snapshot, int most) const;

  // Exactly one officer gets one that is open, or was taken before `stale` and never closed; false for everybody else.
  // Who has it already keeps it.
  bool take(db::Transaction& tx, CallbackId id, OfficerId officer, Instant now, Instant stale) const;
  // By who took it; false otherwise, or when it is closed.
  bool close(db::Transaction& tx, CallbackId id, OfficerId officer, CallbackOutcome outcome, Instant now) const;

 private:
  Callback read(const db::Row& row) const;
  const Sealer& sealer_;
};

// Those that were closed by then.
void delete_closed_callbacks(db::Transaction& tx, Instant before);

}  // namespace waymark::help
