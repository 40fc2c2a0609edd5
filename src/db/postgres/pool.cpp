#include "db/postgres/pool.hpp"

#include "db/postgres/errors.hpp"

namespace waymark::db::postgres {

namespace {

// For how long the end of a read may wait for the next one to take it along: long for a busy server, nothing to its
// VACUUM. It waits twice as long at most.
constexpr std::chrono::milliseconds kEndWaits{10};

}  // namespace

void Pool::Lease::discard() {
  connection_.reset();
  pool_->forget_one();
}

// Nothing: there is room to open one, and open_ counts it already.
std::unique_ptr<Connection> Pool::take_idle(std::chrono::milliseconds wait_max) {
  std::unique_lock lock(mutex_);
  if (!returned_.wait_for(lock, wait_max, [&] { return !idle_.empty() || open_ < options_.connections_max; })) {
    throw DatabaseBusy("no database connection was free in time");
  }
  if (idle_.empty()) {
    ++open_;
    return nullptr;
  }
  auto connection = std::move(idle_.back());
  idle_.pop_back();
  return connection;
}

Pool::Lease Pool::take(std::chrono::milliseconds wait_max) {
  while (auto connection = take_idle(wait_max)) {
    if (connection->settle()) return {*this, std::move(connection)};
    connection.reset();
    forget_one();
  }
  try {
    return {*this, std::make_unique<Connection>(options_.address, wait_max, metrics_)};
  } catch (...) {
    forget_one();
    throw;
  }
}

void Pool::give_back(std::unique_ptr<Connection> connection) {
  {
    const std::lock_guard lock(mutex_);
    if (connection->end_waits_since() && !do_ends_wait_) {
      do_ends_wait_ = true;
      ends_wait_.notify_one();
    }
    idle_.push_back(std::move(connection));
  }
  returned_.notify_one();
}

void Pool::send_ends(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (ends_wait_.wait(lock, stop, [&] { return do_ends_wait_; }) && !stop.stop_requested()) {
    ends_wait_.wait_for(lock, stop, kEndWaits, [] { return false; });
    send_ends_that_waited();
  }
}

void Pool::send_ends_that_waited() {
  const auto due = SystemClock{}.steady() - kEndWaits;
  do_ends_wait_ = false;
  for (const auto& connection : idle_) {
    const auto since = connection->end_waits_since();
    if (since && *since > due) do_ends_wait_ = true;
    if (!since || *since > due) continue;
    try {
      connection->send_end();
    } catch (const ConnectionLost&) {
      continue;  // whoever takes it finds out
    }
  }
}

void Pool::forget_one() {
  {
    const std::lock_guard lock(mutex_);
    --open_;
  }
  returned_.notify_one();
}

}  // namespace waymark::db::postgres
