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

void Readers::flush_timings() {
  std::vector<std::unique_ptr<Connection>> borrowed;
  {
    const std::lock_guard lock(mutex_);
    borrowed.swap(idle_);
  }
  for (auto& connection : borrowed) {
    connection->flush_timings();
    give_back(std::move(connection));
  }
}

SqliteSnapshot::SqliteSnapshot(Readers::Lease lease) : lease_(std::move(lease)) { lease_->control("BEGIN"); }

SqliteSnapshot::~SqliteSnapshot() {
  try {
    lease_->control("COMMIT");
  } catch (const DatabaseError&) {
    // A read left nothing to lose; an open transaction would hold the log's end for ever.
    try {
      if (lease_->is_in_transaction()) lease_->control("ROLLBACK");
    } catch (const DatabaseError&) {
      return;
    }
  }
}

void SqliteSnapshot::each(const Query& query, Parameters parameters, const RowFunction& row) {
  lease_->each(query, parameters, &row);
}

}  // namespace waymark::db::sqlite
