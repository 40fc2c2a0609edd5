// One SQLite connection with its cache of prepared statements. For one thread at a time.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <vector>

#include "db/database.hpp"
#include "db/query_tally.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace waymark::db::sqlite {

enum class Role { reader, writer };

class Connection {
 public:
  // A writer creates the file (0600) and turns it to WAL; a reader needs it to be there. Throws DatabaseError.
  Connection(const std::filesystem::path& file, const std::string& vfs, Role role, Metrics& metrics);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Runs the query, calls `row` (may be null) for each row, and gives the number of rows changed. Named queries stay
  // prepared; one without a name is prepared for this call only.
  std::int64_t each(const Query& query, Parameters parameters, const RowFunction* row);
  // BEGIN, COMMIT and the like: kept prepared, not timed.
  void control(std::string_view sql);
  // False once SQLite itself has rolled back, as it does when the disk is full.
  bool is_in_transaction() const;
  void flush_timings();

  sqlite3* handle() const { return connection_; }
  // The thread that had this connection last: its caches are warm there.
  std::thread::id last_thread{};
  // A read that was left open for the next one (sqlite/readers), and what it shows.
  struct OpenRead {
    std::uint64_t commits;  // Writer::commits when it began
    std::chrono::steady_clock::time_point since;
  };
  std::optional<OpenRead> open_read{};

 private:
  struct Statement;
  Statement& prepared(const Query& query);
  std::int64_t step_all(Statement& statement, const RowFunction* row);
  void execute_pragmas(Role role);

  sqlite3* connection_ = nullptr;
  Metrics& metrics_;
  std::unordered_map<std::string_view, std::unique_ptr<Statement>> statements_;  // keys view the statements' own names
  std::unordered_map<std::string_view, sqlite3_stmt*> controls_;                 // by constants
};

}  // namespace waymark::db::sqlite
