#include "features/cases/sharing/share_case.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <thread>

#include "features/cases/case_data.hpp"
#include "features/cases/connecting/disconnect_case.hpp"
#include "journal/audit.hpp"
#include "support/case_world.hpp"
#include "support/databases.hpp"

namespace waymark::cases {
namespace {

using testing::at_noon;
using testing::CaseWorld;
using testing::RecordsOf;

constexpr AccountId kAna{101}, kBen{102}, kHelper{103}, kStranger{104};
const std::string kReceipt = "NPT2690001234";

class ShareCase : public testing::CaseBed {
 protected:
  void SetUp() override {
    CaseBed::SetUp();
    if (IsSkipped()) return;
    sharing_ = std::make_unique<Sharing>(world().cases, [](db::Snapshot&, AccountId account) {
      const std::map<AccountId, std::string> addresses{{kAna, "ana@example.org"},
                                                       {kBen, "ben@example.org"},
                                                       {kHelper, "Helper@example.org"},
                                                       {kStranger, "stranger@example.org"}};
      return Person{*parse_email(addresses.at(account)), "en", "Somebody"};
    });
    for (const auto& answer : world().take_in(RecordsOf(kReceipt, "I-130")
                                                  .party("ana", Role::petitioner)
                                                  .party("ben", Role::beneficiary)
                                                  .stage("received", "2026-08-12")
                                                  .appointment("a-1", at_noon(2026, 12, 8)))) {
      ASSERT_EQ(answer.verdict, Verdict::went_in) << answer.field << " " << answer.reason;
    }
    const db::Query kConnect{"test.connect", "UPDATE parties SET account = $1 WHERE agency_party = $2"};
    database().write([&](db::Transaction& tx) {
      tx.run(kConnect, {kAna, "ana"});
      tx.run(kConnect, {kBen, "ben"});
    });
  }
  void TearDown() override {
    sharing_.reset();
    CaseBed::TearDown();
  }
  const Sharing& sharing() { return *sharing_; }
  Instant now() { return world().clock.now(); }
  Result<void> offer(bool may_act = false, std::string email = "helper@example.org", AccountId by = kAna,
                     std::string_view until = "2026-12-31") {
    return offer_help(*sharing_, by, kReceipt,
                      {.email = std::move(email), .may_act = may_act, .until = parse_iso_date(until)}, "");
  }
  HelpingId offered() {
    const auto index = sharing_->email_index(*parse_email("helper@example.org"));
    const auto offers = list_offers(*database().snapshot(), index, now());
    return offers.empty() ? HelpingId{0} : offers.front().id;
  }
  HelpingId help(bool may_act = false) {
    EXPECT_TRUE(offer(may_act));
    const auto id = offered();
    EXPECT_TRUE(accept_help(*sharing_, kHelper, id, ""));
    return id;
  }
  std::optional<VisibleCase> seen_by(AccountId account) {
    return find_visible_to(*database().snapshot(), account, kReceipt, now());
  }
  std::size_t count_listed(AccountId account) {
    return list_visible_to(*database().snapshot(), account, now()).cases.size();
  }

