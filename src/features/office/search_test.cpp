#include "features/office/search.hpp"

#include <gtest/gtest.h>

#include "features/cases/intake/intake.hpp"
#include "features/cases/working/case_looks.hpp"
#include "features/office/limits.hpp"
#include "support/case_world.hpp"
#include "support/databases.hpp"
#include "support/office_bed.hpp"

namespace waymark::office {
namespace {

using testing::OfficeBed;

const web::OfficeSeat kMaya{OfficerId{7}, web::OfficeRole::case_officer, "Maya", "Northport field office"};
const web::OfficeSeat kTomas{OfficerId{8}, web::OfficeRole::support, "Tomas", "Northport field office"};

constexpr db::Query kEntries{"test.person_search", "SELECT COUNT(*) FROM person_search WHERE kind = $1"};

class SearchContract : public testing::DatabaseContract {
 protected:
  void SetUp() override {
    DatabaseContract::SetUp();
    if (IsSkipped()) return;
    bed_ = std::make_unique<OfficeBed>(database());
    bed_->add_officer(kMaya);
    bed_->add_officer(kTomas);
    take_in("NPT2690000001", "María José", "Núñez Ortega", "1984-03-27", "maria@example.org");
    take_in("NPT2690000002", "Maria", "Ortega", "1991-07-01", "");
    take_in("NPT2690000003", "John", "O’Neill-Smith", "1984-03-27", "");
  }
  void TearDown() override {
    bed_.reset();
    DatabaseContract::TearDown();
  }
  Office& office() { return bed_->office; }
  void take_in(const std::string& number, std::string given, std::string family, std::string born, std::string email) {
    auto records = testing::RecordsOf(number).party("p", cases::Role::applicant, born).records();
    auto& party = std::get<cases::PartyContent>(records[1].content);
    party.given_name = std::move(given);
    party.family_name = std::move(family);
    party.email = std::move(email);
    for (auto& record : records) record.id = bed_->ids.next_value();
    cases::Intake intake(bed_->cases);
    database().write([&](db::Transaction& tx) {
      intake.begin(bed_->clock.now());
      for (const auto& record : records) ASSERT_EQ(intake.take_in(tx, record).verdict, cases::Verdict::went_in);
      intake.write_back(tx);
    });
  }
  static AskedSearch asked(AskedSearch search) {
    search.reason = "answering_person";
    return search;
  }
  // The receipt numbers' last digits, or the refusal.
  std::string found(AskedSearch search) {
    const auto id = ask_search(office(), kMaya, asked(std::move(search)));
    if (!id) return id.error().fields.empty() ? id.error().message.key : id.error().fields.front().field;
    const auto kept = find_search(office(), *database().snapshot(), kMaya.officer, *id);
    std::string all;
    for (const auto& line : run_search(office(), *database().snapshot(), *kept).cases)
      all += line.visible.receipt_number.back();
    std::ranges::sort(all);
    return all;
  }

