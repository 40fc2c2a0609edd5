#include "db/sqlite/backup.hpp"

#include <sqlite3.h>

#include "db/private_file.hpp"
#include "db/sqlite/errors.hpp"

namespace waymark::db::sqlite {

namespace {

constexpr int kPagesAStep = 1024;

struct Closing {
  void operator()(sqlite3* connection) const { sqlite3_close_v2(connection); }
};

void copy_all(Connection& source, sqlite3* target) {
  sqlite3_backup* backup = sqlite3_backup_init(target, "main", source.handle(), "main");
  if (backup == nullptr) throw_error(target, sqlite3_extended_errcode(target), "backup");
  while (sqlite3_backup_step(backup, kPagesAStep) == SQLITE_OK) {
  }
  const int code = sqlite3_backup_finish(backup);
  if (code != SQLITE_OK) throw_error(target, code, "backup");
}

}  // namespace

void back_up(Connection& source, const std::string& file) {
  PrivateFile copy(file);
  sqlite3* opened = nullptr;
  const int code = sqlite3_open_v2(file.c_str(), &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
  const std::unique_ptr<sqlite3, Closing> target(opened);
  if (code != SQLITE_OK) throw_error(target.get(), code, "backup");
  // Inside one read transaction the copy stays at its moment instead of starting again after each commit.
  source.control("BEGIN");
  try {
    source.each({"db.backup_moment", "SELECT count(*) FROM sqlite_schema"}, {}, nullptr);
    copy_all(source, target.get());
    source.control("COMMIT");
  } catch (...) {
    if (source.is_in_transaction()) source.control("ROLLBACK");
    throw;
  }
  copy.keep();
}

}  // namespace waymark::db::sqlite
