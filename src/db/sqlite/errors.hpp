// SQLite's result codes as the exceptions of db/database.hpp.
#pragma once

#include <string_view>

#include "db/database.hpp"

struct sqlite3;

namespace waymark::db::sqlite {

// The disk or the file itself failed: nothing more may be written, because a failed fsync may have thrown away pages
// that look written (PostgreSQL's "fsyncgate").
class DiskFailed : public DatabaseError {
  using DatabaseError::DatabaseError;
};

// Throws what `code` (extended) means. The message names the query and SQLite's own words, which hold no values.
[[noreturn]] void throw_error(sqlite3* connection, int code, std::string_view query);

}  // namespace waymark::db::sqlite
