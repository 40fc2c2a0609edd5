#include <sqlite3.h>

#include <algorithm>
#include <stdexcept>

#include "support/bulk_table.hpp"

namespace waymark::bench {
namespace {

void expect(bool is_well, sqlite3* connection) {
  if (!is_well) throw std::runtime_error(std::string("SQLite: ") + sqlite3_errmsg(connection));
}

class SqliteTable final : public BulkTable {
 public:
  SqliteTable(sqlite3* connection, std::string_view table, std::string_view columns) : connection_(connection) {
    std::string places = "?";
    for (auto count = std::ranges::count(columns, ','); count > 0; --count) places += ", ?";
    const auto sql = fmt::format("INSERT INTO {} ({}) VALUES ({})", table, columns, places);
    expect(sqlite3_prepare_v2(connection_, sql.c_str(), -1, &insert_, nullptr) == SQLITE_OK, connection_);
  }
  ~SqliteTable() override { sqlite3_finalize(insert_); }
  SqliteTable(const SqliteTable&) = delete;
  SqliteTable& operator=(const SqliteTable&) = delete;

  void integer(std::int64_t value) override { sqlite3_bind_int64(insert_, ++column_, value); }
  void boolean(bool value) override { sqlite3_bind_int(insert_, ++column_, value ? 1 : 0); }
  void text(std::string_view value) override {
    sqlite3_bind_text64(insert_, ++column_, value.data(), value.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  }
  void bytes(std::string_view value) override {
    sqlite3_bind_blob64(insert_, ++column_, value.data(), value.size(), SQLITE_TRANSIENT);
  }
  void null() override { sqlite3_bind_null(insert_, ++column_); }
  void end_row() override {
    expect(sqlite3_step(insert_) == SQLITE_DONE, connection_);
    sqlite3_reset(insert_);
    column_ = 0;
  }

 private:
  sqlite3* connection_;
  sqlite3_stmt* insert_ = nullptr;
  int column_ = 0;
};

class SqliteBulk final : public BulkDatabase {
 public:
  explicit SqliteBulk(const std::string& file) {
    expect(sqlite3_open(file.c_str(), &connection_) == SQLITE_OK, connection_);
    execute(
        "PRAGMA journal_mode=DELETE; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA locking_mode=EXCLUSIVE; "
        "PRAGMA foreign_keys=OFF; PRAGMA cache_size=-1000000; PRAGMA temp_store=MEMORY");
  }
  ~SqliteBulk() override { sqlite3_close(connection_); }
  SqliteBulk(const SqliteBulk&) = delete;
  SqliteBulk& operator=(const SqliteBulk&) = delete;

  void fill(std::string_view table, std::string_view columns, const std::function<void(BulkTable&)>& rows) override {
    execute("BEGIN");
    {
      SqliteTable open(connection_, table, columns);
      rows(open);
    }
    execute("COMMIT");
  }
  void execute(const std::string& sql) override {
    expect(sqlite3_exec(connection_, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK, connection_);
  }
  void finish() override {}

 private:
  sqlite3* connection_ = nullptr;
};

}  // namespace

std::unique_ptr<BulkDatabase> open_bulk_sqlite(const std::string& file) { return std::make_unique<SqliteBulk>(file); }

}  // namespace waymark::bench
