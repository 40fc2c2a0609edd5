#include "db/postgres/transaction.hpp"

#include "db/postgres/errors.hpp"

namespace waymark::db::postgres {

namespace {

constexpr Query kBeginRead{"db.begin_read", "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"};
constexpr Query kBeginWrite{"db.begin_write", "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"};
constexpr Query kCommit{"db.commit", "COMMIT"};
constexpr Query kRollback{"db.rollback", "ROLLBACK"};

// Bounds what libpq and the server hold for each other: past it, neither may be able to go on.
constexpr std::size_t kQueuedMax = 64;

}  // namespace

PostgresSnapshot::PostgresSnapshot(Pool::Lease lease) : lease_(std::move(lease)) {
  guarded([&] { lease_->submit(kBeginRead, {}, {}); });
}

PostgresSnapshot::~PostgresSnapshot() {
  if (!lease_) return;
  try {
    // What was queued and never heard may fail: that is not for the next one to hear.
    const bool is_all_heard = lease_->submitted() == 0;
    lease_->end_later(kCommit);
    if (!is_all_heard) lease_->send_end();
  } catch (const DatabaseError&) {
    lease_.discard();
  }
}

template <typename F>
void PostgresSnapshot::guarded(F&& f) {
  if (!lease_) throw ConnectionLost("the snapshot's connection was lost");
  try {
    f();
  } catch (const ConnectionLost&) {
    lease_.discard();
    throw;
  }
}

void PostgresSnapshot::each(const Query& query, Parameters parameters, const RowFunction& row) {
  guarded([&] {
    lease_->submit(query, parameters, row);
    lease_->finish();
  });
}

void PostgresSnapshot::queue(const Query& query, Parameters parameters, RowFunction row) {
  guarded([&] {
    lease_->submit(query, parameters, std::move(row));
    if (lease_->submitted() >= kQueuedMax) lease_->finish();
  });
}

void PostgresSnapshot::drain() {
  guarded([&] { lease_->finish(); });
}

PostgresTransaction::PostgresTransaction(Connection& connection) : connection_(connection) {
  connection_.submit(kBeginWrite, {}, {});
}

template <typename F>
auto PostgresTransaction::guarded(const Query& query, F&& f) {
  if (failure_) throw DatabaseError(fmt::format("query {}: the transaction has already failed", query.name));
  try {
    return f();
  } catch (const DatabaseError&) {
    failure_ = std::current_exception();
    throw;
  }
}

void PostgresTransaction::each(const Query& query, Parameters parameters, const RowFunction& row) {
  guarded(query, [&] {
    connection_.submit(query, parameters, row);
    connection_.finish();
  });
}

void PostgresTransaction::queue(const Query& query, Parameters parameters, RowFunction row) {
  guarded(query, [&] {
    connection_.submit(query, parameters, std::move(row));
    if (connection_.submitted() >= kQueuedMax) connection_.finish();
  });
}

void PostgresTransaction::drain() {
  guarded({"db.drain", {}}, [&] { connection_.finish(); });
}

std::int64_t PostgresTransaction::run(const Query& query, Parameters parameters) {
  return guarded(query, [&] {
    connection_.submit(query, parameters, {});
    return connection_.finish();
  });
}

void PostgresTransaction::commit() {
  try {
    connection_.submit(kCommit, {}, {});
    connection_.finish();
  } catch (const ConnectionLost& lost) {
    throw DatabaseError(fmt::format("the connection was lost during COMMIT, the outcome is unknown ({})", lost.what()));
  }
  if (connection_.last_tag() != "COMMIT") throw DatabaseError("a unit went on after its transaction had failed");
}

// A failed query would take a ROLLBACK sent together with it along, and the unit's callbacks may refer to what is gone.
void PostgresTransaction::finish_unheard() {
  connection_.forget_rows();
  try {
    connection_.finish();
  } catch (const ConnectionLost&) {
    throw;
  } catch (const DatabaseError&) {
    return;
  }
}

void PostgresTransaction::roll_back() {
  if (connection_.submitted() > 0) finish_unheard();
  connection_.submit(kRollback, {}, {});
  connection_.finish();
}

}  // namespace waymark::db::postgres
