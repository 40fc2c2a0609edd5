// The migrator, on each database, above what is shipped.
#include <gmock/gmock.h>

#include <thread>

#include "db/migrate.hpp"
#include "support/databases.hpp"

namespace waymark::db {
namespace {

class MigrateContract : public waymark::testing::DatabaseContract {
 protected:
  void SetUp() override {
    DatabaseContract::SetUp();
    if (IsSkipped()) return;
    known_ = shipped_migrations(GetParam());
  }
  void add(std::string sql) {
    const int number = known_.empty() ? 1 : known_.back().number + 1;
    known_.push_back({number, fmt::format("{:04}_test.sql", number), std::move(sql)});
  }
  std::vector<Migration> known_;
};
ON_BOTH_DATABASES(MigrateContract);

TEST_P(MigrateContract, HasNothingLeftToDoAfterTheShippedOnes) {
  EXPECT_FALSE(known_.empty());
  EXPECT_EQ(count_pending(database(), known_), 0);
  EXPECT_EQ(migrate(database(), known_), 0);
}

TEST_P(MigrateContract, AppliesWhatIsMissingOnce) {
  add("CREATE TABLE extra (id ID PRIMARY KEY, flag BOOL NOT NULL, body BYTES);\nCREATE INDEX extra_flag ON extra "
      "(flag);\n"
      "INSERT INTO extra (id, flag) VALUES (1, TRUE); -- done\n");
  EXPECT_EQ(count_pending(database(), known_), 1);
  EXPECT_EQ(migrate(database(), known_), 1);
  EXPECT_EQ(migrate(database(), known_), 0);
  EXPECT_TRUE(database().snapshot()->has({"test.flag", "SELECT 1 FROM extra WHERE flag = TRUE"}, {}));
}

TEST_P(MigrateContract, AppliesAllOfAMigrationOrNothing) {
  add("CREATE TABLE extra (id ID PRIMARY KEY);\nINSERT INTO nowhere (id) VALUES (1);\n");
  EXPECT_THROW(migrate(database(), known_), DatabaseError);
  EXPECT_EQ(count_pending(database(), known_), 1);
  known_.back().sql = "CREATE TABLE extra (id ID PRIMARY KEY);";
  EXPECT_EQ(migrate(database(), known_), 1);
}

TEST_P(MigrateContract, RefusesAMigrationThatWasChangedAfterwards) {
  known_.front().sql += " ";
  EXPECT_THROW(count_pending(database(), known_), DatabaseError);
  EXPECT_THROW(migrate(database(), known_), DatabaseError);
}

TEST_P(MigrateContract, RefusesADatabaseThatIsNewerThanTheProgram) {
  known_.pop_back();
  EXPECT_THROW(migrate(database(), known_), DatabaseError);
}

TEST_P(MigrateContract, AppliesEachOnceWhenTwoNodesStartTogether) {
  add("CREATE TABLE extra (id ID PRIMARY KEY);");
  add("CREATE TABLE more (id ID PRIMARY KEY);");
  std::atomic<int> applied{0};
  std::vector<std::thread> nodes;
  for (int i = 0; i < 4; ++i) nodes.emplace_back([&] { applied += migrate(database(), known_); });
  for (auto& node : nodes) node.join();
  EXPECT_EQ(applied, 2);
}

TEST_P(MigrateContract, ComparesTextByItsBytes) {
  add("CREATE TABLE word (id ID PRIMARY KEY, s TEXT NOT NULL);"
      "INSERT INTO word (id, s) VALUES (1, 'a'), (2, 'B'), (3, 'Z'), (4, '\xC3\xA9'), (5, 'z');");
  migrate(database(), known_);
  const auto words = database().snapshot()->list({"test.words", "SELECT s FROM word ORDER BY s"}, {},
                                                 [](const Row& row) { return std::string{row.text(0)}; });
  EXPECT_THAT(words, ::testing::ElementsAre("B", "Z", "a", "z", "\xC3\xA9"));
}

}  // namespace
}  // namespace waymark::db
