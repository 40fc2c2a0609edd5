// The reads of one dashboard on SQLite, bare: the product's SQL, prepared once, every column fetched, nothing made of
// it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace waymark::bench {

// Of one thread. Opened for good: a benchmark ends with its process.
class SqliteReads {
 public:
  explicit SqliteReads(const std::filesystem::path& file);
  // Throws std::runtime_error when no session has this token.
  void read(std::string_view token_hash);

 private:
  sqlite3_stmt* prepare(const std::string& sql);
  int step_all(sqlite3_stmt* statement);

  sqlite3* connection_ = nullptr;
  sqlite3_stmt *begin_ = nullptr, *commit_ = nullptr;
  std::vector<sqlite3_stmt*> reads_;
  std::int64_t account_ = 0;
  std::int64_t sum_ = 0;  // so that nothing read is thrown away unread
};

}  // namespace waymark::bench
