#include "features/cases/intake/intake.hpp"

#include <gtest/gtest.h>

#include "features/cases/case_access.hpp"
#include "support/case_world.hpp"
#include "support/databases.hpp"

namespace waymark::cases {
namespace {

using testing::CaseWorld;
using testing::RecordsOf;

const std::string kReceipt = "NPT2690001234";

class IntakeContract : public testing::CaseBed {
 protected:
  void SetUp() override {
    CaseBed::SetUp();
    if (IsSkipped()) return;
  }
  // "went_in early refused:stage:unknown_stage"
  std::string verdicts(std::vector<AgencyRecord> records) {
    static constexpr std::string_view kNames[] = {"went_in", "known", "early", "refused"};
    std::string all;
    for (const auto& answer : world().take_in(std::move(records))) {
      if (!all.empty()) all += ' ';
      all += kNames[static_cast<int>(answer.verdict)];
      if (answer.verdict == Verdict::refused) all += fmt::format(":{}:{}", answer.field, answer.reason);
    }
    return all;
  }
  StoredCase stored() { return *find_stored_case(*database().snapshot(), kReceipt); }
};

EventContent event(EventKind kind) { return {.kind = kind, .occurred_on = *parse_iso_date("2026-09-09")}; }

TEST_P(IntakeContract, KeepsTheStateThatFoldingItsHistoryGives) {
  // Some ways through a form, made of every kind of event; after each record the row must be the fold.
  const auto& form = *testing::shipped_catalogue().find_form("I-765");
  SeededRandom random(5);
  for (int round = 0; round < 6; ++round) {
    RecordsOf way("NPT269000000" + std::to_string(round));
    way.party("ana", Role::applicant);
    for (int step = 0; step < 25; ++step) {
      switch (random.below(7)) {
        case 0: {
          auto asked = event(EventKind::evidence_requested);
          if (random.below(2) == 0) asked.due_on = *parse_iso_date(fmt::format("2026-12-{}", 10 + random.below(20)));
          asked.items.resize(random.below(3), {{"en", "A paper"}});
          way.event(asked);
          break;
        }
        case 1:
          way.event(event(EventKind::evidence_received));
          break;
        case 2: {
          auto decided = event(EventKind::decided);
          decided.outcome = catalogue::Outcome::approved;
          way.event(decided);
          break;
        }
        case 3:
          way.event(event(random.below(2) == 0 ? EventKind::closed : EventKind::reopened));
          break;
        case 4:
          way.appointment("a", testing::at_noon(2026, 12, 1 + random.below(20)));
          break;
        default:
          way.stage(form.stages[random.below(static_cast<std::uint32_t>(form.stages.size()))].name,
                    fmt::format("2026-10-{}", 10 + random.below(20)));
      }
    }
    // Records that don't fit (an answer to nothing) are left out, and the ones after them take their number.
    std::int64_t sequence = 0;
    Intake intake(world().cases);
    for (auto record : way.records()) {
      record.sequence = sequence + 1;
      record.name = fmt::format("{}-{}", record.receipt_number, record.id = world().ids.next_value());
      const auto answer = world().database.write([&](db::Transaction& tx) {
        intake.begin(world().clock.now());
        const auto given = intake.take_in(tx, record);
        intake.write_back(tx);
        return given;
      });
      intake.committed();
      sequence = answer.sequence;
      const auto snapshot = database().snapshot();
      const auto kept = find_stored_case(*snapshot, record.receipt_number);
      std::vector<StoredEvent> events;
      queue_history(*snapshot, kept->id, events);
      snapshot->drain();
      CaseState folded;
      for (const auto& one : events) fold(folded, one.event, form);
      ASSERT_EQ(kept->state, folded) << "after " << record.name;
      ASSERT_EQ(kept->feed_sequence, sequence);
      ASSERT_EQ(static_cast<std::int64_t>(events.size()), sequence);
    }
    EXPECT_GT(sequence, 10);
  }
}

TEST_P(IntakeContract, KnowsARecordThatIsPlayedAgain) {
  const auto records = RecordsOf(kReceipt).party("ana", Role::applicant).stage("received", "2026-08-12").records();
  EXPECT_EQ(verdicts(records), "went_in went_in went_in");
  const auto before = stored();
  EXPECT_EQ(verdicts(records), "known known known");
  EXPECT_EQ(stored(), before);
}

TEST_P(IntakeContract, RefusesAKnownNameWithOtherContentAndAUsedNumber) {
  auto records = RecordsOf(kReceipt).stage("received", "2026-08-12").stage("accepted", "2026-08-20").records();
  verdicts(records);
  records[1].content_hash = "other";
  EXPECT_EQ(verdicts({records[1]}), "refused:record:record_changed");
  records[1].name = "new-name";
  EXPECT_EQ(verdicts({records[1]}), "refused:sequence:sequence_used");
  records[2].sequence = 4;
  EXPECT_EQ(verdicts({records[2]}), "refused:record:record_changed") << "a known name at a new place";
  EXPECT_EQ(stored().feed_sequence, 3);
}

TEST_P(IntakeContract, HoldsBackWhatComesTooEarly) {
  const auto records = RecordsOf(kReceipt).stage("received", "2026-08-12").stage("accepted", "2026-08-20").records();
  EXPECT_EQ(verdicts({records[1]}), "early");
  EXPECT_EQ(verdicts({records[0], records[2]}), "went_in early");
  EXPECT_EQ(verdicts({records[1], records[2]}), "went_in went_in");
}

TEST_P(IntakeContract, RefusesWhatDoesNotFitTheCase) {
  auto no_case = RecordsOf("NPT2690000001").stage("received", "2026-08-12").records();
  no_case[1].sequence = 1;
  EXPECT_EQ(verdicts({no_case[1]}), "refused:type:unknown_case");
  EXPECT_EQ(verdicts({RecordsOf("NPT2690000002", "I-000").records()[0]}), "refused:form:unknown_form");

  verdicts(RecordsOf(kReceipt));
  const auto second = [&](RecordsOf one) {
    auto record = one.records().back();
    record.sequence = 2;
    record.name += "-second";
    return verdicts({record});
  };
  EXPECT_EQ(second(RecordsOf(kReceipt).stage("teleported", "2026-08-12")), "refused:stage:unknown_stage");
  EXPECT_EQ(second(RecordsOf(kReceipt).party("b", Role::beneficiary)), "refused:role:unknown_role");
  EXPECT_EQ(second(RecordsOf(kReceipt).code("nobody", "1111111111111")), "refused:party:unknown_party");
  EXPECT_EQ(second(RecordsOf(kReceipt).event(event(EventKind::evidence_received))), "refused:kind:unknown_request");
  EXPECT_EQ(second(RecordsOf(kReceipt).event(event(EventKind::closed))), "refused:outcome:missing_field");
  auto answer = event(EventKind::evidence_received);
  answer.answers = 9;
  EXPECT_EQ(second(RecordsOf(kReceipt).event(answer)), "refused:answers:unknown_request");
  auto elsewhere = RecordsOf(kReceipt).appointment("a", testing::at_noon(2026, 12, 8)).records().back();
  std::get<AppointmentContent>(elsewhere.content).place = "atlantis";
  EXPECT_EQ(verdicts({elsewhere}), "refused:place:unknown_place");
  EXPECT_EQ(stored().feed_sequence, 1);
}

TEST_P(IntakeContract, SealsWhatIsPersonal) {
  verdicts(RecordsOf(kReceipt).party("ana", Role::applicant).code("ana", "K7QF9ZTM4WXCP"));
  const auto snapshot = database().snapshot();
  const db::Query kAll{"test.parties", "SELECT name_sealed, address_sealed, proof_hash FROM parties"};
  snapshot->each(kAll, {}, [](const db::Row& row) {
    for (int column = 0; column < 3; ++column) {
      EXPECT_EQ(row.bytes(column).find("Ana"), std::string_view::npos);
      EXPECT_EQ(row.bytes(column).find("Harbor"), std::string_view::npos);
      EXPECT_EQ(row.bytes(column).find("1990"), std::string_view::npos);
    }
  });
  const db::Query kCodes{"test.codes", "SELECT code_hash FROM access_codes"};
  snapshot->each(kCodes, {}, [](const db::Row& row) {
    EXPECT_EQ(row.bytes(0).size(), 32U);
    EXPECT_EQ(row.bytes(0).find("K7QF"), std::string_view::npos);
  });
}

TEST_P(IntakeContract, StopsAUnitWhoseCaseAnotherWriterChanged) {
  const auto records = RecordsOf(kReceipt).stage("received", "2026-08-12").stage("accepted", "2026-08-20").records();
  verdicts({records[0]});
  Intake slow(world().cases);
  slow.know(Intake::read_ahead(*database().snapshot(), {kReceipt}));
  verdicts({records[1], records[2]});
  auto late = RecordsOf(kReceipt).stage("biometrics", "2026-08-12").records()[1];
  late.name = "late";
  late.id = world().ids.next_value();
  const auto unit = [&](db::Transaction& tx) {
    slow.begin(world().clock.now());
    slow.take_in(tx, late);
    slow.write_back(tx);
  };
  // The sequence is taken in the history, or the row has moved on: either way nothing is written.
  EXPECT_ANY_THROW(database().write(unit));
  EXPECT_EQ(stored().feed_sequence, 3);
  EXPECT_EQ(stored().state.stage, "accepted");
}

// Lets another writer in before the first query of that name.
class Interrupted final : public db::Snapshot {
 public:
  Interrupted(db::Snapshot& inner, std::string_view before, std::function<void()> act)
      : inner_(inner), before_(before), act_(std::move(act)) {}
  void each(const db::Query& query, db::Parameters parameters, const db::RowFunction& row) override {
    if (query.name == before_) std::exchange(act_, [] {})();
    inner_.each(query, parameters, row);
  }
  void queue(const db::Query& query, db::Parameters parameters, db::RowFunction row) override {
    inner_.queue(query, parameters, std::move(row));
  }
  void drain() override { inner_.drain(); }

 private:
  db::Snapshot& inner_;
  std::string_view before_;
  std::function<void()> act_;
};

TEST_P(IntakeContract, ReadsACaseAndItsOpenRequestsAsTheyStandTogether) {
  RecordsOf records(kReceipt);
  records.party("ana", Role::applicant);
  auto asked = event(EventKind::evidence_requested);
  asked.items.resize(1, {{"en", "A paper"}});
  records.event(asked);
  ASSERT_EQ(verdicts(records), "went_in went_in went_in");
  const auto answer = [&] {
    ASSERT_EQ(verdicts(records.event(event(EventKind::evidence_received))), "known known known went_in");
  };
  if (is_sqlite()) {  // one writer at a time: nothing can come between
    answer();
    EXPECT_TRUE(stored().state.open_requests.empty());
    return;
  }
  const auto read = database().write([&](db::Transaction& tx) {
    Interrupted between(tx, "cases.open_requests", answer);
    return find_stored_case(between, kReceipt);
  });
  EXPECT_EQ(read, stored());
}

ON_BOTH_DATABASES(IntakeContract);

}  // namespace
}  // namespace waymark::cases
