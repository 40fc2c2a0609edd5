#include "db/sqlite/connection.hpp"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/assert.hpp"
#include "db/sqlite/errors.hpp"
#include "db/sqlite/statement.hpp"

namespace waymark::db::sqlite {

namespace {

// Before SQLite's first use in the process: connections are never shared between threads, and its memory statistics
// are a global lock.
void configure_once() {
  static const bool done = [] {
    sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    return true;
  }();
  static_cast<void>(done);
}

// SQLite would make the file readable by everybody; -wal and -shm take the file's mode.
void create_private(const std::filesystem::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor >= 0) ::close(descriptor);
}

constexpr const char* kCommonPragmas =
    "PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF; PRAGMA temp_store=MEMORY;"
    "PRAGMA cache_size=-1024;"  // KiB: the pages come from the memory map, shared by all connections
    // The most that SQLite maps by itself. Where the VFS is sqlite/mapped_file's it only says that pages are asked
    // there.
    "PRAGMA mmap_size=2147418112; PRAGMA busy_timeout=2000;";

constexpr const char* kWriterPragmas =
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0;"
    "PRAGMA journal_size_limit=67108864; PRAGMA secure_delete=ON;"
    "PRAGMA cache_size=-16384;";  // KiB: what a turn of an import changes stays in memory until it commits

class Running {
 public:
  Running(bool& flag, sqlite3_stmt* statement) : flag_(flag), statement_(statement) { flag_ = true; }
  ~Running() {
    sqlite3_reset(statement_);
    flag_ = false;
  }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

 private:
  bool& flag_;
  sqlite3_stmt* statement_;
};

}  // namespace

Connection::Connection(const std::filesystem::path& file, const std::string& vfs, Role role, Metrics& metrics)
    : metrics_(metrics) {
  configure_once();
  const bool is_writer = role == Role::writer;
  if (is_writer && vfs.empty()) create_private(file);
  const int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
                    (is_writer ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY);
  const int code = sqlite3_open_v2(file.c_str(), &connection_, flags, vfs.empty() ? nullptr : vfs.c_str());
  try {
    if (code != SQLITE_OK) throw_error(connection_, code, "open");
    execute_pragmas(role);
  } catch (...) {
    sqlite3_close_v2(connection_);
    throw;
  }
}

void Connection::execute_pragmas(Role role) {
  sqlite3_db_config(connection_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(connection_, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  sqlite3_db_config(connection_, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
  const auto execute = [&](const char* pragmas) {
    const int code = sqlite3_exec(connection_, pragmas, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) throw_error(connection_, code, "open");
  };
  execute(kCommonPragmas);
  if (role == Role::writer) {
    execute(kWriterPragmas);
  } else {
    // The writer alone checkpoints: SQLite before 3.51.3 can damage the file when two connections do it at once.
    sqlite3_db_config(connection_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    execute("PRAGMA query_only=ON;");
  }
}

Connection::~Connection() {
  statements_.clear();
  for (const auto& [sql, statement] : controls_) sqlite3_finalize(statement);
  sqlite3_close_v2(connection_);
}

Connection::Statement& Connection::prepared(const Query& query) {
  if (const auto found = statements_.find(query.name); found != statements_.end()) {
    WAYMARK_ASSERT(found->second->sql == query.sql);  // one name, one query
    return *found->second;
  }
  auto statement = std::make_unique<Statement>(connection_, query, true, metrics_);
  const std::string_view name = statement->name;
  return *statements_.emplace(name, std::move(statement)).first->second;
}

std::int64_t Connection::each(const Query& query, Parameters parameters, const RowFunction* row) {
  if (!query.name.empty()) {
    Statement& statement = prepared(query);
    if (!statement.is_running) {
      const Running running(statement.is_running, statement.handle);
      const Stopwatch stopwatch(statement.tally);
      statement.bind(connection_, parameters);
      return step_all(statement, row);
    }
  }
  // Nameless, or asked again from inside its own rows.
  Statement once(connection_, query, false, metrics_);
  const Stopwatch stopwatch(once.tally);
  once.bind(connection_, parameters);
  return step_all(once, row);
}

std::int64_t Connection::step_all(Statement& statement, const RowFunction* row) {
  const auto changes_before = sqlite3_total_changes64(connection_);
  const SqliteRow view(statement.handle, statement.name);
  for (;;) {
    const int code = sqlite3_step(statement.handle);
    if (code == SQLITE_DONE) break;
    if (code != SQLITE_ROW) throw_error(connection_, code, statement.name);
    if (row != nullptr) (*row)(view);
  }
  return sqlite3_total_changes64(connection_) == changes_before ? 0 : sqlite3_changes64(connection_);
}

void Connection::control(std::string_view sql) {
  auto found = controls_.find(sql);
  if (found == controls_.end()) {
    sqlite3_stmt* handle = nullptr;
    const int code = sqlite3_prepare_v3(connection_, sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &handle, nullptr);
    if (code != SQLITE_OK) throw_error(connection_, code, sql);
    found = controls_.emplace(sql, handle).first;
  }
  const int code = sqlite3_step(found->second);
  if (code != SQLITE_DONE) {
    // Before the reset, which may change the connection's message.
    try {
      throw_error(connection_, code, sql);
    } catch (...) {
      sqlite3_reset(found->second);
      throw;
    }
  }
  sqlite3_reset(found->second);
}

bool Connection::is_in_transaction() const { return sqlite3_get_autocommit(connection_) == 0; }

void Connection::flush_timings() {
  for (auto& [name, statement] : statements_) statement->tally.flush();
}

}  // namespace waymark::db::sqlite
