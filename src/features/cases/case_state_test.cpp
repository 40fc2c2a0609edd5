#include "features/cases/case_state.hpp"

#include <gtest/gtest.h>

#include "support/case_world.hpp"

namespace waymark::cases {
namespace {

// I-765: received, accepted, biometrics, review, (evidence_requested), …
class CaseStateFold : public ::testing::Test {
 protected:
  CaseState after(std::vector<CaseEvent> events) {
    std::int64_t sequence = 0;
    for (auto& event : events) {
      event.sequence = ++sequence;
      if (!event.occurred_on.ok()) event.occurred_on = *parse_iso_date("2026-09-01");
    }
    return fold_all(events, *testing::shipped_catalogue().find_form("I-765"));
  }
  static CaseEvent stage(std::string name, std::string_view day) {
    return {.kind = EventKind::stage_entered, .stage = std::move(name), .occurred_on = *parse_iso_date(day)};
  }
  static CaseEvent asked(std::optional<Date> due_on, int documents) {
    return {.kind = EventKind::evidence_requested, .due_on = due_on, .documents = documents};
  }
};

TEST_F(CaseStateFold, HasNoStepBeforeTheFirstStage) {
  const auto state = after({{.kind = EventKind::filed}});
  EXPECT_EQ(state.step, 0);
  EXPECT_FALSE(state.stage);
  EXPECT_EQ(state.last->kind, EventKind::filed);
}

TEST_F(CaseStateFold, CountsStepsAndKeepsTheDayTheStageBegan) {
  const auto state =
      after({stage("received", "2026-08-12"), stage("accepted", "2026-08-20"), stage("biometrics", "2026-09-01")});
  EXPECT_EQ(state.stage, "biometrics");
  EXPECT_EQ(state.step, 3);
  EXPECT_EQ(to_iso(*state.stage_since), "2026-09-01");
  EXPECT_FALSE(state.has_returned);
}

TEST_F(CaseStateFold, SaysThatTheCaseWentBackUntilItHasComeAsFarAgain) {
  auto way =
      std::vector{stage("received", "2026-08-12"), stage("biometrics", "2026-09-01"), stage("received", "2026-09-09")};
  EXPECT_TRUE(after(way).has_returned);
  EXPECT_EQ(after(way).step, 1);
  EXPECT_EQ(after(way).furthest_step, 3);
  way.push_back(stage("biometrics", "2026-10-01"));
  EXPECT_FALSE(after(way).has_returned);
}

TEST_F(CaseStateFold, KeepsTheStepDuringADetour) {
  const auto state = after({stage("review", "2026-09-01"), stage("evidence_requested", "2026-09-10")});
  EXPECT_EQ(state.stage, "evidence_requested");
  EXPECT_EQ(state.step, 4);
  EXPECT_FALSE(state.has_returned);
}

TEST_F(CaseStateFold, OpensARequestUntilItIsAnswered) {
  const auto due = *parse_iso_date("2026-12-18");
  auto events = std::vector{asked(due, 2), asked(*parse_iso_date("2026-12-01"), 1)};
  EXPECT_EQ(after(events).open_requests.size(), 2U);
  EXPECT_EQ(find_most_urgent(after(events))->documents, 1);
  events.push_back({.kind = EventKind::evidence_received});
  EXPECT_EQ(find_most_urgent(after(events))->sequence, 2);
  events.push_back({.kind = EventKind::evidence_received, .answers = 2});
  EXPECT_EQ(find_most_urgent(after(events)), nullptr);
}

TEST_F(CaseStateFold, PutsRequestsWithoutADayLast) {
  const auto state = after({asked(std::nullopt, 1), asked(*parse_iso_date("2026-12-18"), 2)});
  EXPECT_EQ(find_most_urgent(state)->documents, 2);
}

TEST_F(CaseStateFold, StaysOpenAfterADecisionAndClosesWithItsOutcome) {
  auto events = std::vector<CaseEvent>{{.kind = EventKind::decided, .outcome = catalogue::Outcome::approved}};
  EXPECT_FALSE(after(events).is_closed);
  events.push_back({.kind = EventKind::closed});
  EXPECT_TRUE(after(events).is_closed);
  EXPECT_EQ(after(events).outcome, catalogue::Outcome::approved);
  events.push_back({.kind = EventKind::reopened});
  EXPECT_FALSE(after(events).is_closed);
  EXPECT_FALSE(after(events).outcome);
}

TEST_F(CaseStateFold, IsNotChangedByRecordsThatAreNoHistory) {
  const auto before = after({stage("received", "2026-08-12")});
  auto state = before;
  fold(state, {.sequence = 2, .kind = EventKind::party_changed}, *testing::shipped_catalogue().find_form("I-765"));
  fold(state, {.sequence = 3, .kind = EventKind::access_code_changed},
       *testing::shipped_catalogue().find_form("I-765"));
  EXPECT_EQ(state, before);
}

}  // namespace
}  // namespace waymark::cases
