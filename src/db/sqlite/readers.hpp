// The read-only connections: opened as they are needed, a bounded number, each handed to one reader at a time.
#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include "db/open.hpp"
#include "db/sqlite/connection.hpp"

namespace waymark::db::sqlite {

// Safe from several threads. Every lease must be back before it is destroyed.
class Readers {
 public:
  Readers(const SqliteOptions& options, Metrics& metrics) : options_(options), metrics_(metrics) {}

  // A connection that goes back by itself.
  class Lease {
   public:
    Lease(Readers& readers, std::unique_ptr<Connection> connection)
        : readers_(&readers), connection_(std::move(connection)) {}
    Lease(Lease&&) = default;
    ~Lease() {
      if (connection_) readers_->give_back(std::move(connection_));
    }
    Connection& operator*() const { return *connection_; }
    Connection* operator->() const { return connection_.get(); }

   private:
    Readers* readers_;
    std::unique_ptr<Connection> connection_;
  };

  // Waits for a free one at most wait_max, then throws DatabaseBusy.
  Lease take(std::chrono::milliseconds wait_max);
  // Hands the timings of the connections that are idle now to the metrics, and ends the reads that they were left with.
  void tidy_up();

 private:
  void give_back(std::unique_ptr<Connection> connection);
  std::unique_ptr<Connection> take_idle();
  const SqliteOptions& options_;
  Metrics& metrics_;
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<Connection>> idle_;
  unsigned open_ = 0;
};

// How old a read may be that the next one goes on with.
inline constexpr std::chrono::milliseconds kOpenReadMax{10};

// A read transaction on a leased reader. Beginning and ending one costs a page of a few reads a sixth, so it is left
// open, and the next read goes on with it while nothing was committed since. The folder is one process's, so nobody
// else commits; the limit is for whoever does so all the same: docs/decisions/0024-reads-on-sqlite-are-left-open.md.
class SqliteSnapshot final : public Snapshot {
 public:
  // `commits`: the writer's, asked for before the lease.
  SqliteSnapshot(Readers::Lease lease, std::uint64_t commits, std::chrono::steady_clock::time_point now);
  ~SqliteSnapshot() override;
  void each(const Query& query, Parameters parameters, const RowFunction& row) override;
  void queue(const Query& query, Parameters parameters, RowFunction row) override { each(query, parameters, row); }
  void drain() override {}

 private:
  Readers::Lease lease_;
  bool has_failed_ = false;
};

// Ends a read that the connection was left with.
void end_open_read(Connection& connection);

}  // namespace waymark::db::sqlite
