#include "db/sqlite/readers.hpp"

namespace waymark::db::sqlite {

std::unique_ptr<Connection> Readers::take_idle() {
  if (idle_.empty()) return nullptr;
  const auto self = std::this_thread::get_id();
  auto chosen =
      std::find_if(idle_.rbegin(), idle_.rend(), [&](const auto& reader) { return reader->last_thread == self; });
  if (chosen == idle_.rend()) chosen = idle_.rbegin();
  std::swap(*chosen, idle_.back());
  auto connection = std::move(idle_.back());
  idle_.pop_back();
  connection->last_thread = self;
  return connection;
}

Readers::Lease Readers::take(std::chrono::milliseconds wait_max) {
  std::unique_lock lock(mutex_);
  if (!returned_.wait_for(lock, wait_max, [&] { return !idle_.empty() || open_ < options_.readers_max; })) {
    throw DatabaseBusy("no reader was free in time");
  }
  if (auto connection = take_idle()) return {*this, std::move(connection)};
  ++open_;
  lock.unlock();
  try {
    auto connection = std::make_unique<Connection>(options_.file, options_.vfs, Role::reader, metrics_);
    connection->last_thread = std::this_thread::get_id();
    return {*this, std::move(connection)};
  } catch (...) {
    lock.lock();
    --open_;
    returned_.notify_one();
    throw;
  }
}

void Readers::give_back(std::unique_ptr<Connection> connection) {
  {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(connection));
  }
  returned_.notify_one();
}

void Readers::tidy_up() {
  std::vector<std::unique_ptr<Connection>> borrowed;
  {
    const std::lock_guard lock(mutex_);
    borrowed.swap(idle_);
  }
  for (auto& connection : borrowed) {
    end_open_read(*connection);
    connection->flush_timings();
    give_back(std::move(connection));
  }
}

void end_open_read(Connection& connection) {
  if (!connection.open_read) return;
  connection.open_read.reset();
  try {
    connection.control("COMMIT");
  } catch (const DatabaseError&) {
    // A read left nothing to lose; an open transaction would hold the log's end for ever.
    try {
      if (connection.is_in_transaction()) connection.control("ROLLBACK");
    } catch (const DatabaseError&) {
      return;
    }
  }
}

SqliteSnapshot::SqliteSnapshot(Readers::Lease lease, std::uint64_t commits, std::chrono::steady_clock::time_point now)
    : lease_(std::move(lease)) {
  auto& open = lease_->open_read;
  const bool is_committing = commits % 2 != 0;
  if (open && !is_committing && open->commits == commits && now - open->since < kOpenReadMax) return;
  end_open_read(*lease_);
  lease_->control("BEGIN");
  open = {commits, now};
}

SqliteSnapshot::~SqliteSnapshot() {
  if (has_failed_ || !lease_->is_in_transaction()) end_open_read(*lease_);
}

void SqliteSnapshot::each(const Query& query, Parameters parameters, const RowFunction& row) {
  try {
    lease_->each(query, parameters, &row);
  } catch (const DatabaseError&) {
    has_failed_ = true;
    throw;
  }
}

}  // namespace waymark::db::sqlite
