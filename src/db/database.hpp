// The database behind one small interface: SQLite in the data folder, or PostgreSQL; the same SQL on both.
#pragma once

#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "db/value.hpp"

namespace waymark::db {

using Parameters = std::initializer_list<Parameter>;
using RowFunction = std::function<void(const Row&)>;

// The surroundings failed (disk, connection, broken SQL). what() names the query, never a value.
class DatabaseError : public std::runtime_error {
  using std::runtime_error::runtime_error;
};
// No connection or writer was free in time, or the server is away: becomes 503.
class DatabaseBusy : public DatabaseError {
  using DatabaseError::DatabaseError;
};
// A unique, foreign-key or check constraint refused the statement; `constraint` is the index's or constraint's name
// on PostgreSQL and "table.column[, table.column]" on SQLite. The transaction is no longer usable: let it go up, or say
// ON CONFLICT.
class ConstraintViolation : public DatabaseError {
 public:
  ConstraintViolation(const std::string& what, std::string named) : DatabaseError(what), constraint(std::move(named)) {}
  std::string constraint;
};

// Reads that see one moment of the database. Not shared between threads.
class Snapshot {
 public:
  virtual ~Snapshot() = default;

  // Calls `row` for each row, in order.
  virtual void each(const Query& query, Parameters parameters, const RowFunction& row) = 0;
  // The same, but PostgreSQL may run it later, pipelined with its neighbours; done when drain() returns. Parameters and
  // callbacks must live until then.
  virtual void queue(const Query& query, Parameters parameters, RowFunction row) = 0;
  virtual void drain() = 0;

  // The first row, mapped; nothing when there is none.
  template <typename F>
  auto find(const Query& query, Parameters parameters, F&& map) -> std::optional<std::invoke_result_t<F, const Row&>> {
    std::optional<std::invoke_result_t<F, const Row&>> found;
    each(query, parameters, [&](const Row& row) {
      if (!found) found.emplace(map(row));
    });
    return found;
  }
  template <typename F>
  auto list(const Query& query, Parameters parameters, F&& map) -> std::vector<std::invoke_result_t<F, const Row&>> {
    std::vector<std::invoke_result_t<F, const Row&>> rows;
    each(query, parameters, [&](const Row& row) { rows.push_back(map(row)); });
    return rows;
  }
  bool has(const Query& query, Parameters parameters) {
    bool found = false;
    each(query, parameters, [&](const Row&) { found = true; });
    return found;
  }
};

// A unit of writing: all of it or none. Reads inside see its own writes.
class Transaction : public Snapshot {
 public:
  // Rows changed. Use each/find with RETURNING to get rows back.
  virtual std::int64_t run(const Query& query, Parameters parameters) = 0;
  // Whether interactive work waits for this unit to end: a long bulk unit looks now and then, and ends early.
  virtual bool is_waited_for() const { return false; }
};

// Interactive work goes first; bulk work (imports, rotation, clean-up) takes turns of its own behind it.
enum class Urgency { interactive, bulk };

class Database {
 public:
  virtual ~Database() = default;

  // Runs `unit` in a transaction and returns when it is durable. The unit may run twice (serialisation failures, a
  // connection lost before COMMIT was sent), so it does no hashing, mail, clock or randomness, and starts its results
  // afresh. An exception out of `unit` rolls back and goes on to the caller. When the connection is lost while COMMIT
  // is in flight the outcome is unknown: DatabaseError, never retried.
  virtual void write_unit(const std::function<void(Transaction&)>& unit, Urgency urgency) = 0;

  // Throws DatabaseBusy when none is free in time.
  virtual std::unique_ptr<Snapshot> snapshot() = 0;

  // True on SQLite: a read takes microseconds and may run on the socket's thread.
  virtual bool reads_are_inline() const = 0;
  virtual std::string_view kind() const = 0;  // "sqlite" or "postgres"

  // Answers within a second, or throws.
  virtual void ping() = 0;

  // A copy of the whole database, consistent at one moment, beside running work. SQLite: one file at `file`.
  // PostgreSQL: pg_dump's custom format at `file`.
  virtual void back_up_to(const std::string& file) = 0;

  // write([&](Transaction& tx) { …; return value; })
  template <typename F>
  auto write(F&& unit, Urgency urgency = Urgency::interactive) -> std::invoke_result_t<F, Transaction&> {
    using Value = std::invoke_result_t<F, Transaction&>;
    if constexpr (std::is_void_v<Value>) {
      write_unit([&](Transaction& tx) { unit(tx); }, urgency);
    } else {
      std::optional<Value> value;
      write_unit(
          [&](Transaction& tx) {
            value.reset();
            value.emplace(unit(tx));
          },
          urgency);
      return std::move(*value);
    }
  }
};

}  // namespace waymark::db
