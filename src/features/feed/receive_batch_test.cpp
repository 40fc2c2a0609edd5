#include "features/feed/receive_batch.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <thread>

#include "support/case_world.hpp"
#include "support/databases.hpp"
#include "support/temporary_folder.hpp"

namespace waymark::feed {
namespace {

using testing::CaseWorld;

template <typename T>
std::string said(const Result<T>& result) {
  if (result) return {};
  const auto& failure = result.error();
  return failure.fields.empty() ? failure.message.key : failure.fields.front().field;
}

class FeedDoorContract : public testing::CaseBed {
 protected:
  void SetUp() override {
    CaseBed::SetUp();
    if (IsSkipped()) return;
    door_ = std::make_unique<FeedDoor>(world().cases);
  }
  void TearDown() override {
    door_.reset();
    CaseBed::TearDown();
  }
  const cases::Cases& cases() { return world().cases; }
  IssuedKey issue(std::string prefixes = {}, int days = 365) {
    return issue_key(cases(), "operator", {.name = "Case system", .prefixes = std::move(prefixes), .days = days})
        .value();
  }
  std::optional<FeedKey> find(const std::string& secret, std::string_view scheme = "Bearer ") {
    return find_key(*database().snapshot(), std::string(scheme) + secret, world().clock.now());
  }
  FeedKey key(std::string prefixes = {}) { return find(issue(std::move(prefixes)).secret).value(); }
  static std::string case_line(const std::string& number, int sequence = 1) {
    return fmt::format(R"({{"record":"{0}-{1}","type":"case","case":"{0}","sequence":{1},"form":"I-765",)"
                       R"("filed_on":"2026-08-12"}})"
                       "\n",
                       number, sequence);
  }
  static std::string stage_line(const std::string& number, int sequence, std::string_view stage = "received") {
    return fmt::format(R"({{"record":"{0}-{1}","type":"event","case":"{0}","sequence":{1},"kind":"stage_entered",)"
                       R"("stage":"{2}","occurred_on":"2026-08-13"}})"
                       "\n",
                       number, sequence, stage);
  }
  std::filesystem::path file_of(std::string_view content) {
    const auto file = folder_.path() / fmt::format("batch-{}", ++files_);
    std::ofstream(file, std::ios::binary) << content;
    return file;
  }
  Result<BatchReport> send(const FeedKey& by, std::string_view name, std::string_view content) {
    return door_->receive(by, name, file_of(content));
  }

