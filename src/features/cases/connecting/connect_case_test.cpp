#include "features/cases/connecting/connect_case.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "features/cases/case_access.hpp"
#include "features/cases/connecting/disconnect_case.hpp"
#include "features/cases/limits.hpp"
#include "journal/audit.hpp"
#include "support/case_world.hpp"
#include "support/databases.hpp"

namespace waymark::cases {
namespace {

using testing::at_noon;
using testing::CaseWorld;
using testing::RecordsOf;

constexpr AccountId kAna{101}, kStranger{102};
const std::string kReceipt = "NPT2690001234";
const std::string kCode = "K7QF9ZTM4WXCP";

class ConnectCase : public testing::CaseBed {
 protected:
  void SetUp() override {
    CaseBed::SetUp();
    if (IsSkipped()) return;
    world().take_in(RecordsOf(kReceipt)
                        .party("ana", Role::applicant)
                        .code("ana", kCode)
                        .organisation("law", Role::representative, "NR-447 1902")
                        .code("law", "7777777777777")
                        .stage("received", "2026-08-12"));
  }
  Result<ConnectedCase> connect(AccountId account, std::string code = kCode, std::string birth_date = "1990-04-12",
                                std::string receipt_number = kReceipt) {
    return connect_case(world().cases, account,
                        {.receipt_number = std::move(receipt_number),
                         .access_code = std::move(code),
                         .proof_kind = ProofKind::birth_date,
                         .proof = std::move(birth_date)},
                        "");
  }
  bool sees(AccountId account) { return find_visible_to(*database().snapshot(), account, kReceipt).has_value(); }
};

// Everything that a person could tell two refusals apart by.
std::string seen_of(const Failure& failure) {
  std::string seen =
      fmt::format("{} {} {}", static_cast<int>(failure.kind), failure.message.key, failure.message.arguments.size());
  for (const auto& field : failure.fields) seen += " " + field.field + "=" + field.message.key;
  return seen;
}

TEST_P(ConnectCase, MakesTheAccountThatPartyInItsRole) {
  EXPECT_FALSE(sees(kAna));
  const auto connected = connect(kAna, "k7qf-9ztm-4wxcp", "1990-04-12", " npt 2690001234");
  ASSERT_TRUE(connected);
  EXPECT_EQ(connected->receipt_number, kReceipt);
  EXPECT_EQ(connected->role, Role::applicant);
  EXPECT_TRUE(sees(kAna));
  EXPECT_FALSE(sees(kStranger));
}

TEST_P(ConnectCase, TellsTheAccountAndTheAuditTrail) {
  ASSERT_TRUE(connect(kAna));
  const auto told = world().outbox.take_due(database(), 10, std::chrono::seconds{30});
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].telling.kind, "cases.connected");
  EXPECT_EQ(told[0].telling.account, kAna);
  // Mails name no more than the end of a receipt number (I13).
  EXPECT_EQ(told[0].telling.arguments[0].second, "1234");
  const auto audit = journal::list_for_account(*database().snapshot(), kAna, 10);
  ASSERT_EQ(audit.size(), 1U);
  EXPECT_EQ(audit[0].event, "case.connected");
  EXPECT_EQ(audit[0].detail, "applicant");
}

TEST_P(ConnectCase, ProvesARegistrationNumberInsteadOfABirthDateForOrganisations) {
  const auto connected = connect_case(world().cases, kAna,
                                      {.receipt_number = kReceipt,
                                       .access_code = "7777777777777",
                                       .proof_kind = ProofKind::registration_number,
                                       .proof = "nr 4471902"},
                                      "");
  ASSERT_TRUE(connected);
  EXPECT_EQ(connected->role, Role::representative);
}

TEST_P(ConnectCase, RefusesEverythingThatIsWrongAlike) {
  const auto used = [&] {
    EXPECT_TRUE(connect(kAna));
    return connect(kStranger);
  };
  // Each with an account of its own, so that no limit comes in between.
  std::vector<Result<ConnectedCase>> refusals;
  refusals.push_back(connect(AccountId{1}, "0000000000000"));
  refusals.push_back(connect(AccountId{2}, kCode, "1990-04-13"));
  refusals.push_back(connect(AccountId{3}, kCode, "1990-04-12", "NPT2690009999"));
  refusals.push_back(connect(AccountId{4}, "7777777777777"));
  refusals.push_back(used());
  for (const auto& refusal : refusals) {
    ASSERT_FALSE(refusal);
    EXPECT_EQ(seen_of(refusal.error()), "0 cases.error.not_connected 0");
  }
}

TEST_P(ConnectCase, IsRefusedAfterTheCodeExpired) {
  world().clock.move(kAccessCodeValidDays - std::chrono::days{3});
  EXPECT_FALSE(connect(kAna));
  EXPECT_FALSE(sees(kAna));
}

TEST_P(ConnectCase, IsRefusedAfterTheAgencyWithdrewTheCode) {
  auto records = RecordsOf(kReceipt).party("ana", Role::applicant).records();
  AgencyRecord withdrawal{.name = "w-1",
                          .receipt_number = kReceipt,
                          .sequence = 7,
                          .content_hash = "w",
                          .content = AccessCodeContent{.agency_code = kReceipt + kCode, .agency_party = "ana"}};
  EXPECT_EQ(world().take_in({withdrawal})[0].verdict, Verdict::went_in);
  EXPECT_FALSE(connect(kAna));
}

