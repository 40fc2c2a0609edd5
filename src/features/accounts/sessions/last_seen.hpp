// When each session was last used, gathered in memory so that a page view writes nothing, and written to the database
// every minute. A crash forgets at most that minute; a second node sees it as late. Threads: safe.
#pragma once

#include <array>
#include <mutex>
#include <optional>
#include <span>
#include <unordered_map>
#include <utility>

#include "base/id.hpp"
#include "base/time.hpp"
#include "db/database.hpp"

namespace waymark::accounts {

class LastSeen {
 public:
  // Writes them into the table that they belong to.
  using Writer = void (*)(db::Transaction& tx, std::span<const std::pair<SessionId, Instant>> seen);
  explicit LastSeen(Writer writer) : writer_(writer) {}
  void note(SessionId session, Instant at);
  std::optional<Instant> find(SessionId session) const;
  // Writes what was noted since the last time, in one bulk unit; what fails to be written is kept for the next.
  void write_to(db::Database& database);

 private:
  // Several small tables instead of one: requests on different threads seldom meet at the same lock.
  struct Shard {
    mutable std::mutex mutex;
    std::unordered_map<SessionId, Instant> fresh, written;
  };
  Shard& shard_of(SessionId session) { return shards_[static_cast<std::size_t>(session.value) % shards_.size()]; }
  const Shard& shard_of(SessionId session) const {
    return shards_[static_cast<std::size_t>(session.value) % shards_.size()];
  }
  Writer writer_;
  std::array<Shard, 16> shards_;
};

}  // namespace waymark::accounts
