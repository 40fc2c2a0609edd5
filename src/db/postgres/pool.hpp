// A bounded number of connections, opened as they are needed and opened anew when they were lost.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

#include "db/open.hpp"
#include "db/postgres/connection.hpp"

namespace waymark::db::postgres {

// Safe from several threads. Every lease must be back before it is destroyed.
class Pool {
 public:
  Pool(const PostgresOptions& options, Metrics& metrics)
      : options_(options), metrics_(metrics), ender_([this](const std::stop_token& stop) { send_ends(stop); }) {}

  // A connection that goes back by itself, unless it was lost.
  class Lease {
   public:
    Lease(Pool& pool, std::unique_ptr<Connection> connection) : pool_(&pool), connection_(std::move(connection)) {}
    Lease(Lease&&) = default;
    ~Lease() {
      if (connection_) pool_->give_back(std::move(connection_));
    }
    // The server went away: the idle connections went with it.
    void discard();
    Connection& operator*() const { return *connection_; }
    Connection* operator->() const { return connection_.get(); }
    explicit operator bool() const { return connection_ != nullptr; }

   private:
    Pool* pool_;
    std::unique_ptr<Connection> connection_;
  };

  // Waits for a free one, or for a new one to connect; throws DatabaseBusy.
  Lease take(std::chrono::milliseconds wait_max);

 private:
  void give_back(std::unique_ptr<Connection> connection);
  void forget_one();
  std::unique_ptr<Connection> take_idle(std::chrono::milliseconds wait_max);
  void send_ends(const std::stop_token& stop);
  void send_ends_that_waited();
  const PostgresOptions& options_;
  Metrics& metrics_;
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<Connection>> idle_;  // the last returned is taken first
  unsigned open_ = 0;
  bool do_ends_wait_ = false;  // on an idle connection
  std::condition_variable_any ends_wait_;
  std::jthread ender_;  // the last: it uses all of the others
};

}  // namespace waymark::db::postgres
