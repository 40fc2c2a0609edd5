// What the single writer adds to the contract: its lines, its limits, its file.
#include <gmock/gmock.h>
#include <sys/stat.h>

#include <thread>

#include "support/databases.hpp"

namespace waymark::db {
namespace {

using std::chrono::milliseconds;
using waymark::testing::TestDatabase;

constexpr Query kTable{"", "CREATE TABLE step (n INTEGER PRIMARY KEY, who TEXT)"};
constexpr Query kStep{"test.step", "INSERT INTO step (who) VALUES ($1)"};

// Keeps the writer inside a unit until it is let go.
class Occupied {
 public:
  explicit Occupied(Database& database)
      : thread_([this, &database] {
          database.write([this](Transaction&) {
            is_inside_ = true;
            while (!may_go_) std::this_thread::sleep_for(milliseconds(1));
          });
        }) {
    while (!is_inside_) std::this_thread::sleep_for(milliseconds(1));
  }
  ~Occupied() { release(); }
  void release() {
    may_go_ = true;
    if (thread_.joinable()) thread_.join();
  }

 private:
  std::atomic<bool> is_inside_{false}, may_go_{false};
  std::thread thread_;
};

std::thread write_later(Database& database, std::string who, Urgency urgency) {
  std::thread thread([&database, who = std::move(who), urgency] {
    database.write([&](Transaction& tx) { tx.run(kStep, {who}); }, urgency);
  });
  std::this_thread::sleep_for(milliseconds(30));  // until it stands in line
  return thread;
}

TEST(SqliteWriter, LetsInteractiveUnitsPassBulkOnes) {
  TestDatabase made("sqlite");
  made.database().write([](Transaction& tx) { tx.run(kTable, {}); });
  Occupied occupied(made.database());
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i) threads.push_back(write_later(made.database(), "bulk", Urgency::bulk));
  for (int i = 0; i < 3; ++i) threads.push_back(write_later(made.database(), "person", Urgency::interactive));
  occupied.release();
  for (auto& thread : threads) thread.join();
  const auto order = made.database().snapshot()->list({"test.order", "SELECT who FROM step ORDER BY n"}, {},
                                                      [](const Row& row) { return std::string{row.text(0)}; });
  EXPECT_THAT(order, ::testing::ElementsAre("person", "person", "person", "bulk", "bulk", "bulk"));
}

TEST(SqliteWriter, IsBusyWhenItDoesNotComeToAUnitInTime) {
  TestDatabase made("sqlite");
  made.reopen_sqlite({.file = {}, .wait_max = milliseconds(50)});
  made.database().write([](Transaction& tx) { tx.run(kTable, {}); });
  {
    const Occupied occupied(made.database());
    bool has_run = false;
    EXPECT_THROW(made.database().write([&](Transaction&) { has_run = true; }), DatabaseBusy);
    EXPECT_FALSE(has_run);
  }
  EXPECT_NO_THROW(made.database().write([](Transaction& tx) { tx.run(kStep, {"after"}); }));
}

TEST(SqliteWriter, RefusesAtOnceWhatTheLineCannotHold) {
  TestDatabase made("sqlite");
  made.reopen_sqlite({.file = {}, .wait_max = std::chrono::minutes(1), .waiting_units_max = 1});
  made.database().write([](Transaction& tx) { tx.run(kTable, {}); });
  Occupied occupied(made.database());
  auto waiting = write_later(made.database(), "first", Urgency::interactive);
  EXPECT_THROW(made.database().write([](Transaction&) {}), DatabaseBusy);
  occupied.release();
  waiting.join();
}

TEST(SqliteWriter, CommitsWhatWaitsTogether) {
  TestDatabase made("sqlite");
  made.database().write([](Transaction& tx) { tx.run(kTable, {}); });
  const auto commits = [&] {
    return made.metrics().counter("waymark_writer_commits_total", "Groups of units committed together").value();
  };
  Occupied occupied(made.database());
  std::vector<std::thread> threads;
  for (int i = 0; i < 10; ++i) threads.push_back(write_later(made.database(), "one", Urgency::interactive));
  const double before = commits();
  occupied.release();
  for (auto& thread : threads) thread.join();
  EXPECT_LE(commits() - before, 2);
}

TEST(SqliteWriter, LosesNothingOfAGroupWhoseFirstUnitsFail) {
  TestDatabase made("sqlite");
  auto& database = made.database();
  database.write([](Transaction& tx) { tx.run(kTable, {}); });
  Occupied occupied(database);
  std::atomic<int> failed = 0;
  std::vector<std::thread> threads;
  for (const std::string who : {"fails", "fails", "first", "fails", "second"}) {
    threads.emplace_back([&, who] {
      try {
        database.write([&](Transaction& tx) {
          tx.run(kStep, {who});
          if (who == "fails") throw std::runtime_error("no");
        });
      } catch (const std::runtime_error&) {
        ++failed;
      }
    });
    std::this_thread::sleep_for(milliseconds(30));
  }
  occupied.release();
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(failed, 3);
  const auto steps = database.snapshot()->list({"test.steps", "SELECT who FROM step ORDER BY n"}, {},
                                               [](const Row& row) { return std::string{row.text(0)}; });
  EXPECT_THAT(steps, ::testing::ElementsAre("first", "second"));
}

TEST(SqliteWriter, TellsALongUnitThatSomebodyWaits) {
  TestDatabase made("sqlite");
  auto& database = made.database();
  database.write([](Transaction& tx) { tx.run(kTable, {}); });
  std::vector<std::thread> threads;
  database.write(
      [&](Transaction& tx) {
        EXPECT_FALSE(tx.is_waited_for());
        threads.push_back(write_later(database, "bulk", Urgency::bulk));
        EXPECT_FALSE(tx.is_waited_for()) << "bulk work waits its turn";
        threads.push_back(write_later(database, "person", Urgency::interactive));
        EXPECT_TRUE(tx.is_waited_for());
      },
      Urgency::bulk);
  for (auto& thread : threads) thread.join();
}

TEST(SqliteWriter, KeepsItsFilesPrivateAndItsLogShort) {
  TestDatabase made("sqlite");
  made.database().write(
      [](Transaction& tx) { tx.run({"", "CREATE TABLE heap (n INTEGER PRIMARY KEY, body BLOB)"}, {}); });
  const std::string body(100'000, 'x');
  for (int i = 0; i < 300; ++i) {
    made.database().write(
        [&](Transaction& tx) { tx.run({"test.heap", "INSERT INTO heap (body) VALUES ($1)"}, {Bytes{body}}); });
  }
  const auto file = made.folder() / "waymark.db";
  // 30 MB went through the log; it starts anew after each 4 MB.
  EXPECT_LT(std::filesystem::file_size(file.string() + "-wal"), 12'000'000U);
  for (const char* end : {"", "-wal", "-shm"}) {
    struct stat status{};
    ASSERT_EQ(::stat((file.string() + end).c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0077, 0U) << end;
  }
}

TEST(SqliteWriter, LeavesOneWholeFileWhenItCloses) {
  const TemporaryFolder folder;
  const auto file = folder.path() / "whole.db";
  Metrics metrics;
  {
    const auto database = open_sqlite({.file = file}, metrics);
    database->write([](Transaction& tx) { tx.run(kTable, {}); });
    static_cast<void>(database->snapshot());
  }
  EXPECT_FALSE(std::filesystem::exists(file.string() + "-wal"));
  EXPECT_GT(std::filesystem::file_size(file), 0U);
}

TEST(SqliteWriter, RefusesAFileThatIsNoDatabase) {
  const TemporaryFolder folder;
  Metrics metrics;
  EXPECT_THROW(open_sqlite({.file = folder.path()}, metrics), DatabaseError);
  EXPECT_THROW(open_sqlite({.file = folder.path() / "missing" / "x.db"}, metrics), DatabaseError);
}

}  // namespace
}  // namespace waymark::db
