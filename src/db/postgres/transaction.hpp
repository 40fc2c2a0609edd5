// A read-only snapshot and a unit of writing on PostgreSQL.
#pragma once

#include <exception>

#include "db/postgres/pool.hpp"

namespace waymark::db::postgres {

// REPEATABLE READ: all its queries see the moment of the first. BEGIN travels with the first query, and nobody waits
// for COMMIT: its answer is read when the connection is taken next.
class PostgresSnapshot final : public Snapshot {
 public:
  explicit PostgresSnapshot(Pool::Lease lease);
  ~PostgresSnapshot() override;
  void each(const Query& query, Parameters parameters, const RowFunction& row) override;
  void queue(const Query& query, Parameters parameters, RowFunction row) override;
  void drain() override;

 private:
  template <typename F>
  void guarded(F&& f);
  Pool::Lease lease_;
};

// READ COMMITTED: an UPDATE waits for the row and looks at its condition again, so units that say their conditions in
// SQL need no second run. SERIALIZABLE would make most units on a busy row run again.
class PostgresTransaction final : public Transaction {
 public:
  // Submits BEGIN; it goes out with the first query.
  explicit PostgresTransaction(Connection& connection);
  void each(const Query& query, Parameters parameters, const RowFunction& row) override;
  void queue(const Query& query, Parameters parameters, RowFunction row) override;
  void drain() override;
  std::int64_t run(const Query& query, Parameters parameters) override;

  // What went wrong first, though the unit may have caught it.
  std::exception_ptr failure() const { return failure_; }
  // Throws DatabaseError when the outcome is unknown.
  void commit();
  void roll_back();

 private:
  template <typename F>
  auto guarded(const Query& query, F&& f);
  void finish_unheard();
  Connection& connection_;
  std::exception_ptr failure_;
};

}  // namespace waymark::db::postgres
