#include "db/sqlite/errors.hpp"

#include <sqlite3.h>

namespace waymark::db::sqlite {

namespace {

// "UNIQUE constraint failed: account.email" → "account.email"; nothing for foreign keys, which SQLite does not name.
std::string constraint_name(std::string_view message) {
  const auto colon = message.find("failed: ");
  return colon == std::string_view::npos ? std::string{} : std::string{message.substr(colon + 8)};
}

bool is_disk_failure(int primary) {
  return primary == SQLITE_IOERR || primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB || primary == SQLITE_CANTOPEN;
}

}  // namespace

void throw_error(sqlite3* connection, int code, std::string_view query) {
  const std::string message = connection == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(connection);
  const std::string what = fmt::format("query {}: {} ({})", query.empty() ? "unnamed" : query, message, code);
  const int primary = code & 0xff;
  if (primary == SQLITE_CONSTRAINT && code != SQLITE_CONSTRAINT_DATATYPE) {
    throw ConstraintViolation(what, constraint_name(message));
  }
  if (primary == SQLITE_BUSY || primary == SQLITE_LOCKED) throw DatabaseBusy(what);
  if (is_disk_failure(primary)) throw DiskFailed(what);
  throw DatabaseError(what);
}

}  // namespace waymark::db::sqlite
