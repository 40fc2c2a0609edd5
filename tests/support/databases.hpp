// A fresh database for each test, on SQLite and on PostgreSQL: stores promise the same on both.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "db/database.hpp"
#include "db/open.hpp"
#include "platform/metrics.hpp"
#include "support/temporary_folder.hpp"

namespace waymark::testing {

// One database with every shipped migration applied, removed with its object.
class TestDatabase {
 public:
  // kind: "sqlite" or "postgres". Throws MissingPostgres where it can't be had.
  explicit TestDatabase(const std::string& kind);
  ~TestDatabase();
  TestDatabase(const TestDatabase&) = delete;
  TestDatabase& operator=(const TestDatabase&) = delete;

  db::Database& database() { return *database_; }
  Metrics& metrics() { return metrics_; }
  // Closes and opens it again, as a restart does.
  void reopen();
  // The same with other settings; kind's own fields only.
  void reopen_sqlite(db::SqliteOptions options);
  void reopen_postgres(db::PostgresOptions options);
  std::filesystem::path folder() const { return folder_.path(); }
  const std::string& address() const { return address_; }  // of PostgreSQL

 private:
  std::string kind_;
  TemporaryFolder folder_;
  std::string address_;
  std::string name_;
  Metrics metrics_;
  std::unique_ptr<db::Database> database_;
};

class MissingPostgres : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Fixture base: `class AccountStoreContract : public DatabaseContract {…}; TEST_P(AccountStoreContract, …)` and once a
// file `ON_BOTH_DATABASES(AccountStoreContract)`. Skips where PostgreSQL is missing, fails instead with
// WAYMARK_TEST_REQUIRE_ALL=1. A SetUp of your own begins with `DatabaseContract::SetUp(); if (IsSkipped()) return;`.
class DatabaseContract : public ::testing::TestWithParam<std::string> {
 protected:
  void SetUp() override;
  void TearDown() override { made_.reset(); }
  db::Database& database() { return made_->database(); }
  Metrics& metrics() { return made_->metrics(); }
  TestDatabase& made() { return *made_; }
  bool is_sqlite() const { return GetParam() == "sqlite"; }

 private:
  std::unique_ptr<TestDatabase> made_;
};

// Tests on each database in a world of their own, which is gone before the database is. What a test holds of it must be
// gone before: its TearDown lets it go, and then calls this one.
template <typename World>
class ContractWith : public DatabaseContract {
 protected:
  void SetUp() override {
    DatabaseContract::SetUp();
    if (!IsSkipped()) world_ = std::make_unique<World>(database());
  }
  void TearDown() override {
    world_.reset();
    DatabaseContract::TearDown();
  }
  World& world() { return *world_; }

 private:
  std::unique_ptr<World> world_;
};

// Runs one statement on PostgreSQL outside the code under test.
void run_on_postgres(const std::string& address, const std::string& sql);

}  // namespace waymark::testing

#define ON_BOTH_DATABASES(Suite)                                                 \
  INSTANTIATE_TEST_SUITE_P(Both, Suite, ::testing::Values("sqlite", "postgres"), \
                           [](const ::testing::TestParamInfo<std::string>& info) { return info.param; })