  std::unique_ptr<FeedDoor> door_;
  TemporaryFolder folder_;
  int files_ = 0;
};

TEST_P(FeedDoorContract, KnowsAKeyByItsSecretUntilItEnds) {
  const auto issued = issue("", 10);
  EXPECT_TRUE(issued.secret.starts_with("wmk_"));
  EXPECT_EQ(issued.secret.size(), 47U);
  ASSERT_TRUE(find(issued.secret).has_value());
  EXPECT_TRUE(find(issued.secret, "bearer ").has_value());
  EXPECT_FALSE(find(issued.secret, "Basic  ").has_value());
  EXPECT_FALSE(find(issued.secret, "").has_value());
  auto other = issued.secret;
  other.back() = other.back() == 'A' ? 'B' : 'A';
  EXPECT_FALSE(find(other).has_value());
  world().clock.move(std::chrono::days{10});
  EXPECT_FALSE(find(issued.secret).has_value());
}

TEST_P(FeedDoorContract, KeepsOnlyAHashOfASecret) {
  const auto issued = issue();
  const db::Query all{"test.key_hashes", "SELECT key_hash FROM feed_keys"};
  database().snapshot()->each(all, {},
                              [&](const db::Row& row) { EXPECT_EQ(std::string(row.bytes(0)), sha256(issued.secret)); });
}

TEST_P(FeedDoorContract, RotatesAKeyWithADayForTheOldOne) {
  const auto old = issue("NPT269");
  const auto fresh = rotate_key(cases(), "operator", old.id);
  ASSERT_TRUE(fresh.has_value()) << said(fresh);
  EXPECT_EQ(find(fresh->secret)->prefixes, std::vector<std::string>{"NPT269"});
  world().clock.move(kKeyOverlap - std::chrono::seconds{1});
  EXPECT_TRUE(find(old.secret).has_value());
  world().clock.move(std::chrono::seconds{1});
  EXPECT_FALSE(find(old.secret).has_value());
  EXPECT_TRUE(find(fresh->secret).has_value());
  EXPECT_EQ(said(rotate_key(cases(), "operator", old.id)), "feed.error.no_key");
}

TEST_P(FeedDoorContract, EndsAKeyAtOnce) {
  const auto issued = issue();
  EXPECT_EQ(said(revoke_key(cases(), "operator", issued.id)), "");
  EXPECT_FALSE(find(issued.secret).has_value());
  EXPECT_EQ(said(revoke_key(cases(), "operator", issued.id)), "feed.error.no_key");
}

TEST_P(FeedDoorContract, WantsANameGoodPrefixesAndAYearAtMost) {
  EXPECT_EQ(said(issue_key(cases(), "operator", {.name = ""})), "name");
  EXPECT_EQ(said(issue_key(cases(), "operator", {.name = "A", .days = 366})), "days");
  EXPECT_EQ(said(issue_key(cases(), "operator", {.name = "A", .prefixes = "NP2"})), "prefixes");
  EXPECT_EQ(said(issue_key(cases(), "operator", {.name = "A", .prefixes = "NPT2690001234567"})), "prefixes");
  EXPECT_EQ(said(issue_key(cases(), "operator", {.name = "A", .prefixes = " npt269 , NPT27"})), "");
}

TEST_P(FeedDoorContract, TakesABatchInAndSaysWhatBecameOfIt) {
  const auto by = key();
  const auto report =
      send(by, "monday",
           case_line("NPT2690001234") + stage_line("NPT2690001234", 2) + stage_line("NPT2690001234", 4) + "nonsense\n");
  ASSERT_TRUE(report.has_value()) << said(report);
  EXPECT_TRUE(report->is_finished);
  EXPECT_EQ(report->lines, 4);
  EXPECT_EQ(report->went_in, 2);
  EXPECT_EQ(report->waiting, 1);
  EXPECT_EQ(report->refused, 1);
  ASSERT_EQ(report->refusals.size(), 1U);
  EXPECT_EQ(report->refusals[0].line, 4);
  EXPECT_EQ(report->refusals[0].reason, "not_json");
  EXPECT_EQ(door_->find_report(by.id, report->id)->went_in, 2);
  EXPECT_FALSE(door_->find_report(key().id, report->id).has_value()) << "another key's";
}

TEST_P(FeedDoorContract, Incident_I45_DoublesNothingThatIsSentAgain) {
  const auto by = key();
  const auto content = case_line("NPT2690001234") + stage_line("NPT2690001234", 2);
  const auto first = send(by, "monday", content);
  const auto again = send(by, "monday", content);
  EXPECT_EQ(again->id, first->id);
  EXPECT_EQ(again->went_in, 2);
  EXPECT_EQ(again->known, 0) << "the first report, given again";
  const auto renamed = send(by, "tuesday", content);
  EXPECT_EQ(renamed->went_in, 0);
  EXPECT_EQ(renamed->known, 2);
  EXPECT_EQ(said(send(by, "monday", content + stage_line("NPT2690001234", 3))), "feed.error.other_content");
}

TEST_P(FeedDoorContract, Incident_I42_LetsAKeyTouchOnlyItsOwnCases) {
  const auto other = key("NPT270");
  ASSERT_TRUE(send(key(), "theirs", case_line("NPT2690001234")).has_value());
  const auto report =
      send(other, "ours", stage_line("NPT2690001234", 2) + stage_line("NPT2690009999", 2) + case_line("NPT2700001234"));
  EXPECT_EQ(report->went_in, 1);
  EXPECT_EQ(report->waiting, 0);
  ASSERT_EQ(report->refusals.size(), 2U);
  for (const auto& refused : report->refusals) {
    EXPECT_EQ(refused.field, "case");
    EXPECT_EQ(refused.reason, "not_yours") << "the same whether there is such a case or not";
  }
}

TEST_P(FeedDoorContract, WantsANameForEachBatch) {
  const auto by = key();
  EXPECT_EQ(said(send(by, "", case_line("NPT2690001234"))), "feed.error.idempotency_key");
  EXPECT_EQ(said(send(by, "two words", case_line("NPT2690001234"))), "feed.error.idempotency_key");
  EXPECT_EQ(said(send(by, std::string(129, 'x'), case_line("NPT2690001234"))), "feed.error.idempotency_key");
}

TEST_P(FeedDoorContract, TakesOneBatchInOnceHoweverManySendItAtOnce) {
  const auto by = key();
  std::string content;
  for (int i = 0; i < 300; ++i) content += case_line(fmt::format("NPT269{:07}", i));
  std::vector<std::filesystem::path> files;
  for (int i = 0; i < 6; ++i) files.push_back(file_of(content));
  std::atomic<int> in{0}, busy{0};
  std::vector<std::thread> senders;
  for (const auto& file : files) {
    senders.emplace_back([&] {
      const auto report = door_->receive(by, "monday", file);
      if (report) {
        EXPECT_EQ(report->went_in, 300);
        ++in;
      } else {
        EXPECT_EQ(report.error().kind, FailureKind::too_many);
        ++busy;
      }
    });
  }
  for (auto& sender : senders) sender.join();
  EXPECT_GE(in, 1);
  EXPECT_EQ(in + busy, 6);
  EXPECT_EQ(send(by, "monday", content)->went_in, 300);
}

TEST_P(FeedDoorContract, StopsBetweenPiecesAndGoesOnWhenItIsSentAgain) {
  const auto by = key();
  std::string content;
  for (int i = 0; i < 5000; ++i) content += case_line(fmt::format("NPT269{:07}", i));
  door_->stop();
  const auto stopped = send(by, "monday", content);
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().kind, FailureKind::unavailable);
  EXPECT_TRUE(stopped.error().retry_after);
  const db::Query count{"test.count_cases", "SELECT COUNT(*) FROM cases"};
  const auto cases_in = [&] {
    return database().snapshot()->find(count, {}, [](const db::Row& row) { return row.integer(0); }).value();
  };
  EXPECT_GT(cases_in(), 0);
  EXPECT_LT(cases_in(), 5000);
  door_ = std::make_unique<FeedDoor>(world().cases);
  const auto report = send(by, "monday", content);
  ASSERT_TRUE(report);
  EXPECT_TRUE(report->is_finished);
  EXPECT_EQ(report->went_in, 5000);
  EXPECT_EQ(report->known, 0);
  EXPECT_EQ(cases_in(), 5000);
}

TEST_P(FeedDoorContract, ForgetsRefusalsAfterThirtyDays) {
  send(key(), "monday", "nonsense\n").value();
  EXPECT_EQ(list_refused(*database().snapshot(), "", 10).size(), 1U);
  EXPECT_EQ(list_refused(*database().snapshot(), "unknown_form", 10).size(), 0U);
  world().clock.move(kRefusedKept + std::chrono::milliseconds{1});
  door_->delete_old_refusals();
  EXPECT_TRUE(list_refused(*database().snapshot(), "", 10).empty());
}

ON_BOTH_DATABASES(FeedDoorContract);

}  // namespace
}  // namespace waymark::feed
