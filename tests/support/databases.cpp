#include "support/databases.hpp"

#include <libpq-fe.h>
#include <unistd.h>

#include <cstdlib>

#include "base/text.hpp"
#include "db/migrate.hpp"
#include "platform/keys.hpp"
#include "support/postgres_server.hpp"

namespace waymark::testing {

namespace {

std::string postgres_or_throw(const std::string& database) {
  auto address = shared_postgres(database);
  if (!address) throw MissingPostgres("PostgreSQL 15 or newer is not installed and WAYMARK_TEST_POSTGRES is not set");
  return *address;
}

void migrate_all(db::Database& database) { db::migrate(database, db::shipped_migrations(database.kind())); }

// Migrated once a program, then copied.
const std::filesystem::path& sqlite_template() {
  static const TemporaryFolder folder;
  static const std::filesystem::path file = [] {
    Metrics metrics;
    const auto path = folder.path() / "template.db";
    const auto database = db::open_sqlite({.file = path}, metrics);
    migrate_all(*database);
    return path;
  }();
  return file;
}

// One session outside the code under test.
class Session {
 public:
  explicit Session(const std::string& address) : connection_(PQconnectdb(address.c_str()), PQfinish) {
    if (PQstatus(connection_.get()) != CONNECTION_OK) throw std::runtime_error(PQerrorMessage(connection_.get()));
    PQsetNoticeReceiver(connection_.get(), [](void*, const PGresult*) {}, nullptr);
  }
  // How many rows came back.
  int run(const std::string& sql) {
    const std::unique_ptr<PGresult, void (*)(PGresult*)> result(PQexec(connection_.get(), sql.c_str()), PQclear);
    const auto status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
      throw std::runtime_error(PQerrorMessage(connection_.get()));
    }
    return PQntuples(result.get());
  }
  // Its values, parted by blanks.
  std::string first_row(const std::string& sql) {
    const std::unique_ptr<PGresult, void (*)(PGresult*)> result(PQexec(connection_.get(), sql.c_str()), PQclear);
    if (PQresultStatus(result.get()) != PGRES_TUPLES_OK) throw std::runtime_error(PQerrorMessage(connection_.get()));
    std::string row;
    for (int column = 0; column < PQnfields(result.get()); ++column) {
      row.append(PQgetvalue(result.get(), 0, column)).append(" ");
    }
    return row;
  }

 private:
  std::unique_ptr<PGconn, void (*)(PGconn*)> connection_;
};

// Migrated once a server and kept there, because each test may be a program of its own; named by what is in it.
std::string make_postgres_template() {
  std::string all;
  for (const auto& migration : db::shipped_migrations("postgres")) all += migration.name + migration.sql;
  const std::string name = "waymark_template_" + to_hex(sha256(all)).substr(0, 16);
  Session session(postgres_or_throw("postgres"));
  session.run("SELECT pg_advisory_lock(1802)");  // until the session ends
  // Marked as a template only when it is whole.
  if (session.run("SELECT 1 FROM pg_database WHERE datistemplate AND datname = '" + name + "'") == 0) {
    session.run("DROP DATABASE IF EXISTS " + name);
    session.run("CREATE DATABASE " + name);
    Metrics metrics;
    migrate_all(*db::open_postgres({.address = postgres_or_throw(name)}, metrics));
    session.run("ALTER DATABASE " + name + " IS_TEMPLATE true");
  }
  return name;
}

void drop_postgres_database(const std::string& name) {
  run_on_postgres(postgres_or_throw("postgres"), "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
}

// Databases of tests that are over, emptied, for the next: making one anew takes longer than most tests.
class EmptiedDatabases {
 public:
  ~EmptiedDatabases() {
    for (const auto& name : names) {
      try {
        drop_postgres_database(name);
      } catch (const std::exception&) {
        return;  // the server went first, and they with it
      }
    }
  }
  std::vector<std::string> names;
};

std::vector<std::string>& emptied_databases() {
  static EmptiedDatabases all;
  return all.names;
}

// What a table, index, rule or function more, or one changed or less, shows in.
constexpr std::string_view kCountSchema = R"sql(
  SELECT (SELECT COUNT(*) FROM pg_class), (SELECT SUM(attnum) FROM pg_attribute), (SELECT COUNT(*) FROM pg_constraint),
    (SELECT COUNT(*) FROM pg_trigger), (SELECT COUNT(*) FROM pg_proc), (SELECT COUNT(*) FROM pg_namespace),
    (SELECT COUNT(*) FROM schema_migrations))sql";

constexpr std::string_view kEmpty = R"sql(
  DO $$
  DECLARE filled TEXT; one RECORD; has_rows BOOLEAN;
  BEGIN
    FOR one IN SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
               AND relname <> 'schema_migrations' LOOP
      EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I)', one.relname) INTO has_rows;
      IF has_rows THEN filled := concat_ws(', ', filled, quote_ident(one.relname)); END IF;
    END LOOP;
    IF filled IS NOT NULL THEN EXECUTE 'TRUNCATE ' || filled || ' CASCADE'; END IF;
  END $$)sql";

