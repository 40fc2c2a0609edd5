// The audit trail, on each database.
#include <gmock/gmock.h>

#include "journal/audit.hpp"
#include "support/databases.hpp"

namespace waymark::journal {
namespace {

constexpr Instant kStart{std::chrono::seconds{1'800'000'000}};

class AuditContract : public waymark::testing::DatabaseContract {};
ON_BOTH_DATABASES(AuditContract);

TEST_P(AuditContract, ListsAnAccountsNewestFirst) {
  database().write([](db::Transaction& tx) {
    record(tx, {.id = 1, .at = kStart, .event = "account.opened", .account = AccountId{5}});
    record(tx, {.id = 2, .at = kStart, .event = "session.started", .account = AccountId{5}, .detail = "backup_code"});
    record(tx, {.id = 3, .at = kStart, .event = "session.started", .account = AccountId{6}});
    record(tx, {.id = 4,
                .at = kStart + std::chrono::seconds{1},
                .event = "case.connected",
                .account = AccountId{5},
                .on_case = CaseId{9},
                .actor = "operator",
                .network = "00ff"});
  });
  const auto rows = list_for_account(*database().snapshot(), AccountId{5}, 2);
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].event, "case.connected");
  EXPECT_EQ(rows[0].actor, "operator");
  EXPECT_EQ(rows[0].at, kStart + std::chrono::seconds{1});
  EXPECT_EQ(rows[1].event, "session.started");
  EXPECT_EQ(rows[1].detail, "backup_code");
  EXPECT_EQ(rows[1].actor, "person");
}

TEST_P(AuditContract, RecordsNothingOfAUnitThatWasRolledBack) {
  EXPECT_THROW(database().write([](db::Transaction& tx) {
    record(tx, {.id = 1, .at = kStart, .event = "account.opened", .account = AccountId{5}});
    throw std::runtime_error("refused");
  }),
               std::runtime_error);
  EXPECT_TRUE(list_for_account(*database().snapshot(), AccountId{5}, 10).empty());
}

}  // namespace
}  // namespace waymark::journal
