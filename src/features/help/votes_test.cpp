#include "features/help/votes.hpp"

#include <gmock/gmock.h>

#include "support/help_bed.hpp"
#include "support/signing_in.hpp"

namespace waymark::help {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

class VotesContract : public testing::HelpContract {
 protected:
  const Date day_ = *parse_iso_date("2026-11-23");
  std::vector<VoteSum> list(std::string_view from = "2026-01-01") {
    return list_votes(*database().snapshot(), *parse_iso_date(from));
  }
  web::Response vote(testing::PageBrowser& browser, const std::string& article, const std::string& useful) {
    return browser.submit("/help/" + article, "/help/" + article + "/useful", {{"useful", useful}});
  }
};
ON_BOTH_DATABASES(VotesContract);

TEST_P(VotesContract, AreGatheredAndAddedToTheirDay) {
  auto& votes = help().votes;
  votes.add("passkeys", "en", day_, true);
  votes.add("passkeys", "en", day_, true);
  votes.add("passkeys", "en", day_, false);
  votes.add("passkeys", "es", day_, true);
  EXPECT_THAT(list(), IsEmpty()) << "nothing is written before its time";
  help().write_votes();
  help().write_votes();
  votes.add("passkeys", "en", Date{to_days(day_) + std::chrono::days{1}}, false);
  help().write_votes();
  const auto sums = list();
  ASSERT_THAT(sums, SizeIs(2));
  EXPECT_EQ(sums[0].language, "en") << "the least useful first";
  EXPECT_EQ(sums[0].useful, 2);
  EXPECT_EQ(sums[0].not_useful, 2);
  EXPECT_EQ(sums[1].useful, 1);
  EXPECT_THAT(list("2026-11-24"), SizeIs(1));
}

TEST_P(VotesContract, LoseNothingWhenManyVoteAtOnce) {
  testing::in_threads(8, [&](int i) {
    for (int n = 0; n < 50; ++n) help().votes.add("passkeys", "en", day_, i % 2 == 0);
    help().write_votes();
  });
  help().write_votes();
  const auto sums = list();
  ASSERT_THAT(sums, SizeIs(1));
  EXPECT_EQ(sums[0].useful, 200);
  EXPECT_EQ(sums[0].not_useful, 200);
}

TEST_P(VotesContract, AreKeptWhenTheDatabaseFails) {
  struct Broken final : db::Database {
    void write_unit(const std::function<void(db::Transaction&)>&, db::Urgency) override {
      throw db::DatabaseBusy("away");
    }
    std::unique_ptr<db::Snapshot> snapshot() override { throw db::DatabaseBusy("away"); }
    bool reads_are_inline() const override { return true; }
    std::string_view kind() const override { return "sqlite"; }
    void ping() override {}
    void back_up_to(const std::string&) override {}
  } broken;
  help().votes.add("passkeys", "en", day_, true);
  EXPECT_THROW(help().votes.write_to(broken), db::DatabaseBusy);
  help().write_votes();
  ASSERT_THAT(list(), SizeIs(1));
}

TEST_P(VotesContract, ComeFromThePageAndThankForIt) {
  auto browser = this->browser();
  const auto answer = vote(browser, "passkeys", "no");
  EXPECT_EQ(answer.status, 303);
  EXPECT_EQ(testing::PageBrowser::location_of(answer), "/help/passkeys?useful=no");
  const auto page = browser.follow(answer);
  EXPECT_TRUE(shows(page, "Thank you."));
  EXPECT_TRUE(shows(page, "href=\"/help/ask\""));
  help().write_votes();
  ASSERT_THAT(list(), SizeIs(1));
  EXPECT_EQ(list()[0].not_useful, 1);
  EXPECT_EQ(vote(browser, "passkeys", "perhaps").status, 400);
  EXPECT_EQ(browser.submit("/help/passkeys", "/help/nothing/useful", {{"useful", "yes"}}).status, 404);
  EXPECT_EQ(browser.post("/help/passkeys/useful", "forged", {{"useful", "yes"}}).status, 403);
  help().write_votes();
  EXPECT_EQ(list()[0].not_useful + list()[0].useful, 1);
}

TEST_P(VotesContract, CountOnlySoManyOfOneNetwork) {
  auto browser = this->browser();
  for (int i = 0; i < kVotesOnArticle.tries_max; ++i) EXPECT_EQ(vote(browser, "passkeys", "yes").status, 303);
  EXPECT_EQ(vote(browser, "passkeys", "yes").status, 429);
  EXPECT_EQ(vote(browser, "backup-codes", "yes").status, 303);
  browser.peer = "198.51.100.7";
  EXPECT_EQ(vote(browser, "passkeys", "yes").status, 303);
}

TEST_P(VotesContract, AreShownToTheOfficeByArticle) {
  auto browser = this->browser();
  vote(browser, "passkeys", "yes");
  vote(browser, "backup-codes", "no");
  help().write_votes();
  for (const auto* role : {"administrator", "support", "auditor"}) {
    const auto page = officer(role).get("/office/help");
    EXPECT_EQ(page.status, 200) << role;
    EXPECT_LT(page.body.find(">Backup codes<"), page.body.find(">Passkeys<"));
  }
  for (const auto* role : {"case_officer", "identity_reviewer"})
    EXPECT_EQ(officer(role).get("/office/help").status, 403);
  EXPECT_THAT(bed().trail(), SizeIs(3));
}

}  // namespace
}  // namespace waymark::help