std::string count_schema(const std::string& database) {
  return Session(postgres_or_throw(database)).first_row(std::string(kCountSchema));
}

std::string make_postgres_database() {
  static const std::string made = make_postgres_template();
  if (auto& emptied = emptied_databases(); !emptied.empty()) {
    auto name = std::move(emptied.back());
    emptied.pop_back();
    return name;
  }
  static std::atomic<int> count{0};
  const std::string name = fmt::format("waymark_test_{}_{}", ::getpid(), ++count);
  run_on_postgres(postgres_or_throw("postgres"), fmt::format("CREATE DATABASE {} TEMPLATE {}", name, made));
  return name;
}

// False where its schema is not what it was.
bool empty_postgres_database(const std::string& name) {
  Session session(postgres_or_throw(name));
  session.run(
      "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database() AND pid <> "
      "pg_backend_pid()");
  static const std::string as_made = count_schema(make_postgres_template());
  if (session.first_row(std::string(kCountSchema)) != as_made) return false;
  session.run(std::string(kEmpty));
  return true;
}

}  // namespace

TestDatabase::TestDatabase(const std::string& kind) : kind_(kind) {
  if (kind_ == "sqlite") {
    std::filesystem::copy_file(sqlite_template(), folder_.path() / "waymark.db");
  } else {
    name_ = make_postgres_database();
    address_ = postgres_or_throw(name_);
  }
  reopen();
}

TestDatabase::~TestDatabase() {
  database_.reset();
  if (name_.empty()) return;
  try {
    if (empty_postgres_database(name_)) {
      emptied_databases().push_back(name_);
      return;
    }
    drop_postgres_database(name_);
  } catch (const std::exception&) {
    return;  // the server was killed by the test
  }
}

void TestDatabase::reopen() {
  if (kind_ == "sqlite") {
    reopen_sqlite({});
  } else {
    // Longer than a busy machine with two cores and a hundred threads needs; what a full pool does has tests of its
    // own.
    reopen_postgres({.address = {}, .wait_max = std::chrono::seconds{60}});
  }
}

void TestDatabase::reopen_sqlite(db::SqliteOptions options) {
  database_.reset();
  options.file = folder_.path() / "waymark.db";
  database_ = db::open_sqlite(options, metrics_);
}

void TestDatabase::reopen_postgres(db::PostgresOptions options) {
  database_.reset();
  options.address = address_;
  database_ = db::open_postgres(options, metrics_);
}

void DatabaseContract::SetUp() {
  try {
    made_ = std::make_unique<TestDatabase>(GetParam());
  } catch (const MissingPostgres& missing) {
    const char* required = std::getenv("WAYMARK_TEST_REQUIRE_ALL");
    if (required != nullptr && std::string_view{required} == "1") FAIL() << missing.what();
    GTEST_SKIP() << missing.what();
  }
}

void run_on_postgres(const std::string& address, const std::string& sql) { Session(address).run(sql); }

}  // namespace waymark::testing
