// Reads that are left open for the next one. Another connection stands for another process.
#include "db/sqlite/readers.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "support/databases.hpp"

namespace waymark::db::sqlite {
namespace {

using std::chrono::microseconds;
using testing::TestDatabase;

constexpr Query kTable{"", "CREATE TABLE step (n INTEGER PRIMARY KEY)"};
constexpr Query kStep{"test.step", "INSERT INTO step DEFAULT VALUES"};
constexpr Query kCount{"test.count", "SELECT count(*) FROM step"};
constexpr std::uint64_t kAtRest = 4, kCommitting = 5, kOneLater = 6;

class OpenReads : public ::testing::Test {
 protected:
  OpenReads() { other_.each(kTable, {}, nullptr); }

  std::int64_t count_steps(std::uint64_t commits, microseconds at) {
    SqliteSnapshot snapshot(readers_.take(std::chrono::milliseconds{0}), commits, start_ + at);
    return *snapshot.find(kCount, {}, [](const Row& row) { return row.integer(0); });
  }
  void step_elsewhere() { other_.each(kStep, {}, nullptr); }
  // Whether no reader holds on to what the log held before.
  bool can_empty_log() {
    bool is_busy = true;
    const RowFunction note = [&](const Row& row) { is_busy = row.integer(0) != 0; };
    other_.each({"", "PRAGMA busy_timeout=0"}, {}, nullptr);
    other_.each({"", "PRAGMA wal_checkpoint(TRUNCATE)"}, {}, &note);
    return !is_busy;
  }

  TemporaryFolder folder_;
  Metrics metrics_;
  const SqliteOptions options_{.file = folder_.path() / "steps.sqlite", .readers_max = 1};
  Connection other_{options_.file, "", Role::writer, metrics_};
  Readers readers_{options_, metrics_};
  const std::chrono::steady_clock::time_point start_{};
};

TEST_F(OpenReads, ServeTheNextOneUntilTheyAreOld) {
  EXPECT_EQ(count_steps(kAtRest, microseconds{0}), 0);
  step_elsewhere();
  EXPECT_EQ(count_steps(kAtRest, kOpenReadMax - microseconds{1}), 0);
  EXPECT_EQ(count_steps(kAtRest, kOpenReadMax), 1);
}

TEST_F(OpenReads, AreNotUsedOnceThisProcessHasCommitted) {
  EXPECT_EQ(count_steps(kAtRest, microseconds{0}), 0);
  step_elsewhere();
  EXPECT_EQ(count_steps(kOneLater, microseconds{0}), 1);
}

// Between a commit and its count some would see it and some would not, and one person's pages would go back and forth.
TEST_F(OpenReads, AreNotUsedWhileThisProcessCommits) {
  EXPECT_EQ(count_steps(kCommitting, microseconds{0}), 0);
  step_elsewhere();
  EXPECT_EQ(count_steps(kCommitting, microseconds{0}), 1);
}

TEST_F(OpenReads, EndWhenTheServerIsQuiet) {
  EXPECT_EQ(count_steps(kAtRest, microseconds{0}), 0);
  step_elsewhere();
  EXPECT_FALSE(can_empty_log()) << "or the rest of this test says nothing";
  readers_.tidy_up();
  EXPECT_TRUE(can_empty_log());
}

TEST_F(OpenReads, EndAtOnceAfterAFailure) {
  {
    SqliteSnapshot snapshot(readers_.take(std::chrono::milliseconds{0}), kAtRest, start_);
    EXPECT_EQ(snapshot.find(kCount, {}, [](const Row& row) { return row.integer(0); }), 0);
    EXPECT_THROW(snapshot.find({"", "SELECT n FROM missing"}, {}, [](const Row&) { return 0; }), DatabaseError);
  }
  step_elsewhere();
  EXPECT_TRUE(can_empty_log());
  EXPECT_EQ(count_steps(kAtRest, microseconds{0}), 1);
}

// One connection, kept busy by somebody else's reads, so that a young one lies ready whenever a unit was written.
TEST(OpenReadsOfADatabase, HideNothingWhereReadsRaceAgainstWrites) {
  constexpr int kRounds = 300;
  TestDatabase made("sqlite");
  made.reopen_sqlite({.file = {}, .readers_max = 1});
  auto& database = made.database();
  database.write([](Transaction& tx) { tx.run(kTable, {}); });
  const auto count = [&] {
    return *database.snapshot()->find(kCount, {}, [](const Row& row) { return row.integer(0); });
  };
  std::jthread other([&](const std::stop_token& stop) {
    while (!stop.stop_requested()) count();
  });
  for (int round = 1; round <= kRounds; ++round) {
    database.write([](Transaction& tx) { tx.run(kStep, {}); });
    ASSERT_EQ(count(), round);
  }
}

}  // namespace
}  // namespace waymark::db::sqlite