 private:
  std::unique_ptr<Sharing> sharing_;
};

TEST_P(ShareCase, GivesTheCaseToAHelperWhoTookItAndNobodysName) {
  ASSERT_TRUE(offer());
  EXPECT_FALSE(seen_by(kHelper)) << "an offer alone shows nothing";
  ASSERT_TRUE(accept_help(sharing(), kHelper, offered(), ""));
  const auto seen = seen_by(kHelper);
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->role, Role::helper);
  const auto picture = load_picture(*database().snapshot(), world().sealer, *seen);
  EXPECT_EQ(picture.parties.size(), 2U);
  for (const auto& party : picture.parties) {
    EXPECT_FALSE(party.name);
    EXPECT_FALSE(party.is_asker);
  }
  const auto listed = list_visible_to(*database().snapshot(), kHelper, now());
  EXPECT_EQ(listed.cases.size(), 1U);
  EXPECT_EQ(listed.coming.size(), 1U);
  EXPECT_FALSE(find_visible_to(*database().snapshot(), kHelper, kReceipt)) << "as a party";
  EXPECT_FALSE(seen_by(kStranger));
}

TEST_P(ShareCase, LetsEachRelationDoWhatItMayAndNoMore) {
  help(true);
  const auto acts_of = [&](AccountId account) {
    std::string acts;
    const auto seen = seen_by(account);
    for (const auto act : kActs) acts += seen && may_act(*seen, act) ? '1' : '0';
    return acts;
  };
  // write, share, leave, consent
  EXPECT_EQ(acts_of(kAna), "1111");
  EXPECT_EQ(acts_of(kBen), "0010");
  EXPECT_EQ(acts_of(kHelper), "1000");
  EXPECT_EQ(acts_of(kStranger), "0000");
  help(false);
  EXPECT_EQ(acts_of(kHelper), "0000") << "the new offer stands in the old one's place";
}

TEST_P(ShareCase, EndsOnItsDayAndAtOnceWhenEitherSays) {
  const auto by_party = help();
  ASSERT_TRUE(end_help(sharing(), kAna, kReceipt, by_party, ""));
  EXPECT_FALSE(seen_by(kHelper));
  EXPECT_EQ(count_listed(kHelper), 0U);
  const auto by_helper = help();
  ASSERT_TRUE(leave_help(sharing(), kHelper, by_helper, ""));
  EXPECT_FALSE(seen_by(kHelper));
  help();
  world().clock.move(at_noon(2026, 12, 31) - now());
  EXPECT_TRUE(seen_by(kHelper)) << "the last day counts";
  world().clock.move(std::chrono::hours{24});
  EXPECT_FALSE(seen_by(kHelper));
  EXPECT_EQ(count_listed(kHelper), 0U);
}

TEST_P(ShareCase, EndsWithThePartOfWhoGaveIt) {
  help();
  ASSERT_TRUE(disconnect_case(world().cases, kAna, kReceipt, ""));
  EXPECT_FALSE(seen_by(kHelper));
  const db::Query kBack{"test.back", "UPDATE parties SET account = $1 WHERE agency_party = 'ana'"};
  database().write([&](db::Transaction& tx) { tx.run(kBack, {kAna}); });
  EXPECT_FALSE(seen_by(kHelper)) << "and does not come back with it";
  help();
  const db::Query kAccount{"test.other_account", "UPDATE parties SET account = $1 WHERE agency_party = 'ana'"};
  database().write([&](db::Transaction& tx) { tx.run(kAccount, {kStranger}); });
  EXPECT_FALSE(seen_by(kHelper)) << "the part is somebody else's";
  database().write([&](db::Transaction& tx) { tx.run(kAccount, {kAna}); });
  EXPECT_TRUE(seen_by(kHelper));
  const db::Query kOther{"test.other_role", "UPDATE parties SET role = 'beneficiary' WHERE agency_party = 'ana'"};
  database().write([&](db::Transaction& tx) { tx.run(kOther, {}); });
  EXPECT_FALSE(seen_by(kHelper));
}

TEST_P(ShareCase, Incident_I40_IsTheSameNothingForOthersOffersAndForMissingOnes) {
  ASSERT_TRUE(offer());
  const auto id = offered();
  for (const auto account : {kAna, kBen, kStranger}) {
    const auto refused = accept_help(sharing(), account, id, "");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, FailureKind::not_found);
    EXPECT_FALSE(leave_help(sharing(), account, id, ""));
  }
  EXPECT_FALSE(accept_help(sharing(), kHelper, HelpingId{1}, ""));
  EXPECT_FALSE(end_help(sharing(), kBen, kReceipt, id, ""));
  EXPECT_FALSE(end_help(sharing(), kStranger, kReceipt, id, ""));
  EXPECT_TRUE(accept_help(sharing(), kHelper, id, "")) << "none of them used it up";
  for (const auto account : {kBen, kHelper, kStranger}) {
    const auto refused = offer(false, "other@example.org", account);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, FailureKind::not_found);
  }
}

TEST_P(ShareCase, SaysTheSameWhetherThereIsSuchAnAccountAndTellsNothingOfTheCase) {
  ASSERT_TRUE(offer(false, "helper@example.org"));
  ASSERT_TRUE(offer(false, "nobody@example.org"));
  const auto told = world().outbox.take_due(database(), 10, std::chrono::seconds{30});
  ASSERT_EQ(told.size(), 2U);
  for (const auto& item : told) {
    EXPECT_EQ(item.telling.kind, "cases.help_offered");
    EXPECT_FALSE(item.telling.account);
    EXPECT_TRUE(item.telling.arguments.empty());
  }
}