  std::unique_ptr<OfficeBed> bed_;
};

TEST_P(SearchContract, FindsByTwoThingsAndNeverByOne) {
  EXPECT_EQ(found({.name = "Maria", .second_name = "Ortega"}), "12");
  EXPECT_EQ(found({.name = "maria nunez"}), "1");
  EXPECT_EQ(found({.name = "ORTEGA", .birth_day = "27", .birth_month = "3", .birth_year = "1984"}), "1");
  EXPECT_EQ(found({.name = "Smith", .second_name = "O'Neill"}), "3");
  EXPECT_EQ(found({.name = "Maria Jose", .second_name = "Ortega Nunez"}), "1");
  EXPECT_EQ(found({.name = "Maria Smith"}), "");
  EXPECT_EQ(found({.name = "Ortega", .birth_day = "28", .birth_month = "3", .birth_year = "1984"}), "");
  EXPECT_EQ(found({.name = "Ortega"}), "name");
  EXPECT_EQ(found({.birth_day = "27", .birth_month = "3", .birth_year = "1984"}), "name");
  EXPECT_EQ(found({}), "name");
  EXPECT_EQ(found({.name = "Ort", .second_name = "Mar"}), "") << "no prefixes";
}

TEST_P(SearchContract, FindsByReceiptNumberAndByAddress) {
  EXPECT_EQ(found({.receipt_number = "npt 269-000-0002"}), "2");
  EXPECT_EQ(found({.receipt_number = "NPT2690000009"}), "");
  EXPECT_EQ(found({.receipt_number = "NPT1"}), "receipt_number");
  EXPECT_EQ(found({.email = "Maria@Example.org"}), "1");
  EXPECT_EQ(found({.email = "maria"}), "email");
}

TEST_P(SearchContract, WantsAReason) {
  AskedSearch search{.receipt_number = "NPT2690000002", .reason = "curiosity"};
  EXPECT_EQ(ask_search(office(), kMaya, search).error().fields.front().field, "reason");
}

TEST_P(SearchContract, BelongsToWhoAskedForAnHour) {
  const auto id = ask_search(office(), kMaya, asked({.receipt_number = "NPT2690000002"}));
  EXPECT_TRUE(find_search(office(), *database().snapshot(), kMaya.officer, *id).has_value());
  EXPECT_FALSE(find_search(office(), *database().snapshot(), kTomas.officer, *id).has_value());
  bed_->clock.move(kSearchHolds);
  EXPECT_FALSE(find_search(office(), *database().snapshot(), kMaya.officer, *id).has_value());
}

TEST_P(SearchContract, IsALookAtEachCaseThatComesOut) {
  const auto id = ask_search(office(), kMaya, asked({.name = "Maria", .second_name = "Ortega"}));
  const auto search = *find_search(office(), *database().snapshot(), kMaya.officer, *id);
  record_results(office(), kMaya, search, run_search(office(), *database().snapshot(), search));
  for (const auto* number : {"NPT2690000001", "NPT2690000002"}) {
    const auto on_case = cases::find_line(*database().snapshot(), number)->visible.id;
    const auto looks = cases::list_looks(*database().snapshot(), on_case, 10);
    ASSERT_EQ(looks.size(), 1U);
    EXPECT_EQ(looks[0].what, cases::kLookedAtResult);
    EXPECT_EQ(looks[0].reason, "answering_person");
  }
}

TEST_P(SearchContract, IsLimited) {
  for (int i = 0; i < kOfficeSearches.tries_max; ++i)
    ASSERT_TRUE(ask_search(office(), kMaya, asked({.receipt_number = "NPT2690000002"})).has_value());
  const auto refused = ask_search(office(), kMaya, asked({.receipt_number = "NPT2690000002"}));
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().kind, FailureKind::too_many);
  EXPECT_TRUE(ask_search(office(), kTomas, asked({.receipt_number = "NPT2690000002"})).has_value());
}

TEST_P(SearchContract, FindsAccountsAsTheyAreNowAndNoErasedOnes) {
  testing::SigningUp ana{*bed_};
  const auto account = ana.finish();
  const auto people = [&](AskedSearch search) {
    const auto id = ask_search(office(), kMaya, asked(std::move(search)));
    return run_search(office(), *database().snapshot(),
                      *find_search(office(), *database().snapshot(), kMaya.officer, *id))
        .people.size();
  };
  EXPECT_EQ(people({.name = "Ana", .second_name = "Morales"}), 1U);
  EXPECT_EQ(people({.email = "ana@example.org"}), 1U);
  database().write([&](db::Transaction& tx) { bed_->accounts.store.replace_name(tx, account, "Ana", "Quiroga"); });
  EXPECT_EQ(people({.name = "Ana", .second_name = "Morales"}), 0U);
  EXPECT_EQ(people({.name = "Ana", .second_name = "Quiroga"}), 1U);
  const auto now = bed_->clock.now();
  database().write([&](db::Transaction& tx) {
    bed_->accounts.store.close(tx, account, now);
    bed_->accounts.store.erase(tx, account, now, now);
  });
  const auto left = database().snapshot()->find(kEntries, {accounts::kSearchAccount},
                                                [](const db::Row& row) { return row.integer(0); });
  EXPECT_EQ(left, 0);
}

ON_BOTH_DATABASES(SearchContract);

}  // namespace
}  // namespace waymark::office
