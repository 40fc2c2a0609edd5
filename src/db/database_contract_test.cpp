// What every database promises, on each of them.
#include <gmock/gmock.h>

#include <thread>

#include "support/databases.hpp"

namespace waymark::db {
namespace {

using ::testing::HasSubstr;

constexpr Query kMake{"",
                      "CREATE TABLE thing (id BIGINT PRIMARY KEY, name TEXT UNIQUE, n BIGINT NOT NULL DEFAULT 0, "
                      "used_at BIGINT, CHECK (n >= 0))"};
constexpr Query kMakePart{"", "CREATE TABLE part (id BIGINT PRIMARY KEY, thing BIGINT NOT NULL REFERENCES thing (id))"};
constexpr Query kInsert{"test.insert", "INSERT INTO thing (id, name) VALUES ($1, $2)"};
constexpr Query kCount{"test.count", "SELECT count(*) FROM thing"};
constexpr Query kIncrement{"test.increment", "UPDATE thing SET n = n + 1 WHERE id = $1"};
constexpr Query kNumber{"test.number", "SELECT n FROM thing WHERE id = $1"};

struct Refused {};

class DatabaseContractTest : public waymark::testing::DatabaseContract {
 protected:
  void SetUp() override {
    DatabaseContract::SetUp();
    if (IsSkipped()) return;
    database().write([](Transaction& tx) {
      tx.run(kMake, {});
      tx.run(kMakePart, {});
    });
  }
  void insert(std::int64_t id, std::string_view name) {
    database().write([&](Transaction& tx) { tx.run(kInsert, {id, name}); });
  }
  std::int64_t count() {
    return *database().snapshot()->find(kCount, {}, [](const Row& row) { return row.integer(0); });
  }
};
ON_BOTH_DATABASES(DatabaseContractTest);

TEST_P(DatabaseContractTest, KeepsWhatAUnitWrote) {
  insert(1, "one");
  made().reopen();
  EXPECT_EQ(count(), 1);
}

TEST_P(DatabaseContractTest, RollsBackAUnitThatThrowsAndHandsTheExceptionOn) {
  EXPECT_THROW(database().write([](Transaction& tx) {
    tx.run(kInsert, {1, "one"});
    throw Refused{};
  }),
               Refused);
  EXPECT_EQ(count(), 0);
  insert(2, "two");
  EXPECT_EQ(count(), 1);
}

TEST_P(DatabaseContractTest, ReturnsTheUnitsValueAndTheRowsChanged) {
  insert(1, "one");
  insert(2, "two");
  EXPECT_EQ(database().write([](Transaction& tx) { return tx.run({"test.all", "UPDATE thing SET n = 5"}, {}); }), 2);
  EXPECT_EQ(database().write([](Transaction& tx) { return tx.run(kIncrement, {99}); }), 0);
  EXPECT_EQ(database().write([](Transaction& tx) { return tx.run({"test.none", "SELECT n FROM thing"}, {}); }), 0);
}

TEST_P(DatabaseContractTest, SeesItsOwnWritesInsideAUnit) {
  const auto seen = database().write([](Transaction& tx) {
    tx.run(kInsert, {1, "one"});
    return *tx.find(kCount, {}, [](const Row& row) { return row.integer(0); });
  });
  EXPECT_EQ(seen, 1);
}

TEST_P(DatabaseContractTest, GivesRowsBackFromReturning) {
  const auto names = database().write([](Transaction& tx) {
    return tx.list({"test.returning", "INSERT INTO thing (id, name) VALUES (1, $1), (2, $2) RETURNING name"},
                   {"b", "a"}, [](const Row& row) { return std::string{row.text(0)}; });
  });
  EXPECT_THAT(names, ::testing::ElementsAre("b", "a"));
}

TEST_P(DatabaseContractTest, NamesTheUniqueConstraintThatRefused) {
  insert(1, "one");
  try {
    insert(2, "one");
    FAIL();
  } catch (const ConstraintViolation& violation) {
    EXPECT_EQ(violation.constraint, is_sqlite() ? "thing.name" : "thing_name_key");
    EXPECT_THAT(violation.what(), HasSubstr("test.insert"));
  }
  EXPECT_EQ(count(), 1);
}

TEST_P(DatabaseContractTest, RefusesBrokenForeignKeysAndChecks) {
  EXPECT_THROW(database().write(
                   [](Transaction& tx) { tx.run({"test.orphan", "INSERT INTO part (id, thing) VALUES (1, 7)"}, {}); }),
               ConstraintViolation);
  EXPECT_THROW(
      database().write([](Transaction& tx) { tx.run({"test.check", "INSERT INTO thing (id, n) VALUES (1, -1)"}, {}); }),
      ConstraintViolation);
}

TEST_P(DatabaseContractTest, CommitsNothingOfAUnitThatGoesOnAfterAnError) {
  insert(1, "one");
  EXPECT_THROW(database().write([](Transaction& tx) {
    try {
      tx.run(kInsert, {2, "one"});
    } catch (const ConstraintViolation&) {
    }
    tx.run(kInsert, {3, "three"});
  }),
               DatabaseError);
  EXPECT_THROW(database().write([](Transaction& tx) {
    tx.run(kInsert, {4, "four"});
    try {
      tx.run(kInsert, {2, "one"});
    } catch (const ConstraintViolation&) {
    }
  }),
               DatabaseError);
  EXPECT_EQ(count(), 1);
}

TEST_P(DatabaseContractTest, CarriesEveryTypeThereAndBack) {
  const std::string bytes("\0\xff'\\x\n", 6);
  const auto table = is_sqlite() ? "CREATE TABLE every (i INTEGER, b INTEGER, t TEXT, y BLOB) STRICT"
                                 : "CREATE TABLE every (i BIGINT, b BOOLEAN, t TEXT, y BYTEA)";
  database().write([&](Transaction& tx) {
    tx.run({"", table}, {});
    tx.run({"test.every", "INSERT INTO every (y, t, b, i) VALUES ($4, $3, $2, $1)"},
           {std::int64_t{-9007199254740993}, true, "Ñandú \xF0\x9F\x8C\xB1", Bytes{bytes}});
    tx.run({"test.every", "INSERT INTO every (y, t, b, i) VALUES ($4, $3, $2, $1)"}, {0, false, "", Bytes{{}}});
    tx.run({"test.every", "INSERT INTO every (y, t, b, i) VALUES ($4, $3, $2, $1)"},
           {nullptr, nullptr, nullptr, nullptr});
  });
  int seen = 0;
  database().snapshot()->each({"test.read_every", "SELECT i, b, t, y FROM every ORDER BY i NULLS LAST"}, {},
                              [&](const Row& row) {
                                switch (seen++) {
                                  case 0:
                                    EXPECT_EQ(row.integer(0), -9007199254740993);
                                    EXPECT_TRUE(row.boolean(1));
                                    EXPECT_EQ(row.text(2), "Ñandú \xF0\x9F\x8C\xB1");
                                    EXPECT_EQ(row.bytes(3), bytes);
                                    break;
                                  case 1:
                                    EXPECT_EQ(row.integer(0), 0);
                                    EXPECT_FALSE(row.boolean(1));
                                    EXPECT_EQ(row.text(2), "");
                                    EXPECT_FALSE(row.is_null(2));
                                    EXPECT_EQ(row.bytes(3), "");
                                    EXPECT_FALSE(row.is_null(3));
                                    break;
                                  default:
                                    for (int column = 0; column < 4; ++column) EXPECT_TRUE(row.is_null(column));
                                    EXPECT_THROW(static_cast<void>(row.integer(0)), DatabaseError);
                                    EXPECT_THROW(static_cast<void>(row.text(2)), DatabaseError);
                                    EXPECT_EQ(row.maybe_text(2), std::nullopt);
                                }
                              });
  EXPECT_EQ(seen, 3);
}

TEST_P(DatabaseContractTest, RefusesToReadAColumnAsAnotherType) {
  insert(1, "one");
  const auto snapshot = database().snapshot();
  EXPECT_THROW(snapshot->each({"test.name", "SELECT name FROM thing"}, {},
                              [](const Row& row) { static_cast<void>(row.integer(0)); }),
               DatabaseError);
}

TEST_P(DatabaseContractTest, ReadsSumsAsWholeNumbers) {
  for (const std::int64_t n :
       {std::int64_t{0}, std::int64_t{9999}, std::int64_t{10000}, std::int64_t{1234567890123456}}) {
    const auto sum =
        database().snapshot()->find({"test.sum", "SELECT sum(v) FROM (SELECT CAST($1 AS BIGINT) AS v) AS s"}, {n},
                                    [](const Row& row) { return row.integer(0); });
    EXPECT_EQ(sum, n);
  }
  EXPECT_EQ(
      database().snapshot()->find({"test.negative", "SELECT sum(v) FROM (SELECT CAST(-120000 AS BIGINT) AS v) AS s"},
                                  {}, [](const Row& row) { return row.integer(0); }),
      -120000);
}

TEST_P(DatabaseContractTest, RefusesTextThatIsNotUtf8AndTheWrongNumberOfParameters) {
  EXPECT_THROW(insert(1, "a\xff"), DatabaseError);
  EXPECT_THROW(insert(1, std::string_view("a\0b", 3)), DatabaseError);
  EXPECT_THROW(database().write([](Transaction& tx) { tx.run(kInsert, {1}); }), DatabaseError);
  EXPECT_EQ(count(), 0);
}

TEST_P(DatabaseContractTest, NeverPutsAValueInAnErrorText) {
  insert(1, "secret-name");
  try {
    insert(2, "secret-name");
    FAIL();
  } catch (const DatabaseError& error) {
    EXPECT_THAT(error.what(), ::testing::Not(HasSubstr("secret")));
  }
  try {
    database().write([](Transaction& tx) {
      tx.run({"test.cast", "INSERT INTO thing (id, n) VALUES (1, CAST($1 AS BIGINT) / 0 - 99999999999)"},
             {"secret-name"});
    });
  } catch (const DatabaseError& error) {
    EXPECT_THAT(error.what(), ::testing::Not(HasSubstr("secret")));
  }
}

TEST_P(DatabaseContractTest, ShowsASnapshotOneMoment) {
  insert(1, "one");
  const auto snapshot = database().snapshot();
  const auto number = [&] { return *snapshot->find(kCount, {}, [](const Row& row) { return row.integer(0); }); };
  EXPECT_EQ(number(), 1);
  insert(2, "two");
  EXPECT_EQ(number(), 1);
  EXPECT_EQ(count(), 2);
}

TEST_P(DatabaseContractTest, RefusesToWriteInASnapshot) {
  const auto snapshot = database().snapshot();
  EXPECT_THROW(snapshot->each({"test.sneak", "INSERT INTO thing (id) VALUES (1)"}, {}, [](const Row&) {}),
               DatabaseError);
}

TEST_P(DatabaseContractTest, AnswersQueuedQueriesWhenDrained) {
  insert(1, "one");
  const auto snapshot = database().snapshot();
  std::vector<std::int64_t> seen;
  for (int i = 0; i < 200; ++i) {
    snapshot->queue(kNumber, {1}, [&, i](const Row& row) { seen.push_back(row.integer(0) + i); });
  }
  snapshot->drain();
  ASSERT_EQ(seen.size(), 200U);
  for (int i = 0; i < 200; ++i) EXPECT_EQ(seen[static_cast<std::size_t>(i)], i);
}

TEST_P(DatabaseContractTest, AnswersAQueryAskedFromInsideAnothersRows) {
  insert(1, "one");
  insert(2, "two");
  const auto snapshot = database().snapshot();
  int seen = 0;
  const Query ids{"test.ids", "SELECT id FROM thing ORDER BY id"};
  snapshot->each(ids, {}, [&](const Row& row) {
    const auto id = row.integer(0);
    snapshot->each(ids, {}, [&](const Row&) { ++seen; });
    EXPECT_EQ(row.integer(0), id);
  });
  EXPECT_EQ(seen, 4);
}

TEST_P(DatabaseContractTest, GoesOnAfterARowFunctionThrew) {
  insert(1, "one");
  const auto snapshot = database().snapshot();
  EXPECT_THROW(snapshot->each(kCount, {}, [](const Row&) { throw Refused{}; }), Refused);
  EXPECT_EQ(snapshot->find(kCount, {}, [](const Row& row) { return row.integer(0); }), 1);
}

TEST_P(DatabaseContractTest, LosesNoIncrementOfManyThreads) {
  insert(1, "one");
  std::vector<std::thread> threads;
  for (int i = 0; i < 64; ++i) {
    threads.emplace_back([&] {
      for (int j = 0; j < 5; ++j) database().write([](Transaction& tx) { tx.run(kIncrement, {1}); });
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(database().snapshot()->find(kNumber, {1}, [](const Row& row) { return row.integer(0); }), 64 * 5);
}

TEST_P(DatabaseContractTest, LetsOneOfManyThreadsUseAOneTimeThing) {
  insert(1, "one");
  std::atomic<int> winners{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 64; ++i) {
    threads.emplace_back([&, i] {
      const bool won = database().write([&](Transaction& tx) {
        return tx.has({"test.use", "UPDATE thing SET used_at = $2 WHERE id = $1 AND used_at IS NULL RETURNING id"},
                      {1, i});
      });
      if (won) ++winners;
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(winners, 1);
}

TEST_P(DatabaseContractTest, KeepsTheUnitsThatShareACommitApart) {
  std::atomic<int> refused{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 64; ++i) {
    threads.emplace_back([&, i] {
      try {
        database().write(
            [&](Transaction& tx) {
              tx.run(kInsert, {i + 1, fmt::format("name {}", i)});
              if (i % 2 == 1) throw Refused{};
            },
            i % 3 == 0 ? Urgency::bulk : Urgency::interactive);
      } catch (const Refused&) {
        ++refused;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(refused, 32);
  EXPECT_EQ(count(), 32);
}

TEST_P(DatabaseContractTest, IsBusyWhenEveryReaderIsTaken) {
  if (is_sqlite()) {
    made().reopen_sqlite({.file = {}, .readers_max = 1, .wait_max = std::chrono::milliseconds(50)});
  } else {
    made().reopen_postgres({.address = {}, .connections_max = 1, .wait_max = std::chrono::milliseconds(500)});
  }
  auto held = database().snapshot();
  EXPECT_THROW(database().snapshot(), DatabaseBusy);
  held.reset();
  EXPECT_EQ(count(), 0);
}

TEST_P(DatabaseContractTest, AnswersAPing) { EXPECT_NO_THROW(database().ping()); }

TEST_P(DatabaseContractTest, CountsAndTimesEachNamedQuery) {
  insert(1, "one");
  for (int i = 0; i < 100; ++i) count();
  made().reopen();
  EXPECT_THAT(metrics().to_prometheus(), HasSubstr("waymark_query_seconds_count{query=\"test.count\"} 100"));
}

}  // namespace
}  // namespace waymark::db
