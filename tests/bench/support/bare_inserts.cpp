#include "support/bare_inserts.hpp"

#include <sqlite3.h>

#include <stdexcept>
#include <string>
#include <vector>

#include "platform/clock.hpp"
#include "support/installation.hpp"

namespace waymark::bench {
namespace {

constexpr std::string_view kTables[] = {"cases",        "parties",      "case_events",  "evidence_requests",
                                        "appointments", "access_codes", "person_search"};
constexpr std::int64_t kRowsOfTransaction = 1000;

class Connection {
 public:
  explicit Connection(const std::filesystem::path& file) {
    if (sqlite3_open(file.c_str(), &handle_) != SQLITE_OK) throw std::runtime_error("the database does not open");
  }
  ~Connection() { sqlite3_close_v2(handle_); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  void execute(const char* sql) {
    if (sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) throw_now();
  }
  sqlite3_stmt* prepare(const std::string& sql) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(handle_, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK) throw_now();
    return statement;
  }
  [[noreturn]] void throw_now() { throw std::runtime_error(sqlite3_errmsg(handle_)); }

 private:
  sqlite3* handle_ = nullptr;
};

// All values of a table, row after row; protected copies, so that they bind as they are.
struct Rows {
  std::string insert;
  int columns = 0;
  std::vector<sqlite3_value*> values;
  Rows() = default;
  Rows(Rows&&) = default;
  Rows& operator=(Rows&&) = default;
  ~Rows() {
    for (auto* value : values) sqlite3_value_free(value);
  }
};

Rows load_rows(Connection& from, std::string_view table) {
  Rows rows;
  sqlite3_stmt* select = from.prepare(fmt::format("SELECT * FROM {} ORDER BY rowid", table));
  rows.columns = sqlite3_column_count(select);
  while (sqlite3_step(select) == SQLITE_ROW) {
    for (int column = 0; column < rows.columns; ++column) {
      rows.values.push_back(sqlite3_value_dup(sqlite3_column_value(select, column)));
    }
  }
  sqlite3_finalize(select);
  std::string places = "?";
  for (int column = 1; column < rows.columns; ++column) places += ", ?";
  rows.insert = fmt::format("INSERT INTO {} VALUES ({})", table, places);
  return rows;
}

std::int64_t insert_rows(Connection& into, const Rows& rows) {
  sqlite3_stmt* insert = into.prepare(rows.insert);
  std::int64_t count = 0;
  into.execute("BEGIN IMMEDIATE");
  for (std::size_t at = 0; at < rows.values.size();) {
    for (int column = 0; column < rows.columns; ++column) sqlite3_bind_value(insert, column + 1, rows.values[at++]);
    if (sqlite3_step(insert) != SQLITE_DONE) into.throw_now();
    sqlite3_reset(insert);
    if (++count % kRowsOfTransaction == 0) into.execute("COMMIT; BEGIN IMMEDIATE");
  }
  into.execute("COMMIT");
  sqlite3_finalize(insert);
  return count;
}

}  // namespace

InsertFigures insert_again(const std::filesystem::path& from, const std::filesystem::path& into) {
  std::vector<Rows> tables;
  {
    Connection source(from);
    for (const auto table : kTables) tables.push_back(load_rows(source, table));
  }
  Connection target(into);
  target.execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON");
  const SystemClock clock;
  const auto begun = clock.steady();
  const double cpu_before = cpu_seconds();
  InsertFigures figures;
  for (const auto& rows : tables) figures.rows += insert_rows(target, rows);
  figures.seconds = std::chrono::duration<double>(clock.steady() - begun).count();
  figures.cpu_seconds = cpu_seconds() - cpu_before;
  return figures;
}

}  // namespace waymark::bench
