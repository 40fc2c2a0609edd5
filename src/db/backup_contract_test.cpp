// Copies of a database, taken beside running work.
#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <thread>

#include "db/migrate.hpp"
#include "support/databases.hpp"
#include "support/postgres_server.hpp"

namespace waymark::db {
namespace {

constexpr Query kPair{"test.pair", "UPDATE pair SET n = n + 1"};

class BackupContract : public waymark::testing::DatabaseContract {
 protected:
  void SetUp() override {
    DatabaseContract::SetUp();
    if (IsSkipped()) return;
    database().write([&](Transaction& tx) {
      tx.run({"", to_dialect("CREATE TABLE pair (id ID PRIMARY KEY, n INTEGER NOT NULL, body BYTES)", GetParam())}, {});
      const std::string body(2000, 'b');
      for (int id = 1; id <= 2000; ++id) {
        tx.run({"test.fill", "INSERT INTO pair (id, n, body) VALUES ($1, 0, $2)"}, {id, Bytes{body}});
      }
    });
  }
  std::string file() { return (made().folder() / "copy").string(); }
};
ON_BOTH_DATABASES(BackupContract);

TEST_P(BackupContract, WritesAPrivateFileAndRefusesToOverwriteOne) {
  database().back_up_to(file());
  struct stat status{};
  ASSERT_EQ(::stat(file().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600U);
  EXPECT_GT(status.st_size, 1000);
  EXPECT_THROW(database().back_up_to(file()), DatabaseError);
}

TEST_P(BackupContract, CanBeRestoredWhole) {
  database().back_up_to(file());
  Metrics own_metrics;
  std::unique_ptr<Database> restored;
  const std::string name = fmt::format("waymark_restored_{}", ::getpid());
  if (is_sqlite()) {
    restored = open_sqlite({.file = file()}, own_metrics);
  } else {
    waymark::testing::run_on_postgres(made().address(), "CREATE DATABASE " + name);
    const std::string address = made().address().substr(0, made().address().rfind('/') + 1) + name;
    const std::string command =
        fmt::format("pg_restore --exit-on-error --no-owner --dbname='{}' '{}'", address, file());
    ASSERT_EQ(std::system(command.c_str()), 0);
    restored = open_postgres({.address = address}, own_metrics);
  }
  EXPECT_EQ(count_pending(*restored, shipped_migrations(GetParam())), 0);
  EXPECT_EQ(restored->snapshot()->find({"test.pairs", "SELECT count(*) FROM pair WHERE body IS NOT NULL"}, {},
                                       [](const Row& row) { return row.integer(0); }),
            2000);
  restored.reset();
  if (!is_sqlite()) waymark::testing::run_on_postgres(made().address(), "DROP DATABASE " + name + " WITH (FORCE)");
}

TEST_P(BackupContract, LeavesNoFileWhenItFails) {
  EXPECT_THROW(database().back_up_to((made().folder() / "missing" / "copy").string()), DatabaseError);
  EXPECT_FALSE(std::filesystem::exists(made().folder() / "missing"));
}

TEST(SqliteBackup, HoldsOneMomentWhileUnitsGoOn) {
  waymark::testing::TestDatabase made("sqlite");
  made.database().write([&](Transaction& tx) {
    tx.run({"", "CREATE TABLE pair (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, body BLOB)"}, {});
    const std::string body(2000, 'b');
    for (int id = 1; id <= 5000; ++id) {
      tx.run({"test.fill", "INSERT INTO pair (id, n, body) VALUES ($1, 0, $2)"}, {id, Bytes{body}});
    }
  });
  std::atomic<bool> stopping{false};
  std::thread writer([&] {
    while (!stopping) made.database().write([](Transaction& tx) { tx.run(kPair, {}); });
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  const auto copy = made.folder() / "copy.db";
  made.database().back_up_to(copy.string());
  stopping = true;
  writer.join();
  Metrics metrics;
  const auto restored = open_sqlite({.file = copy}, metrics);
  restored->snapshot()->each({"test.moment", "SELECT count(*), min(n), max(n) FROM pair"}, {}, [](const Row& row) {
    EXPECT_EQ(row.integer(0), 5000);
    EXPECT_EQ(row.integer(1), row.integer(2));
  });
  EXPECT_TRUE(restored->snapshot()->has(
      {"test.check", "SELECT 1 FROM pragma_integrity_check WHERE integrity_check = 'ok'"}, {}));
}

TEST(PostgresBackup, KeepsItsPasswordOutOfTheErrorsWhenTheServerIsAway) {
  if (!waymark::testing::shared_postgres("postgres")) GTEST_SKIP() << "PostgreSQL is not installed";
  Metrics metrics;
  try {
    open_postgres({.address = "postgres://nobody:topsecret@127.0.0.1:1/none"}, metrics);
    FAIL();
  } catch (const DatabaseBusy& busy) {
    EXPECT_THAT(busy.what(), ::testing::Not(::testing::HasSubstr("topsecret")));
  }
}

}  // namespace
}  // namespace waymark::db
