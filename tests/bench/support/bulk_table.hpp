// Fills a table far faster than the product writes: without a journal on SQLite, by COPY on PostgreSQL. For data that
// may be thrown away, while nobody else has the database open.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace waymark::bench {

// One table being filled: the columns in order, then end_row(). Throws std::runtime_error.
class BulkTable {
 public:
  virtual ~BulkTable() = default;
  virtual void integer(std::int64_t value) = 0;
  virtual void boolean(bool value) = 0;
  virtual void text(std::string_view value) = 0;
  virtual void bytes(std::string_view value) = 0;
  virtual void null() = 0;
  virtual void end_row() = 0;
};

class BulkDatabase {
 public:
  virtual ~BulkDatabase() = default;
  // `columns`: names parted by commas. One table at a time; in place when this returns.
  virtual void fill(std::string_view table, std::string_view columns, const std::function<void(BulkTable&)>& rows) = 0;
  virtual void execute(const std::string& sql) = 0;
  // Leaves the database as a running one would be found.
  virtual void finish() = 0;
};

std::unique_ptr<BulkDatabase> open_bulk_sqlite(const std::string& file);
std::unique_ptr<BulkDatabase> open_bulk_postgres(const std::string& address);

}  // namespace waymark::bench
