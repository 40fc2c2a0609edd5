#include "features/cases/intake/guardians.hpp"

#include <gtest/gtest.h>

#include "features/cases/case_access.hpp"
#include "features/cases/connecting/connect_case.hpp"
#include "journal/audit.hpp"
#include "support/case_world.hpp"
#include "support/databases.hpp"

namespace waymark::cases {
namespace {

using namespace std::chrono_literals;
using testing::CaseWorld;
using testing::RecordsOf;

const std::string kReceipt = "NPT2690001234";
constexpr AccountId kRosa{51}, kUncle{52};
// 14 on 15 January 2027; the world's clock stands at noon of 23 November 2026 in New York, where the agency is.
const std::string kBorn = "2013-01-15";
constexpr auto kUntilBirthday = std::chrono::days{53} - 12h;  // to its first moment

RecordsOf child_and_guardian(Role role = Role::applicant, std::string form = "I-765") {
  RecordsOf records(kReceipt, std::move(form));
  records.party("mia", role, kBorn).guardian("rosa", role, "mia").code("rosa", "K7QF9ZTM4WXCP");
  return records;
}

class Guardians : public testing::CaseBed {
 protected:
  void take_in(const RecordsOf& records) {
    for (const auto& answer : world().take_in(records)) ASSERT_NE(answer.verdict, Verdict::refused) << answer.reason;
  }
  // "went_in", or the last record's "field:reason".
  std::string last_verdict(const RecordsOf& records) {
    const auto answer = world().take_in(records).back();
    return answer.verdict == Verdict::refused ? fmt::format("{}:{}", answer.field, answer.reason) : "went_in";
  }
  bool connect(AccountId account, std::string code = "K7QF9ZTM4WXCP") {
    return connect_case(world().cases, account,
                        {.receipt_number = kReceipt,
                         .access_code = std::move(code),
                         .proof_kind = ProofKind::birth_date,
                         .proof = "1988-02-03"},
                        "")
        .has_value();
  }
  std::optional<VisibleCase> sees(AccountId account) {
    return find_visible_to(*database().snapshot(), account, kReceipt, world().clock.now());
  }
  int told(AccountId account) {
    return static_cast<int>(*database().snapshot()->find(
        db::Query{"test.told", "SELECT count(*) FROM outbox WHERE account = $1 AND kind = 'cases.guardian_ended'"},
        {account}, [](const db::Row& row) { return row.integer(0); }));
  }
};

TEST(FourteenthBirthday, IsTheSameDayOrTheFirstOfMarch) {
  EXPECT_EQ(to_iso(fourteenth_birthday(*parse_iso_date("2013-01-15"))), "2027-01-15");
  EXPECT_EQ(to_iso(fourteenth_birthday(*parse_iso_date("2012-02-29"))), "2026-03-01");
}

TEST_P(Guardians, SeeAndDoWhatTheChildMayAndAreNamedForWhatTheyAre) {
  take_in(child_and_guardian());
  ASSERT_TRUE(connect(kRosa));
  const auto seen = sees(kRosa);
  ASSERT_TRUE(seen);
  EXPECT_TRUE(seen->as_guardian);
  EXPECT_EQ(seen->role, Role::applicant);
  for (const auto act : {Act::write, Act::share, Act::leave}) EXPECT_TRUE(may_act(*seen, act));
  EXPECT_FALSE(may_act(*seen, Act::consent));
  const auto picture = load_picture(*database().snapshot(), world().sealer, *seen);
  ASSERT_EQ(picture.parties.size(), 2U);
  EXPECT_TRUE(picture.parties[0].is_asker);
  EXPECT_EQ(picture.parties[0].guardian_of, picture.parties[1].id);
  EXPECT_FALSE(picture.parties[1].guardian_of);
  const auto listed = list_visible_to(*database().snapshot(), kRosa, world().clock.now());
  ASSERT_EQ(listed.cases.size(), 1U);
  EXPECT_TRUE(listed.cases[0].as_guardian);
}

TEST_P(Guardians, OfABeneficiarySeeNoMoreThanTheBeneficiary) {
  auto records = RecordsOf(kReceipt, "I-130");
  records.party("pat", Role::petitioner)
      .party("mia", Role::beneficiary, kBorn)
      .guardian("rosa", Role::beneficiary, "mia")
      .code("rosa", "K7QF9ZTM4WXCP");
  take_in(records);
  ASSERT_TRUE(connect(kRosa));
  const auto seen = sees(kRosa);
  ASSERT_TRUE(seen);
  EXPECT_FALSE(may_see(*seen, Facet::evidence));
  const auto picture = load_picture(*database().snapshot(), world().sealer, *seen);
  for (const auto& party : picture.parties) EXPECT_EQ(party.name.has_value(), party.is_asker);
}

TEST_P(Guardians, AreRefusedUnlessTheyActForAChildOfTheCaseWhoIsUnder14) {
  const auto with = [](auto add) {
    auto records = child_and_guardian(Role::beneficiary, "I-130");
    records
        .party("tom", Role::beneficiary, "2012-11-23")  // 14 today
        .party("lea", Role::beneficiary, "2012-11-24")  // 14 tomorrow
        .party("gone", Role::beneficiary, kBorn, false)
        .guardian("sister", Role::beneficiary, "mia", true, "2016-05-05")
        .organisation("trust", Role::petitioner, "NR-4471902");
    add(records);
    return records;
  };
  EXPECT_EQ(last_verdict(with([](auto& all) { all.guardian("g", Role::beneficiary, "nobody"); })),
            "guardian_of:unknown_party");
  for (const auto* const child : {"tom", "gone", "sister", "trust"}) {
    EXPECT_EQ(last_verdict(with([&](auto& all) { all.guardian("g", Role::beneficiary, child); })),
              "guardian_of:not_under_14")
        << child;
  }
  EXPECT_EQ(last_verdict(with([](auto& all) { all.guardian("g", Role::petitioner, "mia"); })), "role:other_role");
  EXPECT_EQ(last_verdict(with([](auto& all) { all.guardian("g", Role::beneficiary, "lea"); })), "went_in");
}

TEST_P(Guardians, EndAtTheFirstMomentOfThe14thBirthdayAndWithThemWhatTheyGave) {
  auto records = child_and_guardian();
  records.guardian("uncle", Role::applicant, "mia").code("uncle", "7777777777777");
  take_in(records);
  ASSERT_TRUE(connect(kRosa));
  ASSERT_TRUE(connect(kUncle, "7777777777777"));

  world().clock.move(kUntilBirthday - 1s);
  EXPECT_EQ(end_guardians_of_grown(world().cases), 0);
  EXPECT_TRUE(sees(kRosa));

  world().clock.move(1s);
  EXPECT_EQ(end_guardians_of_grown(world().cases), 2);
  EXPECT_FALSE(sees(kRosa));
  EXPECT_FALSE(sees(kUncle));
  EXPECT_TRUE(list_visible_to(*database().snapshot(), kRosa, world().clock.now()).cases.empty());
  EXPECT_EQ(told(kRosa), 1);
  EXPECT_EQ(told(kUncle), 1);
  const auto audit = journal::list_for_account(*database().snapshot(), kRosa, 10);
  EXPECT_TRUE(std::ranges::any_of(audit, [](const auto& row) { return row.event == "case.guardian_ended"; }));

  EXPECT_EQ(end_guardians_of_grown(world().cases), 0);
  EXPECT_EQ(told(kRosa), 1);
  // Nor does the agency's word bring them back: the child is not under 14 any more.
  records.guardian("rosa", Role::applicant, "mia");
  EXPECT_EQ(last_verdict(records), "guardian_of:not_under_14");
  EXPECT_FALSE(sees(kRosa));
}

TEST_P(Guardians, EndWhenTheChildLeavesAndComeBackByTheAgencysWord) {
  auto records = child_and_guardian();
  take_in(records);
  ASSERT_TRUE(connect(kRosa));
  records.party("mia", Role::applicant, kBorn, false);
  take_in(records);
  EXPECT_FALSE(sees(kRosa));
  EXPECT_EQ(told(kRosa), 1);
  records.party("mia", Role::applicant, kBorn);
  take_in(records);
  EXPECT_FALSE(sees(kRosa));
  records.guardian("rosa", Role::applicant, "mia");
  take_in(records);
  EXPECT_TRUE(sees(kRosa));
}

TEST_P(Guardians, EndWhenTheChildTurnsOutToBeOlder) {
  auto records = child_and_guardian();
  take_in(records);
  ASSERT_TRUE(connect(kRosa));
  records.party("mia", Role::applicant, "2005-01-15");
  take_in(records);
  EXPECT_FALSE(sees(kRosa));
  EXPECT_EQ(told(kRosa), 1);
}

TEST_P(Guardians, StayWhenTheChildsBirthDateIsCorrectedAndEndByTheNewOne) {
  auto records = child_and_guardian();
  records.party("mia", Role::applicant, "2013-01-20");
  take_in(records);
  ASSERT_TRUE(connect(kRosa));
  world().clock.move(kUntilBirthday);
  EXPECT_EQ(end_guardians_of_grown(world().cases), 0);
  world().clock.move(std::chrono::days{5});
  EXPECT_EQ(end_guardians_of_grown(world().cases), 1);
  EXPECT_FALSE(sees(kRosa));
}

TEST_P(Guardians, FollowTheChildIntoAnotherRole) {
  auto records = child_and_guardian(Role::petitioner, "I-130");
  records.party("mia", Role::beneficiary, kBorn);
  take_in(records);
  ASSERT_TRUE(connect(kRosa));
  EXPECT_EQ(sees(kRosa)->role, Role::beneficiary);
}

TEST_P(Guardians, MayLeaveByTheAgencysWordWhateverBecameOfTheChild) {
  auto records = child_and_guardian();
  records.party("mia", Role::applicant, "1990-01-01").guardian("rosa", Role::applicant, "mia", false);
  EXPECT_EQ(last_verdict(records), "went_in");
}

ON_BOTH_DATABASES(Guardians);

}  // namespace
}  // namespace waymark::cases
