#include "features/cases/case_access.hpp"

#include <gtest/gtest.h>

#include "features/cases/case_data.hpp"
#include "support/case_world.hpp"
#include "support/databases.hpp"

namespace waymark::cases {
namespace {

using testing::at_noon;
using testing::CaseWorld;
using testing::RecordsOf;

const std::string kReceipt = "NPT2690001234";

TEST(CaseAccess, GivesEachRoleWhatItsPartAllows) {
  // role: stage, history, history details, evidence, appointments, party roles, party names
  const std::map<Role, std::string> expected{{Role::applicant, "1111111"},
                                             {Role::petitioner, "1111111"},
                                             {Role::representative, "1111111"},
                                             {Role::beneficiary, "1100010"},
                                             {Role::helper, "1101110"}};
  for (const auto role : kRoles) {
    std::string seen;
    for (const auto facet : kFacets) seen += may_see(role, facet) ? '1' : '0';
    EXPECT_EQ(seen, expected.at(role)) << to_text(role);
  }
}

class CaseAccessContract : public testing::CaseBed {
 protected:
  void SetUp() override {
    CaseBed::SetUp();
    if (IsSkipped()) return;
    EventContent asked{.kind = EventKind::evidence_requested,
                       .occurred_on = *parse_iso_date("2026-11-10"),
                       .due_on = *parse_iso_date("2026-12-18"),
                       .items = {{{"en", "Proof of the petitioner's income"}}},
                       .text = {{"en", "We need this of the petitioner."}}};
    EventContent noted{.kind = EventKind::noted,
                       .occurred_on = *parse_iso_date("2026-11-11"),
                       .text = {{"en", "The petitioner called us."}}};
    for (const auto& answer : world().take_in(RecordsOf(kReceipt, "I-130")
                                                  .party("pat", Role::petitioner)
                                                  .party("ben", Role::beneficiary)
                                                  .party("rep", Role::representative)
                                                  .code("pat", "1111111111111")
                                                  .stage("received", "2026-08-12")
                                                  .event(asked)
                                                  .event(noted)
                                                  .appointment("a-1", at_noon(2026, 12, 8)))) {
      ASSERT_EQ(answer.verdict, Verdict::went_in) << answer.field << " " << answer.reason;
    }
    const db::Query kConnect{"test.connect", "UPDATE parties SET account = $1 WHERE agency_party = $2"};
    database().write([&](db::Transaction& tx) {
      tx.run(kConnect, {kPat, "pat"});
      tx.run(kConnect, {kBen, "ben"});
      tx.run(kConnect, {kRep, "rep"});
    });
  }
  const Cases& cases() { return world().cases; }
  // All text that the account can get to see of the case, in one.
  std::string everything_seen_by(AccountId account) {
    const auto snapshot = database().snapshot();
    const auto visible = find_visible_to(*snapshot, account, kReceipt);
    if (!visible) return "nothing";
    const auto picture = load_picture(*snapshot, world().sealer, *visible);
    std::string all;
    for (const auto& entry : picture.history) {
      all += fmt::format("{}({}) ", to_text(entry.event.kind), to_json(entry.details));
      if (entry.event.due_on) all += to_iso(*entry.event.due_on) + " ";
    }
    for (const auto& request : picture.requests) all += fmt::format("request{} ", request.sequence);
    for (const auto& appointment : picture.appointments) all += "appointment:" + appointment.place + " ";
    for (const auto& party : picture.parties) {
      all += fmt::format("{}:{} ", to_text(party.role), party.name.value_or("-"));
    }
    if (visible->evidence_due_on) all += "due " + to_iso(*visible->evidence_due_on);
    return all;
  }

