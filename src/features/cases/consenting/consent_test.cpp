#include "features/cases/consenting/consent.hpp"

#include <gtest/gtest.h>

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

const std::string kReceipt = "NPT2690001234";
const std::string kWorkers = "NPT2690005678";
constexpr AccountId kPat{1}, kBen{2}, kRep{3}, kStranger{4};

class Consents : public testing::CaseBed {
 protected:
  void SetUp() override {
    CaseBed::SetUp();
    if (IsSkipped()) return;
    const EventContent asked{.kind = EventKind::evidence_requested,
                             .occurred_on = *parse_iso_date("2026-11-10"),
                             .due_on = *parse_iso_date("2026-12-18"),
                             .items = {{{"en", "Proof of the petitioner's income"}}},
                             .text = {{"en", "We need this of the petitioner."}}};
    take_in(RecordsOf(kReceipt, "I-130")
                .party("pat", Role::petitioner)
                .party("ben", Role::beneficiary)
                .party("rep", Role::representative)
                .stage("received", "2026-08-12")
                .event(asked)
                .appointment("a-1", at_noon(2026, 12, 8)));
    take_in(RecordsOf(kWorkers, "I-140").party("pat2", Role::petitioner).party("ben2", Role::beneficiary));
    for (const auto* suffix : {"", "2"}) {
      connect(kPat, std::string("pat") + suffix);
      connect(kBen, std::string("ben") + suffix);
    }
    connect(kRep, "rep");
  }
  void take_in(std::vector<AgencyRecord> records) {
    for (const auto& answer : world().take_in(std::move(records))) {
      ASSERT_EQ(answer.verdict, Verdict::went_in) << answer.field << " " << answer.reason;
    }
  }
  void connect(AccountId account, const std::string& party) {
    const db::Query connect{"test.connect", "UPDATE parties SET account = $1 WHERE agency_party = $2"};
    database().write([&](db::Transaction& tx) { tx.run(connect, {account, party}); });
  }
  const Cases& cases() { return world().cases; }
  bool set(AccountId account, std::string_view facet, bool is_shown, const std::string& receipt = kReceipt) {
    return set_consent(cases(), account, receipt, facet, is_shown, "network").has_value();
  }
  // Of evidence, appointments and history details, on the page and on the dashboard.
  std::string seen_by_ben() {
    const auto snapshot = database().snapshot();
    const auto visible = find_visible_to(*snapshot, kBen, kReceipt);
    if (!visible) return "nothing";
    const auto picture = load_picture(*snapshot, world().sealer, *visible);
    bool has_details = false, has_names = false;
    for (const auto& entry : picture.history) has_details |= !entry.details.text.empty();
    for (const auto& party : picture.parties) has_names |= party.name.has_value() && !party.is_asker;
    const auto listed = list_visible_to(*snapshot, kBen, world().clock.now());
    const auto one = std::ranges::find(listed.cases, visible->id, &VisibleCase::id);
    std::string seen;
    if (!picture.requests.empty() && visible->evidence_due_on) seen += "evidence ";
    if (one->open_requests > 0) seen += "due ";
    if (!picture.appointments.empty()) seen += "appointments ";
    if (!listed.coming.empty()) seen += "coming ";
    if (has_details) seen += "details ";
    if (has_names) seen += "names ";
    return seen;
  }
};

TEST_P(Consents, ShowTheBeneficiaryOneKindAtATimeAndNeverNames) {
  EXPECT_EQ(seen_by_ben(), "");
  EXPECT_TRUE(set(kPat, "evidence", true));
  EXPECT_EQ(seen_by_ben(), "evidence due ");
  EXPECT_TRUE(set(kPat, "appointments", true));
  EXPECT_EQ(seen_by_ben(), "evidence due appointments coming ");
  EXPECT_TRUE(set(kPat, "history_details", true));
  EXPECT_EQ(seen_by_ben(), "evidence due appointments coming details ");
  EXPECT_TRUE(set(kPat, "evidence", false));
  EXPECT_TRUE(set(kPat, "history_details", false));
  EXPECT_EQ(seen_by_ben(), "appointments coming ");
}

TEST_P(Consents, AreThePetitionersAloneToGive) {
  for (const auto account : {kBen, kRep, kStranger}) {
    EXPECT_FALSE(set(account, "evidence", true)) << account.value;
    EXPECT_FALSE(find_own_for(*database().snapshot(), account, kReceipt, Act::consent)) << account.value;
  }
  EXPECT_FALSE(set(kPat, "evidence", true, "NPT2690009999"));
  EXPECT_EQ(seen_by_ben(), "");
}

TEST_P(Consents, AreOfTheKindsThatTheCatalogueNamesForTheForm) {
  EXPECT_FALSE(set(kPat, "party_names", true));
  EXPECT_FALSE(set(kPat, "everything", true));
  EXPECT_FALSE(set(kPat, "evidence", true, kWorkers)) << "an employer's papers are no business of the worker's";
  EXPECT_TRUE(set(kPat, "appointments", true, kWorkers));
  EXPECT_EQ(seen_by_ben(), "") << "consent for one case is none for another";
}

TEST_P(Consents, EndWithThePetitionersPart) {
  EXPECT_TRUE(set(kPat, "evidence", true));
  ASSERT_TRUE(disconnect_case(cases(), kPat, kReceipt, "network"));
  EXPECT_EQ(seen_by_ben(), "");
  connect(kPat, "pat");
  EXPECT_EQ(seen_by_ben(), "") << "who connects again begins without";
  EXPECT_TRUE(set(kPat, "evidence", true));
  const db::Query kLeft{"test.left", "UPDATE parties SET is_present = false WHERE agency_party = 'pat'"};
  database().write([&](db::Transaction& tx) { tx.run(kLeft, {}); });
  EXPECT_EQ(seen_by_ben(), "") << "the agency's word ends it too";
}

TEST_P(Consents, AreWrittenDownAndToldOnceHoweverOftenTheyAreRepeated) {
  for (int time = 0; time < 3; ++time) EXPECT_TRUE(set(kPat, "evidence", true));
  for (int time = 0; time < 3; ++time) EXPECT_TRUE(set(kPat, "evidence", false));
  EXPECT_TRUE(set(kPat, "evidence", true)) << "and can be given again";
  const auto events = journal::list_for_account(*database().snapshot(), kPat, 10);
  ASSERT_EQ(events.size(), 3U);
  EXPECT_EQ(events[0].event, "case.consent_given");
  EXPECT_EQ(events[1].event, "case.consent_ended");
  EXPECT_EQ(events[1].detail, "evidence");
  const db::Query kTold{"test.told", "SELECT count(*) FROM outbox WHERE account = $1 AND kind = $2"};
  const auto told = [&](AccountId account, std::string_view kind) {
    return database().snapshot()->find(kTold, {account, kind}, [](const db::Row& row) { return row.integer(0); });
  };
  EXPECT_EQ(told(kPat, "cases.consent_changed"), 3);
  EXPECT_EQ(told(kBen, "cases.part_changed"), 3);
}

ON_BOTH_DATABASES(Consents);

}  // namespace
}  // namespace waymark::cases
