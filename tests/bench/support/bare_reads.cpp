#include "support/bare_reads.hpp"

#include <sqlite3.h>

#include <stdexcept>

#include "platform/clock.hpp"
#include "support/dashboard_queries.hpp"

namespace waymark::bench {
namespace {

[[noreturn]] void fail(const std::string& reason) { throw std::runtime_error(reason); }

}  // namespace

SqliteReads::SqliteReads(const std::filesystem::path& file) {
  sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
  sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  if (sqlite3_open_v2(file.c_str(), &connection_, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nullptr) != SQLITE_OK) {
    fail("the database does not open");
  }
  sqlite3_exec(connection_, "PRAGMA mmap_size=2147418112; PRAGMA cache_size=-1024", nullptr, nullptr, nullptr);
  begin_ = prepare("BEGIN");
  commit_ = prepare("COMMIT");
  for (const auto& sql : list_dashboard_queries()) reads_.push_back(prepare(sql));
}

void SqliteReads::read(std::string_view token_hash) {
  const auto now = to_millis(SystemClock{}.now());
  step_all(begin_);
  sqlite3_bind_blob(reads_[0], 1, token_hash.data(), static_cast<int>(token_hash.size()), SQLITE_STATIC);
  sqlite3_bind_int64(reads_[0], 2, now);
  if (step_all(reads_[0]) != 1) fail("a session was not found: renew them first");
  for (auto read = reads_.begin() + 1; read != reads_.end(); ++read) {
    sqlite3_bind_int64(*read, 1, account_);
    if (sqlite3_bind_parameter_count(*read) > 1) sqlite3_bind_int64(*read, 2, now);
    step_all(*read);
  }
  step_all(commit_);
}

sqlite3_stmt* SqliteReads::prepare(const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v3(connection_, sql.c_str(), -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr) != SQLITE_OK) {
    fail(sqlite3_errmsg(connection_));
  }
  return statement;
}

int SqliteReads::step_all(sqlite3_stmt* statement) {
  int rows = 0;
  while (sqlite3_step(statement) == SQLITE_ROW) {
    ++rows;
    const int columns = sqlite3_column_count(statement);
    for (int column = 0; column < columns; ++column) {
      switch (sqlite3_column_type(statement, column)) {
        case SQLITE_INTEGER:
          sum_ += sqlite3_column_int64(statement, column);
          break;
        case SQLITE_TEXT:
          sum_ += sqlite3_column_text(statement, column)[0] + sqlite3_column_bytes(statement, column);
          break;
        case SQLITE_BLOB:
          sum_ += sqlite3_column_blob(statement, column) != nullptr ? sqlite3_column_bytes(statement, column) : 0;
          break;
        default:
          break;
      }
    }
    if (statement == reads_[0]) account_ = sqlite3_column_int64(statement, 1);
  }
  sqlite3_reset(statement);
  return rows;
}

}  // namespace waymark::bench
