#include "features/accounts/sessions/last_seen.hpp"

#include <utility>
#include <vector>

namespace waymark::accounts {

void LastSeen::note(SessionId session, Instant at) {
  auto& shard = shard_of(session);
  const std::scoped_lock lock(shard.mutex);
  auto& seen = shard.fresh[session];
  if (seen < at) seen = at;
}

std::optional<Instant> LastSeen::find(SessionId session) const {
  const auto& shard = shard_of(session);
  const std::scoped_lock lock(shard.mutex);
  // `written` is what a snapshot opened before the write does not show yet.
  if (const auto found = shard.fresh.find(session); found != shard.fresh.end()) return found->second;
  if (const auto found = shard.written.find(session); found != shard.written.end()) return found->second;
  return std::nullopt;
}

void LastSeen::write_to(db::Database& database) {
  std::vector<std::pair<SessionId, Instant>> noted;
  for (auto& shard : shards_) {
    const std::scoped_lock lock(shard.mutex);
    shard.written = std::exchange(shard.fresh, {});
    noted.insert(noted.end(), shard.written.begin(), shard.written.end());
  }
  if (noted.empty()) return;
  try {
    database.write([&](db::Transaction& tx) { writer_(tx, noted); }, db::Urgency::bulk);
  } catch (const db::DatabaseError&) {
    for (const auto& [session, at] : noted) note(session, at);
    throw;
  }
}

}  // namespace waymark::accounts
