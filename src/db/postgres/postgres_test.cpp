// What PostgreSQL adds to the contract: connections that are lost, and servers that are away.
#include <gmock/gmock.h>

#include <condition_variable>
#include <mutex>
#include <thread>

#include "support/databases.hpp"
#include "support/postgres_server.hpp"

namespace waymark::db {
namespace {

constexpr Query kInsert{"test.insert", "INSERT INTO thing (id) VALUES ($1)"};
constexpr Query kCount{"test.count", "SELECT count(*) FROM thing"};

class PostgresTest : public waymark::testing::DatabaseContract {
 protected:
  void SetUp() override {
    DatabaseContract::SetUp();
    if (IsSkipped()) return;
    database().write([](Transaction& tx) { tx.run({"", "CREATE TABLE thing (id BIGINT PRIMARY KEY)"}, {}); });
  }
  void end_every_connection() {
    waymark::testing::run_on_postgres(made().address(),
                                      "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
                                      "WHERE application_name = 'waymark' AND datname = current_database()");
  }
  std::int64_t count() {
    return *database().snapshot()->find(kCount, {}, [](const Row& row) { return row.integer(0); });
  }
};
INSTANTIATE_TEST_SUITE_P(One, PostgresTest, ::testing::Values("postgres"));

TEST_P(PostgresTest, OpensALostConnectionAgain) {
  EXPECT_EQ(count(), 0);
  end_every_connection();
  EXPECT_EQ(count(), 0);
  end_every_connection();
  EXPECT_NO_THROW(database().write([](Transaction& tx) { tx.run(kInsert, {1}); }));
  end_every_connection();
  EXPECT_NO_THROW(database().ping());
  EXPECT_EQ(count(), 1);
}

TEST_P(PostgresTest, RunsAUnitAgainWhenTheConnectionIsLostBeforeCommit) {
  int runs = 0;
  database().write([&](Transaction& tx) {
    tx.run(kInsert, {1});
    if (++runs == 1) end_every_connection();
    tx.run(kInsert, {2});
  });
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(count(), 2);
}

TEST_P(PostgresTest, GivesUpAfterTheConnectionIsLostAgainAndAgain) {
  int runs = 0;
  EXPECT_THROW(database().write([&](Transaction& tx) {
    tx.run(kInsert, {1});
    ++runs;
    end_every_connection();
    tx.run(kInsert, {2});
  }),
               DatabaseBusy);
  EXPECT_EQ(runs, 3);
  EXPECT_EQ(count(), 0);
}

TEST_P(PostgresTest, DoesNotRunAUnitAgainWhoseCommitMayHaveArrived) {
  int runs = 0;
  // A deferred trigger runs inside COMMIT and ends the connection there: the client cannot know.
  waymark::testing::run_on_postgres(
      made().address(),
      "CREATE FUNCTION leave() RETURNS trigger LANGUAGE plpgsql AS "
      "$$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(5); RETURN NULL; END $$");
  waymark::testing::run_on_postgres(
      made().address(),
      "CREATE CONSTRAINT TRIGGER leaving AFTER INSERT ON thing DEFERRABLE INITIALLY DEFERRED "
      "FOR EACH ROW EXECUTE FUNCTION leave()");
  try {
    database().write([&](Transaction& tx) {
      ++runs;
      tx.run(kInsert, {1});
    });
    FAIL();
  } catch (const DatabaseBusy&) {
    FAIL() << "an unknown outcome is not 'try again'";
  } catch (const DatabaseError& error) {
    EXPECT_THAT(error.what(), ::testing::HasSubstr("unknown"));
  }
  EXPECT_EQ(runs, 1);
}

TEST_P(PostgresTest, RunsDeadlockedUnitsAgain) {
  database().write([](Transaction& tx) {
    tx.run(kInsert, {1});
    tx.run(kInsert, {2});
  });
  waymark::testing::run_on_postgres(made().address(), "ALTER TABLE thing ADD COLUMN n BIGINT NOT NULL DEFAULT 0");
  const Query add{"test.add", "UPDATE thing SET n = n + 1 WHERE id = $1"};
  std::atomic<int> inside{0};
  const auto crossing = [&](std::int64_t first, std::int64_t second) {
    bool is_first_run = true;
    database().write([&, first, second](Transaction& tx) {
      tx.run(add, {first});
      ++inside;
      while (is_first_run && inside < 2) std::this_thread::sleep_for(std::chrono::milliseconds(1));
      is_first_run = false;
      tx.run(add, {second});
    });
  };
  std::thread other([&] { crossing(2, 1); });
  crossing(1, 2);
  other.join();
  EXPECT_EQ(database().snapshot()->find({"test.sum", "SELECT sum(n) FROM thing"}, {},
                                        [](const Row& row) { return row.integer(0); }),
            4);
}

TEST_P(PostgresTest, ForgetsWhatWasQueuedWhenAUnitThrows) {
  EXPECT_THROW(database().write([](Transaction& tx) {
    int gone = 0;
    tx.queue(kCount, {}, [&gone](const Row& row) { gone += static_cast<int>(row.integer(0)); });
    tx.queue({"test.broken", "SELECT 1 / 0"}, {}, [&gone](const Row&) { ++gone; });
    throw std::runtime_error("refused");
  }),
               std::runtime_error);
  {
    const auto snapshot = database().snapshot();
    snapshot->queue({"test.broken", "SELECT 1 / 0"}, {}, [](const Row&) { FAIL(); });
  }
  for (int i = 0; i < 3; ++i) EXPECT_EQ(count(), 0);
}

// The end of a read goes with the next one. Alone it must not wait long: an open transaction keeps VACUUM from its
// work.
TEST_P(PostgresTest, LeavesNoReadOpenOnAQuietServer) {
  EXPECT_EQ(count(), 0);
  constexpr Query kOpen{"test.open",
                        "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'waymark' AND "
                        "datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL"};
  const auto watcher = open_postgres({.address = made().address()}, metrics());
  const auto open = [&] {
    return watcher->snapshot()->find(kOpen, {}, [](const Row& row) { return row.integer(0); }).value();
  };
  for (int i = 0; i < 500 && open() > 0; ++i) std::this_thread::sleep_for(std::chrono::milliseconds{10});
  EXPECT_EQ(open(), 0);
  EXPECT_EQ(count(), 0) << "and the connection is good for the next";
}

TEST_P(PostgresTest, EndsAReadBeforeTheNextUnitOfTheSameConnection) {
  for (int i = 1; i <= 100; ++i) {
    const auto before = count();
    database().write([&](Transaction& tx) { tx.run(kInsert, {i}); });
    ASSERT_EQ(count(), before + 1) << "the next read sees what was written since";
  }
}

// However many imports run: one of two connections stays for people.
TEST_P(PostgresTest, LetsBulkWorkTakeTurnsSoThatPeopleAreNotKeptWaiting) {
  Metrics metrics;
  const auto narrow = open_postgres(
      {.address = made().address(), .connections_max = 2, .wait_max = std::chrono::milliseconds{500}}, metrics);
  std::mutex mutex;
  std::condition_variable changed;
  int inside = 0, ended = 0;
  bool may_end = false;
  const auto import = [&] {
    narrow->write(
        [&](Transaction& tx) {
          tx.run(kCount, {});
          std::unique_lock lock(mutex);
          ++inside;
          changed.notify_all();
          changed.wait(lock, [&] { return may_end; });
          ++ended;
        },
        Urgency::bulk);
  };
  {
    const std::jthread one(import), two(import);
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return inside > 0; });
    // The other one gets the time to come in as well, if it may.
    EXPECT_FALSE(changed.wait_for(lock, std::chrono::milliseconds{300}, [&] { return inside > 1; }));
    lock.unlock();
    EXPECT_NO_THROW(narrow->write([](Transaction& tx) { tx.run(kInsert, {1}); }));
    lock.lock();
    may_end = true;
    lock.unlock();
    changed.notify_all();
  }
  EXPECT_EQ(ended, 2);
  EXPECT_EQ(count(), 1);
}

TEST_P(PostgresTest, SurvivesItsServersCrash) {
  const auto programs = waymark::testing::PostgresServer::find_programs();
  if (!programs) GTEST_SKIP() << "PostgreSQL's programs are not installed here";
  waymark::testing::PostgresServer server(*programs);
  Metrics own_metrics;
  const auto own =
      open_postgres({.address = server.address("postgres"), .wait_max = std::chrono::milliseconds(500)}, own_metrics);
  own->write([](Transaction& tx) { tx.run({"", "CREATE TABLE thing (id BIGINT PRIMARY KEY)"}, {}); });
  server.kill_at_once();
  EXPECT_THROW(own->snapshot()->has(kCount, {}), DatabaseBusy);
  EXPECT_THROW(own->write([](Transaction& tx) { tx.run(kInsert, {1}); }), DatabaseBusy);
  EXPECT_THROW(own->ping(), DatabaseError);
  server.start();
  EXPECT_NO_THROW(own->write([](Transaction& tx) { tx.run(kInsert, {1}); }));
  EXPECT_NO_THROW(own->ping());
}

}  // namespace
}  // namespace waymark::db
