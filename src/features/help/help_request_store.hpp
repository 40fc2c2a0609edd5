// The table of questions from proved addresses. Threads: immutable after construction.
#pragma once

#include <vector>

#include "db/database.hpp"
#include "features/help/types.hpp"
#include "platform/sealer.hpp"

namespace waymark::help {

class HelpRequestStore {
 public:
  // `sealer` must outlive the store.
  explicit HelpRequestStore(const Sealer& sealer) : sealer_(sealer) {}

  void insert(db::Transaction& tx, const HelpRequest& request) const;
  std::optional<HelpRequest> find(db::Snapshot& snapshot, HelpRequestId id) const;
  bool has_reference(db::Snapshot& snapshot, std::string_view reference) const;
  // All that are not closed, the longest waiting first, answered ones last; without address, text and reply.
  std::vector<HelpRequest> list_waiting(db::Snapshot& snapshot, int most) const;

  // Exactly one officer gets one that is open, or was taken before `stale` and never answered; false for everybody
  // else. Who has it already keeps it.
  bool take(db::Transaction& tx, HelpRequestId id, OfficerId officer, Instant now, Instant stale) const;
  // By who took it, once; false otherwise.
  bool answer(db::Transaction& tx, HelpRequestId id, OfficerId officer, std::string_view reply, Instant now) const;
  // By who took it, answered or not; false otherwise, or when it is closed.
  bool close(db::Transaction& tx, HelpRequestId id, OfficerId officer, Instant now) const;

 private:
  HelpRequest read(const db::Row& row) const;
  const Sealer& sealer_;
};

// Those that were closed by then, or answered and left.
void delete_closed_help_requests(db::Transaction& tx, Instant before);

}  // namespace waymark::help
