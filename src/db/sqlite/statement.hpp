// A prepared statement, its parameters' places, and its rows.
#pragma once

#include <string>
#include <vector>

#include "db/sqlite/connection.hpp"

struct sqlite3_value;

namespace waymark::db::sqlite {

struct Connection::Statement {
  Statement(sqlite3* connection, const Query& query, bool is_kept, Metrics& metrics);
  ~Statement();
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  // Text and bytes are bound without a copy: they must live until the statement was reset. Throws DatabaseError when
  // the number of parameters is not the statement's, or a text is not UTF-8.
  void bind(sqlite3* connection, Parameters parameters);

  std::string name;
  std::string sql;
  sqlite3_stmt* handle = nullptr;
  std::vector<int> places;  // places[n - 1]: SQLite's number for "$n", which it counts by first appearance
  bool is_running = false;
  QueryTally tally;
};

// Reads straight from SQLite's own row.
class SqliteRow final : public Row {
 public:
  SqliteRow(sqlite3_stmt* statement, std::string_view query) : statement_(statement), query_(query) {}
  bool is_null(int column) const override;
  std::int64_t integer(int column) const override;
  bool boolean(int column) const override { return integer(column) != 0; }
  std::string_view text(int column) const override;
  std::string_view bytes(int column) const override;

 private:
  sqlite3_value* value(int column, int type) const;
  sqlite3_stmt* statement_;
  std::string_view query_;
};

}  // namespace waymark::db::sqlite