TEST_P(ConnectCase, NamesTheFieldThatCantBeWhatItShould) {
  const auto refusal = connect(kAna, "short", "", "NPT1");
  ASSERT_FALSE(refusal);
  EXPECT_EQ(seen_of(refusal.error()),
            "0 web.error.check_answers 0 receipt_number=cases.error.receipt_number "
            "access_code=cases.error.access_code date_of_birth=cases.error.date_of_birth");
}

TEST_P(ConnectCase, StopsAnAccountAfterFiveWrongTriesForSixHours) {
  for (int attempt = 0; attempt < 5; ++attempt) {
    EXPECT_EQ(connect(kAna, "0000000000000").error().kind, FailureKind::bad_input);
  }
  const auto stopped = connect(kAna);
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().kind, FailureKind::too_many);
  EXPECT_TRUE(stopped.error().retry_after);
  EXPECT_FALSE(sees(kAna));
  world().clock.move(std::chrono::hours{6} + std::chrono::seconds{1});
  EXPECT_TRUE(connect(kAna));
}

TEST_P(ConnectCase, SlowsAReceiptNumberThatManyTriedButTakesTheRightCode) {
  for (int account = 0; account < 20; ++account) {
    EXPECT_FALSE(connect(AccountId{1000 + account}, "0000000000000"));
  }
  EXPECT_TRUE(world().pauses.empty());
  EXPECT_TRUE(connect(kAna));
  ASSERT_EQ(world().pauses.size(), 1U);
  EXPECT_EQ(world().pauses[0], std::chrono::milliseconds(kSlowAnswer));
}

TEST_P(ConnectCase, SaysSoWhenTheAccountHasTheCaseAlready) {
  ASSERT_TRUE(connect(kAna));
  const auto again = connect(kAna, "0000000000000");
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().kind, FailureKind::conflict);
}

TEST_P(ConnectCase, LetsOneOfSixtyFourRacersWin) {
  // The throttle gives each account its own places; what races is the code.
  std::atomic<int> won{0}, lost{0};
  {
    std::vector<std::jthread> racers;
    for (int racer = 0; racer < 64; ++racer) {
      racers.emplace_back([&, racer] {
        for (;;) {
          try {
            ++(connect(AccountId{2000 + racer}) ? won : lost);
            return;
          } catch (const db::DatabaseBusy&) {
            // Sixteen connections for sixty-four: a wait that ran out proves nothing.
          }
        }
      });
    }
  }
  EXPECT_EQ(won, 1);
  EXPECT_EQ(lost, 63);
  int seers = 0;
  for (int racer = 0; racer < 64; ++racer) seers += sees(AccountId{2000 + racer}) ? 1 : 0;
  EXPECT_EQ(seers, 1);
}

TEST_P(ConnectCase, IsUndoneByDisconnectingAndTheUsedCodeStaysUsed) {
  ASSERT_TRUE(connect(kAna));
  EXPECT_FALSE(disconnect_case(world().cases, kStranger, kReceipt, ""));
  EXPECT_TRUE(disconnect_case(world().cases, kAna, kReceipt, ""));
  EXPECT_FALSE(sees(kAna));
  EXPECT_FALSE(disconnect_case(world().cases, kAna, kReceipt, ""));
  EXPECT_FALSE(connect(kAna));
  const auto audit = journal::list_for_account(*database().snapshot(), kAna, 10);
  EXPECT_TRUE(std::ranges::any_of(audit, [](const auto& row) { return row.event == "case.disconnected"; }));
}

TEST_P(ConnectCase, EndsTheOtherCodesOfTheParty) {
  AgencyRecord second{.name = "s-1",
                      .receipt_number = kReceipt,
                      .sequence = 7,
                      .content_hash = "s",
                      .content = AccessCodeContent{.agency_code = "second",
                                                   .agency_party = "ana",
                                                   .code = "5555555555555",
                                                   .issued_at = at_noon(2026, 11, 20),
                                                   .expires_at = at_noon(2027, 2, 1)}};
  ASSERT_EQ(world().take_in({second})[0].verdict, Verdict::went_in);
  ASSERT_TRUE(connect(kAna, "5555555555555"));
  ASSERT_TRUE(disconnect_case(world().cases, kAna, kReceipt, ""));
  EXPECT_FALSE(connect(kStranger, kCode));
}

TEST_P(ConnectCase, GivesNoSightToAPartyThatLeft) {
  ASSERT_TRUE(connect(kAna));
  PartyContent left{.agency_party = "ana",
                    .role = Role::applicant,
                    .family_name = "Reyes",
                    .proof = "1990-04-12",
                    .language = "en",
                    .is_present = false};
  ASSERT_EQ(
      world()
          .take_in(
              {{.name = "l-1", .receipt_number = kReceipt, .sequence = 7, .content_hash = "l", .content = left}})[0]
          .verdict,
      Verdict::went_in);
  EXPECT_FALSE(sees(kAna));
}

ON_BOTH_DATABASES(ConnectCase);

}  // namespace
}  // namespace waymark::cases
