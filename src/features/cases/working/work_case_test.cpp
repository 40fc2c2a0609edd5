#include "features/cases/working/work_case.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "features/cases/case_access.hpp"
#include "features/cases/case_store.hpp"
#include "features/cases/working/case_looks.hpp"
#include "features/cases/working/office_view.hpp"
#include "support/case_world.hpp"
#include "support/databases.hpp"

namespace waymark::cases {
namespace {

using testing::CaseWorld;
using testing::RecordsOf;

const std::string kReceipt = "NPT2690001234";
const web::OfficeSeat kMaya{OfficerId{7}, web::OfficeRole::case_officer, "Maya", "Northport field office"};
const web::OfficeSeat kTomas{OfficerId{8}, web::OfficeRole::case_officer, "Tomas", "Northport field office"};

class WorkCaseContract : public testing::CaseBed {
 protected:
  void SetUp() override {
    CaseBed::SetUp();
    if (IsSkipped()) return;
    take_in(records_);
  }
  void take_in(std::vector<AgencyRecord> records) {
    for (const auto& answer : world().take_in(std::move(records))) ASSERT_NE(answer.verdict, Verdict::refused);
  }
  const Cases& cases() { return world().cases; }
  OfficeCase seen() { return *find_for_office(*database().snapshot(), world().sealer, kReceipt); }
  std::int64_t version() { return seen().version; }
  StoredCase stored() { return *find_stored_case(*database().snapshot(), kReceipt); }
  CasePicture picture() { return load_picture(*database().snapshot(), world().sealer, seen().visible); }

  // "" when it was done, else the field and its message.
  static std::string said(const Result<void>& done) {
    if (done) return {};
    return done.error().fields.empty()
               ? done.error().message.key
               : done.error().fields.front().field + ":" + done.error().fields.front().message.key;
  }
  std::string act(const OfficeAct& what, const web::OfficeSeat& by = kMaya) {
    return said(act_on_case(cases(), by, kReceipt, what));
  }
  OfficeAct event(EventKind kind, std::string stage = {}) {
    EventContent content{.kind = kind, .occurred_on = *parse_iso_date("2026-11-20"), .stage = std::move(stage)};
    if (kind == EventKind::evidence_requested) content.items = {{{"en", "Your birth certificate"}}};
    if (kind == EventKind::noted) content.text = {{"en", "We moved your file."}, {"es", "Movimos su expediente."}};
    return {.version = version(), .reason = kReasonQueue, .content = content};
  }
  OfficeAct correction(std::int64_t sequence) {
    return {.version = version(), .reason = kReasonCorrection, .content = Correction{.sequence = sequence}};
  }
  // What people see: "filed stage_entered(received) noted".
  std::string history() {
    std::string all;
    for (const auto& entry : picture().history) {
      all += (all.empty() ? "" : " ") + std::string(to_text(entry.event.kind));
      if (entry.is_corrected) all += "!";
    }
    return all;
  }
  // The row is the fold of what was not taken back.
  void expect_row_is_fold() {
    std::vector<CaseEvent> counting;
    std::optional<LastChange> last;
    for (const auto& entry : picture().history) {
      if (!entry.is_corrected && !entry.event.corrects) counting.push_back(entry.event);
      last = LastChange{entry.event.kind, entry.event.stage, entry.event.occurred_on, entry.event.received_at};
    }
    auto expected = fold_all(counting, *testing::shipped_catalogue().find_form("I-765"));
    expected.last = last;
    EXPECT_EQ(stored().state, expected);
  }

