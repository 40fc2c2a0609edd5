#include "features/cases/intake/invite_party.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "support/case_world.hpp"
#include "support/databases.hpp"

namespace waymark::cases {
namespace {

using testing::CaseWorld;
using testing::RecordsOf;

const std::string kReceipt = "NPT2690001234", kOther = "NPT2690001242";
constexpr AccountId kAna{101};

class InviteParty : public testing::CaseBed {
 protected:
  // The case's record and its party's, `sequence` and all, the address put in.
  static std::vector<AgencyRecord> records(const std::string& receipt, const std::string& email,
                                           bool is_present = true) {
    auto all = RecordsOf(receipt).party("ana", Role::applicant).records();
    auto& party = std::get<PartyContent>(all.back().content);
    party.email = email;
    party.is_present = is_present;
    return all;
  }
  // The party once more, as the case's record number `sequence`.
  void take_in_again(const std::string& receipt, const std::string& email, std::int64_t sequence) {
    auto record = records(receipt, email).back();
    record.sequence = sequence;
    record.name += fmt::format("-{}", sequence);
    for (const auto& answer : world().take_in({record})) ASSERT_EQ(answer.verdict, Verdict::went_in);
  }
  void take_in(const std::string& receipt, const std::string& email, bool is_present = true) {
    for (const auto& answer : world().take_in(records(receipt, email, is_present)))
      ASSERT_EQ(answer.verdict, Verdict::went_in) << answer.field << " " << answer.reason;
  }
  // The addresses that were told since the last call, once it is time.
  std::vector<std::string> invited() {
    world().clock.move(std::chrono::minutes{11});
    const auto mailed = send_invitations(world().cases);
    EXPECT_EQ(send_invitations(world().cases), 0);
    std::vector<std::string> all;
    for (const auto& item : world().outbox.take_due(database(), 100, std::chrono::seconds{30})) {
      EXPECT_EQ(item.telling.kind, "cases.invited");
      EXPECT_TRUE(item.telling.arguments.empty()) << "the mail says nothing of the case";
      EXPECT_FALSE(item.telling.account);
      all.push_back(item.telling.email);
      world().outbox.mark_delivered(database(), item.telling.id);
    }
    EXPECT_EQ(all.size(), static_cast<std::size_t>(mailed));
    return all;
  }
  using Addresses = std::vector<std::string>;
};

TEST_P(InviteParty, MailsOnceForAPartyAndAnAddress) {
  take_in(kReceipt, "ana@example.org");
  EXPECT_EQ(invited(), Addresses{"ana@example.org"});
  world().clock.move(std::chrono::hours{48});
  take_in_again(kReceipt, "ana@example.org", 3);
  take_in_again(kReceipt, "Ana@example.org", 4);
  EXPECT_EQ(invited(), Addresses{});
  take_in_again(kReceipt, "ana.new@example.org", 5);
  EXPECT_EQ(invited(), Addresses{"ana.new@example.org"});
}

TEST_P(InviteParty, MailsAnAddressOnceADayHoweverManyCasesNameIt) {
  take_in(kReceipt, "ana@example.org");
  take_in(kOther, "ana@example.org");
  EXPECT_EQ(invited().size(), 1U);
  world().clock.move(std::chrono::hours{25});
  take_in("NPT2690001250", "ana@example.org");
  EXPECT_EQ(invited().size(), 1U);
}

TEST_P(InviteParty, MailsNobodyWhoIsConnectedOrLeftOrNamesNoAddress) {
  take_in(kReceipt, "");
  take_in(kOther, "ana@example.org", false);
  take_in("NPT2690001250", "not an address");
  EXPECT_EQ(invited(), Addresses{});
  database().write([&](db::Transaction& tx) {
    const db::Query one{
        "test.connect_one",
        "UPDATE parties SET account = $1 WHERE case_id = (SELECT id FROM cases WHERE receipt_number = $2)"};
    tx.run(one, {kAna, kReceipt});
  });
  take_in_again(kReceipt, "ana@example.org", 3);
  EXPECT_EQ(invited(), Addresses{});
}

TEST_P(InviteParty, WaitsForWhatComesWithTheParty) {
  take_in(kReceipt, "ana@example.org");
  world().clock.move(std::chrono::minutes{9});
  EXPECT_EQ(send_invitations(world().cases), 0);
  take_in_again(kReceipt, "ana.new@example.org", 3);
  EXPECT_EQ(invited(), Addresses{"ana.new@example.org"}) << "the address of now alone";
}

TEST_P(InviteParty, MailsOnceFromManyNodesAtOnce) {
  take_in(kReceipt, "ana@example.org");
  take_in(kOther, "ben@example.org");
  world().clock.move(std::chrono::minutes{11});
  std::atomic<int> mailed{0};
  {
    std::vector<std::jthread> nodes;
    for (int i = 0; i < 8; ++i) nodes.emplace_back([&] { mailed += send_invitations(world().cases); });
  }
  EXPECT_EQ(mailed, 2);
}

// The whole history of an old case comes at once; the party's record stands near its beginning.
TEST_P(InviteParty, MailsNobodyForACaseThatIsOver) {
  auto all = records(kReceipt, "ana@example.org");
  EventContent closed{.kind = EventKind::closed, .occurred_on = *parse_iso_date("2026-08-20")};
  closed.outcome = catalogue::Outcome::approved;
  auto last = RecordsOf(kReceipt).party("ana", Role::applicant).event(closed).records().back();
  all.push_back(last);
  for (const auto& answer : world().take_in(all)) ASSERT_EQ(answer.verdict, Verdict::went_in) << answer.reason;
  EXPECT_EQ(invited(), Addresses{});
}

TEST_P(InviteParty, KeepsTheAddressAsAKeyedHash) {
  take_in(kReceipt, "ana@example.org");
  const db::Query kAll{"test.invitations", "SELECT email_index FROM party_invitations"};
  int rows = 0;
  database().snapshot()->each(kAll, {}, [&](const db::Row& row) {
    ++rows;
    EXPECT_EQ(row.bytes(0).size(), 32U);
    EXPECT_EQ(row.bytes(0).find("ana"), std::string_view::npos);
  });
  EXPECT_EQ(rows, 1);
}

ON_BOTH_DATABASES(InviteParty);

}  // namespace
}  // namespace waymark::cases