TEST_P(ShareCase, RefusesWhatIsNoAddressNoDayOrTooFar) {
  EXPECT_FALSE(offer(false, "not an address"));
  EXPECT_FALSE(offer(false, "Ana@example.org")) << "their own";
  EXPECT_FALSE(offer(false, "helper@example.org", kAna, "2026-11-22"));
  EXPECT_FALSE(offer(false, "helper@example.org", kAna, "2027-11-25"));
  EXPECT_FALSE(offer(false, "helper@example.org", kAna, "no day"));
  EXPECT_TRUE(offer(false, "helper@example.org", kAna, "2027-11-23"));
}

TEST_P(ShareCase, HasAtMostFiveAtOnce) {
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(offer(false, fmt::format("h{}@example.org", i)));
  EXPECT_FALSE(offer());
}

TEST_P(ShareCase, IsTakenByOneOfManyAtOnce) {
  ASSERT_TRUE(offer());
  const auto id = offered();
  std::atomic<int> taken{0};
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 16; ++i)
      threads.emplace_back([&] { taken += accept_help(sharing(), kHelper, id, "").has_value() ? 1 : 0; });
  }
  EXPECT_EQ(taken, 1);
}

TEST_P(ShareCase, WritesDownAHelpersLookOnceAnHour) {
  help();
  const auto looks = [&] { return list_helper_looks(*database().snapshot(), seen_by(kAna)->id, 10); };
  keep_helper_look(world().cases, *seen_by(kAna), now());
  EXPECT_TRUE(looks().empty());
  keep_helper_look(world().cases, *seen_by(kHelper), now());
  keep_helper_look(world().cases, *seen_by(kHelper), now());
  ASSERT_EQ(looks().size(), 1U);
  world().clock.move(std::chrono::hours{1});
  keep_helper_look(world().cases, *seen_by(kHelper), now());
  ASSERT_EQ(looks().size(), 2U);
  const auto look = looks().front();
  const auto address = [&](AccountId asker) {
    return shown_address(world().cases, asker, look.given_by, look.helping, look.sealed_email);
  };
  EXPECT_EQ(address(kAna), "helper@example.org");
  EXPECT_EQ(address(kBen), "");
}

TEST_P(ShareCase, KeepsAnothersCaseOutOfTheHelpersCopyAndForgetsWhoIsErased) {
  help();
  const CaseData data(world().cases);
  EXPECT_EQ(boost::json::serialize(data.collect(*database().snapshot(), kHelper, now()).front().content), "[]");
  keep_helper_look(world().cases, *seen_by(kHelper), now());
  database().write([&](db::Transaction& tx) { data.erase(tx, kHelper); });
  EXPECT_FALSE(seen_by(kHelper));
  const auto on_case = seen_by(kAna)->id;
  const auto rows = list_helpings(*database().snapshot(), on_case);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_TRUE(rows[0].sealed_email.empty());
  database().write([&](db::Transaction& tx) { data.erase(tx, kAna); });
  EXPECT_TRUE(list_helpings(*database().snapshot(), on_case).empty());
}

TEST_P(ShareCase, WritesEachChangeIntoTheAuditTrail) {
  const auto id = help(true);
  ASSERT_TRUE(end_help(sharing(), kAna, kReceipt, id, ""));
  const auto of_ana = journal::list_for_account(*database().snapshot(), kAna, 10);
  ASSERT_EQ(of_ana.size(), 2U);
  EXPECT_EQ(of_ana[0].event, "case.help_ended");
  EXPECT_EQ(of_ana[1].event, "case.help_offered");
  EXPECT_EQ(of_ana[1].detail, "look_and_act");
  const auto of_helper = journal::list_for_account(*database().snapshot(), kHelper, 10);
  ASSERT_EQ(of_helper.size(), 1U);
  EXPECT_EQ(of_helper[0].event, "case.help_accepted");
}

ON_BOTH_DATABASES(ShareCase);

}  // namespace
}  // namespace waymark::cases