  static constexpr AccountId kPat{1}, kBen{2}, kRep{3}, kStranger{4};
};

TEST_P(CaseAccessContract, ShowsThePetitionerAndTheRepresentativeAll) {
  for (const auto account : {kPat, kRep}) {
    const auto seen = everything_seen_by(account);
    for (const auto* part : {"filed", "Proof of the petitioner's income", "The petitioner called us.", "request",
                             "2026-12-18", "appointment:northport-asc", "petitioner:Ana Reyes pat",
                             "beneficiary:Ana Reyes ben", "representative:Ana Reyes rep"}) {
      EXPECT_NE(seen.find(part), std::string::npos) << part;
    }
    EXPECT_EQ(seen.find("party_changed"), std::string::npos);
    EXPECT_EQ(seen.find("access_code"), std::string::npos);
  }
}

TEST_P(CaseAccessContract, ShowsTheBeneficiaryStagesAndDatesAndNothingOfThePetitioner) {
  const auto seen = everything_seen_by(kBen);
  EXPECT_NE(seen.find("stage_entered"), std::string::npos);
  EXPECT_NE(seen.find("petitioner:- "), std::string::npos);
  EXPECT_NE(seen.find("beneficiary:Ana Reyes ben"), std::string::npos);
  for (const auto* part :
       {"income", "called us", "request6", "2026-12-18", "northport-asc", "Reyes pat", "Reyes rep"}) {
    EXPECT_EQ(seen.find(part), std::string::npos) << part;
  }
}

TEST_P(CaseAccessContract, Incident_I40_IsTheSameNothingForStrangersAndForMissingCases) {
  EXPECT_EQ(everything_seen_by(kStranger), "nothing");
  EXPECT_FALSE(find_visible_to(*database().snapshot(), kPat, "NPT2690009999"));
  EXPECT_FALSE(find_visible_to(*database().snapshot(), AccountId{0}, kReceipt));
  EXPECT_TRUE(list_visible_to(*database().snapshot(), kStranger, at_noon(2026, 11, 23)).cases.empty());
}

TEST_P(CaseAccessContract, ListsCasesAndComingAppointmentsByRole) {
  const auto of_petitioner = list_visible_to(*database().snapshot(), kPat, at_noon(2026, 11, 23));
  ASSERT_EQ(of_petitioner.cases.size(), 1U);
  EXPECT_EQ(of_petitioner.cases[0].open_requests, 1);
  EXPECT_EQ(of_petitioner.cases[0].evidence_documents, 1);
  ASSERT_EQ(of_petitioner.coming.size(), 1U);
  EXPECT_TRUE(list_visible_to(*database().snapshot(), kPat, at_noon(2026, 12, 9)).coming.empty());
  const auto of_beneficiary = list_visible_to(*database().snapshot(), kBen, at_noon(2026, 11, 23));
  ASSERT_EQ(of_beneficiary.cases.size(), 1U);
  EXPECT_EQ(of_beneficiary.cases[0].open_requests, 0);
  EXPECT_FALSE(of_beneficiary.cases[0].evidence_due_on);
  EXPECT_FALSE(of_beneficiary.cases[0].state.last);
  EXPECT_TRUE(of_beneficiary.coming.empty());
}

TEST_P(CaseAccessContract, GivesEachACopyOfTheirCaseWithoutAnybodyElsesName) {
  const CaseData data(cases());
  const auto copy_for = [&](AccountId account) {
    const auto files = data.collect(*database().snapshot(), account, at_noon(2026, 11, 23));
    EXPECT_EQ(files.size(), 1U);
    return boost::json::serialize(files.front().content);
  };
  const auto of_petitioner = copy_for(kPat);
  for (const auto* part : {"NPT2690001234", "\"name\":\"Ana Reyes pat\"", "\"role\":\"beneficiary\"", "northport-asc",
                           "The petitioner called us."}) {
    EXPECT_NE(of_petitioner.find(part), std::string::npos) << part;
  }
  for (const auto* part : {"Reyes ben", "Reyes rep", "Harbor Lane"}) {
    EXPECT_EQ(of_petitioner.find(part), std::string::npos) << part;
  }
  const auto of_beneficiary = copy_for(kBen);
  for (const auto* part : {"Reyes pat", "income", "called us", "northport-asc"}) {
    EXPECT_EQ(of_beneficiary.find(part), std::string::npos) << part;
  }
  EXPECT_EQ(copy_for(kStranger), "[]");
}

TEST_P(CaseAccessContract, LetsAnErasedAccountGoFromEveryCase) {
  const CaseData data(cases());
  database().write([&](db::Transaction& tx) { data.erase(tx, kPat); });
  EXPECT_EQ(everything_seen_by(kPat), "nothing");
  EXPECT_NE(everything_seen_by(kBen), "nothing");
}

ON_BOTH_DATABASES(CaseAccessContract);

}  // namespace
}  // namespace waymark::cases