  RecordsOf records_ = RecordsOf(kReceipt).party("ana", Role::applicant).stage("received", "2026-08-12");
};

TEST_P(WorkCaseContract, AddsToTheHistoryByTheSameFold) {
  EXPECT_EQ(act(event(EventKind::noted)), "");
  EXPECT_EQ(act(event(EventKind::evidence_requested)), "");
  EXPECT_EQ(history(), "filed stage_entered noted evidence_requested");
  EXPECT_EQ(seen().visible.open_requests, 1);
  const auto entry = picture().history.at(2);
  ASSERT_TRUE(entry.by.has_value());
  EXPECT_EQ(entry.by->role, web::OfficeRole::case_officer);
  EXPECT_EQ(entry.by->unit, "Northport field office");
  EXPECT_EQ(text_in(entry.details.text, "es"), "Movimos su expediente.");
  EXPECT_FALSE(picture().history.front().by.has_value());
  expect_row_is_fold();
}

TEST_P(WorkCaseContract, LeavesTheFeedsNumbersAlone) {
  EXPECT_EQ(act(event(EventKind::evidence_requested)), "");
  auto more = records_;
  more.stage("biometrics", "2026-11-21");
  take_in({more.records().back()});
  EXPECT_EQ(history(), "filed stage_entered evidence_requested stage_entered");
  EXPECT_EQ(stored().feed_sequence, 4);
  EXPECT_EQ(stored().version, 5);
  for (const auto& answer : world().take_in(more)) EXPECT_EQ(answer.verdict, Verdict::known);
  // And an answer from the feed that names no request answers the office's.
  more.event({.kind = EventKind::evidence_received, .occurred_on = *parse_iso_date("2026-11-22")});
  take_in({more.records().back()});
  EXPECT_EQ(seen().visible.open_requests, 0);
  expect_row_is_fold();
}

TEST_P(WorkCaseContract, RefusesWhatWasWrittenOverSomethingUnseen) {
  const auto mine = event(EventKind::noted);
  EXPECT_EQ(act(event(EventKind::noted), kTomas), "");
  EXPECT_EQ(act(mine), "version:cases.error.changed_meanwhile");
  EXPECT_EQ(history(), "filed stage_entered noted");
  // The feed counts as somebody too.
  const auto late = event(EventKind::noted);
  auto more = records_;
  more.stage("biometrics", "2026-11-21");
  take_in({more.records().back()});
  EXPECT_EQ(act(late), "version:cases.error.changed_meanwhile");
}

TEST_P(WorkCaseContract, LetsOneOfManyOfficersAtOnceIn) {
  for (int round = 0; round < 5; ++round) {
    const auto what = event(EventKind::noted);
    std::atomic<int> done{0};
    std::vector<std::thread> officers;
    for (int i = 0; i < 8; ++i) {
      officers.emplace_back([&] {
        if (act_on_case(cases(), kMaya, kReceipt, what)) ++done;
      });
    }
    for (auto& officer : officers) officer.join();
    EXPECT_EQ(done, 1);
  }
  EXPECT_EQ(stored().version, 8);
  expect_row_is_fold();
}

TEST_P(WorkCaseContract, TakesAMistakeBackByOneMoreEvent) {
  EXPECT_EQ(act(event(EventKind::stage_entered, "biometrics")), "");
  EXPECT_EQ(act(event(EventKind::evidence_requested)), "");
  const auto request = picture().history.back().event.sequence;
  const auto stage = picture().history.at(2).event.sequence;
  EXPECT_EQ(act(correction(request)), "");
  EXPECT_EQ(seen().visible.open_requests, 0);
  EXPECT_TRUE(picture().requests.front().is_withdrawn);
  expect_row_is_fold();
  EXPECT_EQ(act(correction(stage)), "");
  EXPECT_EQ(seen().visible.state.stage, "received");
  EXPECT_EQ(history(), "filed stage_entered stage_entered! evidence_requested! corrected corrected");
  expect_row_is_fold();
}

TEST_P(WorkCaseContract, OpensARequestAgainWhoseAnswerWasAMistake) {
  EXPECT_EQ(act(event(EventKind::evidence_requested)), "");
  EXPECT_EQ(act(event(EventKind::evidence_received)), "");
  EXPECT_EQ(seen().visible.open_requests, 0);
  EXPECT_EQ(act(correction(picture().history.back().event.sequence)), "");
  EXPECT_EQ(seen().visible.open_requests, 1);
  EXPECT_FALSE(picture().requests.front().answered_on.has_value());
  EXPECT_FALSE(picture().requests.front().is_withdrawn);
  expect_row_is_fold();
}

TEST_P(WorkCaseContract, TakesNothingBackTwiceNorWhatIsNoMistakeOfItsKind) {
  EXPECT_EQ(act(event(EventKind::noted)), "");
  const auto note = picture().history.back().event.sequence;
  EXPECT_EQ(act(correction(note)), "");
  EXPECT_EQ(act(correction(note)), "event:cases.error.act.corrected_before");
  EXPECT_EQ(act(correction(picture().history.back().event.sequence)), "event:cases.error.act.unknown_event");
  EXPECT_EQ(act(correction(picture().history.front().event.sequence)), "event:cases.error.act.unknown_event");
  EXPECT_EQ(act(correction(4711)), "event:cases.error.act.unknown_event");
}

TEST_P(WorkCaseContract, RefusesWhatDoesNotFitTheCase) {
  EXPECT_EQ(act(event(EventKind::stage_entered, "moon_landing")), "stage:cases.error.act.unknown_stage");
  EXPECT_EQ(act(event(EventKind::evidence_received)), "kind:cases.error.act.unknown_request");
  EXPECT_EQ(act(event(EventKind::closed)), "outcome:cases.error.act.missing_field");
  EXPECT_EQ(said(act_on_case(cases(), kMaya, "NPT2690009999", event(EventKind::noted))), "web.error.not_found");
  EXPECT_EQ(history(), "filed stage_entered");
  EXPECT_EQ(stored().version, 3);
}

// Whatever an officer does stands in the person's list of who looked, once; what was refused does not.
TEST_P(WorkCaseContract, RecordsEachActAsALook) {
  const auto meeting = [&](AppointmentState state) {
    return OfficeAct{.version = version(),
                     .reason = kReasonQueue,
                     .content = AppointmentContent{.agency_appointment = "office-1",
                                                   .kind = AppointmentKind::interview,
                                                   .starts_at = testing::at_noon(2026, 12, 8),
                                                   .place = "northport-asc",
                                                   .state = state,
                                                   .occurred_on = *parse_iso_date("2026-11-23")}};
  };
  const auto decision = [&] {
    auto act = event(EventKind::decided);
    std::get<EventContent>(act.content).outcome = catalogue::Outcome::approved;
    return act;
  };
  const std::pair<std::string_view, std::function<OfficeAct()>> acts[] = {
      {"noted", [&] { return event(EventKind::noted); }},
      {"evidence_requested", [&] { return event(EventKind::evidence_requested); }},
      {"evidence_received", [&] { return event(EventKind::evidence_received); }},
      {"appointment_scheduled", [&] { return meeting(AppointmentState::scheduled); }},
      {"appointment_rescheduled", [&] { return meeting(AppointmentState::rescheduled); }},
      {"stage_entered", [&] { return event(EventKind::stage_entered, "accepted"); }},
      {"decided", decision},
      {"closed", [&] { return event(EventKind::closed); }},
      {"reopened", [&] { return event(EventKind::reopened); }},
      {"corrected", [&] { return correction(picture().history.at(2).event.sequence); }}};
  std::size_t count = 0;
  for (const auto& [what, make] : acts) {
    SCOPED_TRACE(what);
    EXPECT_EQ(act(make()), "");
    EXPECT_NE(act(event(EventKind::stage_entered, "no-such-stage")), "");
    const auto looks = list_looks(*database().snapshot(), seen().visible.id, 50);
    ASSERT_EQ(looks.size(), ++count);
    EXPECT_EQ(looks[0].what, what);
    EXPECT_EQ(looks[0].officer, kMaya.officer);
    EXPECT_EQ(looks[0].unit, "Northport field office");
    EXPECT_FALSE(looks[0].reason.empty());
  }
}

TEST_P(WorkCaseContract, MakesAndMovesAppointments) {
  OfficeAct made{.version = version(),
                 .reason = kReasonQueue,
                 .content = AppointmentContent{.agency_appointment = "office-1",
                                               .kind = AppointmentKind::interview,
                                               .starts_at = testing::at_noon(2026, 12, 8),
                                               .place = "northport-asc",
                                               .state = AppointmentState::scheduled,
                                               .occurred_on = *parse_iso_date("2026-11-23")}};
  EXPECT_EQ(act(made), "");
  made.version = version();
  auto& content = std::get<AppointmentContent>(made.content);
  content.state = AppointmentState::rescheduled;
  content.starts_at = testing::at_noon(2026, 12, 9);
  EXPECT_EQ(act(made), "");
  ASSERT_EQ(picture().appointments.size(), 1U);
  EXPECT_EQ(picture().appointments.front().starts_at, testing::at_noon(2026, 12, 9));
  EXPECT_EQ(history(), "filed stage_entered appointment_scheduled appointment_rescheduled");
  expect_row_is_fold();
}

TEST_P(WorkCaseContract, QueuesWhatWaitsLongestFirst) {
  const auto& catalogue = testing::shipped_catalogue();
  const auto today = *parse_iso_date("2026-12-20");
  const auto numbers = [&](QueueAsked asked) {
    std::string all;
    for (const auto& one : list_waiting(*database().snapshot(), catalogue, asked, today))
      all += (all.empty() ? "" : " ") + one.visible.receipt_number.substr(9);
    return all;
  };
  world().clock.move(std::chrono::hours{24});
  take_in(RecordsOf("NPT2690002222", "I-130").party("pat", Role::petitioner).stage("received", "2026-11-24"));
  auto asked = event(EventKind::evidence_requested);
  std::get<EventContent>(asked.content).due_on = *parse_iso_date("2026-12-18");
  EXPECT_EQ(act(asked), "");
  EXPECT_EQ(numbers({.queue = Queue::waiting}), "2222");
  EXPECT_EQ(numbers({.queue = Queue::evidence_overdue}), "1234");
  EXPECT_EQ(numbers({.queue = Queue::evidence_overdue, .form = "I-130"}), "");
  world().clock.move(std::chrono::hours{24});
  EXPECT_EQ(act(event(EventKind::evidence_received)), "");
  EXPECT_EQ(numbers({.queue = Queue::waiting}), "2222 1234");
  EXPECT_EQ(numbers({.queue = Queue::waiting, .most = 1}), "2222");
  EXPECT_EQ(numbers({.queue = Queue::waiting,
                     .after = to_millis(testing::at_noon(2026, 11, 24)),
                     .after_receipt = "NPT2690002222"}),
            "1234");
  EXPECT_EQ(numbers({.queue = Queue::waiting, .form = "I-130"}), "2222");
  EXPECT_EQ(numbers({.queue = Queue::evidence_received}), "1234");
  EXPECT_EQ(numbers({.queue = Queue::evidence_overdue}), "");
}

ON_BOTH_DATABASES(WorkCaseContract);

}  // namespace
}  // namespace waymark::cases
