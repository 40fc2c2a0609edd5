#include "features/feed/import_feed.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <random>
#include <sstream>
#include <thread>

#include "features/cases/case_access.hpp"
#include "features/cases/case_store.hpp"
#include "features/feed/piece.hpp"
#include "support/case_world.hpp"
#include "support/databases.hpp"

namespace waymark::feed {
namespace {

using testing::CaseWorld;

std::string receipt(int number) { return fmt::format("NPT269{:07}", number); }

// What one agency might send about some cases, a line a record, in order: every type, several kinds, corrections.
std::vector<std::string> feed_of(int cases) {
  std::vector<std::string> lines;
  for (int number = 1; number <= cases; ++number) {
    int sequence = 0;
    const auto add = [&](std::string_view type, std::string_view fields) {
      ++sequence;
      lines.push_back(fmt::format(R"({{"record":"{}-{}","type":"{}","case":"{}","sequence":{},{}}})", receipt(number),
                                  sequence, type, receipt(number), sequence, fields));
    };
    add("case", R"("form":"I-765","filed_on":"2026-08-12")");
    add("party", R"("party":"p","role":"applicant","name":{"given":"Ana","family":"Reyes"},)"
                 R"("second_proof":{"kind":"birth_date","value":"1990-04-12"},"address":["18 Harbor Lane"])");
    add("access_code", R"("access_code":"c-1","party":"p","code":"K7QF-9ZTM-4WXCP","issued_on":"2026-11-20")");
    add("event", R"("kind":"stage_entered","stage":"received","occurred_on":"2026-08-12")");
    add("appointment", R"("appointment":"a","kind":"biometrics","starts_at":"2026-12-08T09:40:00-05:00",)"
                       R"("place":"northport-asc","state":"scheduled")");
    add("event", R"("kind":"stage_entered","stage":"biometrics","occurred_on":"2026-09-12")");
    add("event", R"("kind":"evidence_requested","occurred_on":"2026-11-10","due_on":"2026-12-18",)"
                 R"("items":[{"en":"Passport"},{"en":"Photo"}])");
    add("appointment", R"("appointment":"a","kind":"biometrics","starts_at":"2026-12-09T10:00:00-05:00",)"
                       R"("place":"northport-asc","state":"rescheduled")");
    add("access_code", R"("access_code":"c-1","party":"p","state":"withdrawn")");
    add("access_code", R"("access_code":"c-2","party":"p","code":"5555-5555-55555","issued_on":"2026-11-21")");
    add("party", R"("party":"p","role":"applicant","name":{"given":"Ana Luc\u00eda","family":"Reyes"},)"
                 R"("second_proof":{"kind":"birth_date","value":"1990-04-12"},"language":"es")");
    if (number % 2 == 0) add("event", R"("kind":"evidence_received","occurred_on":"2026-11-12")");
    if (number % 3 == 0) {
      add("event", R"("kind":"decided","outcome":"approved","occurred_on":"2026-11-20")");
      add("event", R"("kind":"closed","occurred_on":"2026-11-21","text":{"en":"The card is in the mail."})");
    }
  }
  return lines;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const auto& line : lines) text += line + "\n";
  return text;
}

// Everything that people could see or that decides about it, in one text; without ids, seals and nonces.
std::string state_of(CaseWorld& world) {
  std::string all;
  const auto snapshot = world.database.snapshot();
  const auto dump = [&](std::string_view name, std::string_view sql, int columns) {
    all += fmt::format("== {}\n", name);
    snapshot->each({name, sql}, {}, [&](const db::Row& row) {
      for (int column = 0; column < columns; ++column)
        all += row.is_null(column) ? "-|" : std::string(row.text(column)) + "|";
      all += '\n';
    });
  };
  dump("test.cases",
       "SELECT receipt_number, form, filed_on, CAST(feed_sequence AS TEXT), stage, stage_since, CAST(step AS TEXT), "
       "CAST(furthest_step AS TEXT), outcome, CAST(open_requests AS TEXT), evidence_due_on, "
       "CAST(evidence_documents AS TEXT), last_kind, last_stage, last_on FROM cases ORDER BY receipt_number",
       15);
  dump("test.events",
       "SELECT c.receipt_number, CAST(e.sequence AS TEXT), e.record, e.kind, e.stage, e.occurred_on, e.due_on, "
       "e.outcome, "
       "CAST(e.documents AS TEXT) FROM case_events e JOIN cases c ON c.id = e.case_id "
       "ORDER BY c.receipt_number, e.sequence",
       9);
  dump("test.appointments",
       "SELECT c.receipt_number, a.agency_appointment, CAST(a.starts_at AS TEXT), a.state FROM appointments a JOIN "
       "cases c "
       "ON c.id = a.case_id ORDER BY c.receipt_number, a.agency_appointment",
       4);
  dump("test.requests",
       "SELECT c.receipt_number, CAST(r.sequence AS TEXT), r.due_on, r.answered_on FROM evidence_requests r JOIN cases "
       "c "
       "ON c.id = r.case_id ORDER BY c.receipt_number, r.sequence",
       4);
  dump("test.codes",
       "SELECT c.receipt_number, p.agency_party, p.language, k.agency_code, CAST(k.withdrawn_at AS TEXT) FROM "
       "access_codes k "
       "JOIN parties p ON p.id = k.party_id JOIN cases c ON c.id = p.case_id ORDER BY c.receipt_number, k.agency_code",
       5);
  dump("test.held", "SELECT record FROM feed_held ORDER BY record", 1);
  return all;
}

// Gives way after some writing units, as a process that is killed does.
class DyingDatabase final : public db::Database {
 public:
  explicit DyingDatabase(db::Database& real) : real_(real) {}
  std::atomic<int> units_left = 1'000'000;

  void write_unit(const std::function<void(db::Transaction&)>& unit, db::Urgency urgency) override {
    if (units_left-- <= 0) throw db::DatabaseError("killed");
    real_.write_unit(unit, urgency);
  }
  std::unique_ptr<db::Snapshot> snapshot() override { return real_.snapshot(); }
  bool reads_are_inline() const override { return real_.reads_are_inline(); }
  std::string_view kind() const override { return real_.kind(); }
  void ping() override { real_.ping(); }
  void back_up_to(const std::string& file) override { real_.back_up_to(file); }

 private:
  db::Database& real_;
};

class ImportFeed : public testing::DatabaseContract {
 protected:
  void SetUp() override {
    DatabaseContract::SetUp();
    if (IsSkipped()) return;
    dying_ = std::make_unique<DyingDatabase>(database());
    world_ = std::make_unique<CaseWorld>(*dying_);
  }
  void TearDown() override {
    world_.reset();
    DatabaseContract::TearDown();
  }
  CaseWorld& world() { return *world_; }
  DyingDatabase& dying() { return *dying_; }

  FeedSummary import_text(const std::string& text) {
    reported_.clear();
    std::istringstream stream(text);
    return import_feed(world().cases, stream, [&](const RefusedRecord& refused) { note(refused); });
  }
  std::filesystem::path write_file(const std::string& text) {
    const auto file = made().folder() / "feed.ndjson";
    std::ofstream(file, std::ios::binary) << text;
    return file;
  }
  FeedSummary import_file(const std::filesystem::path& file) {
    reported_.clear();
    return import_feed(world().cases, file, [&](const RefusedRecord& refused) { note(refused); });
  }
  const std::vector<std::string>& reported() const { return reported_; }

 private:
  void note(const RefusedRecord& refused) {
    reported_.push_back(fmt::format("{}:{}:{}:{}", refused.line, refused.record, refused.field, refused.reason));
  }
  std::unique_ptr<DyingDatabase> dying_;
  std::unique_ptr<CaseWorld> world_;
  std::vector<std::string> reported_;
};

std::string counts(const FeedSummary& summary) {
  return fmt::format("{} lines, {} in, {} known, {} refused, {} waiting", summary.lines, summary.went_in, summary.known,
                     summary.refused, summary.waiting);
}

// The state that a feed gives when it is played once, in order, into an empty database.
std::string expected_state(const std::vector<std::string>& lines) {
  testing::TestDatabase fresh("sqlite");
  CaseWorld world(fresh.database());
  std::istringstream stream(joined(lines));
  const auto summary = import_feed(world.cases, stream, [](const RefusedRecord& refused) {
    ADD_FAILURE() << refused.line << " " << refused.field << " " << refused.reason;
  });
  EXPECT_EQ(summary.went_in, static_cast<std::int64_t>(lines.size()));
  return state_of(world);
}

TEST_P(ImportFeed, TakesEveryTypeOfRecordIn) {
  const auto lines = feed_of(6);
  EXPECT_EQ(counts(import_text(joined(lines))),
            fmt::format("{0} lines, {0} in, 0 known, 0 refused, 0 waiting", lines.size()));
  EXPECT_EQ(state_of(world()), expected_state(lines));
}

TEST_P(ImportFeed, Incident_I45_PlayedTwiceChangesNothing) {
  const auto lines = feed_of(5);
  import_text(joined(lines));
  const auto once = state_of(world());
  EXPECT_EQ(counts(import_text(joined(lines))),
            fmt::format("{0} lines, 0 in, {0} known, 0 refused, 0 waiting", lines.size()));
  EXPECT_EQ(state_of(world()), once);
  // Twice in one file as well.
  EXPECT_EQ(import_text(joined(lines) + joined(lines)).refused, 0);
  EXPECT_EQ(state_of(world()), once);
}

TEST_P(ImportFeed, Incident_I45_ShuffledOverSeveralFilesGivesTheSame) {
  const auto lines = feed_of(8);
  const auto expected = expected_state(lines);
  std::mt19937 shuffle(GetParam() == "sqlite" ? 1 : 2);
  auto order = lines;
  std::ranges::shuffle(order, shuffle);
  // Cut into files at places of their own, some lines in two of them.
  std::size_t from = 0;
  FeedSummary last;
  while (from < order.size()) {
    const auto to = std::min(order.size(), from + 1 + shuffle() % 30);
    last = import_text(
        joined({order.begin() + static_cast<std::ptrdiff_t>(from), order.begin() + static_cast<std::ptrdiff_t>(to)}));
    EXPECT_TRUE(reported().empty()) << reported().front();
    from = to - (to < order.size() && to - from > 2 ? shuffle() % 2 : 0);
  }
  EXPECT_EQ(last.waiting, 0);
  EXPECT_EQ(state_of(world()), expected);
}

TEST_P(ImportFeed, Incident_I45_EndedAnywhereAndStartedAgainGivesTheSame) {
  auto lines = feed_of(40);
  std::mt19937 shuffle(3);
  std::ranges::shuffle(lines, shuffle);
  const auto expected = expected_state(lines);
  const auto file = write_file(joined(lines));
  int deaths = 0;
  for (int units = 1;; ++units) {
    dying().units_left = units;
    try {
      const auto summary = import_file(file);
      EXPECT_EQ(summary.went_in, static_cast<std::int64_t>(lines.size())) << "counted over all tries";
      EXPECT_EQ(summary.known, 0);
      break;
    } catch (const db::DatabaseError&) {
      ++deaths;
    }
    ASSERT_LT(deaths, 200);
  }
  dying().units_left = 1'000'000;
  EXPECT_GT(deaths, 0);
  EXPECT_EQ(state_of(world()), expected);
  // Finished: the same file is played from its beginning again.
  const auto again = import_file(file);
  EXPECT_FALSE(again.was_resumed);
  EXPECT_EQ(again.known, static_cast<std::int64_t>(lines.size()));
}

TEST_P(ImportFeed, ReportsEachRefusedRecordAndTakesTheOthersIn) {
  auto lines = feed_of(2);
  lines.insert(lines.begin() + 1, "not json at all");
  lines.insert(lines.begin() + 3, R"({"record":"x-1","type":"party","case":"NPT2690000001"})");
  lines.push_back("");
  lines.push_back(fmt::format(
      R"({{"record":"x-2","type":"event","case":"{}","sequence":13,"kind":"stage_entered","stage":"moon","occurred_on":"2026-08-12"}})",
      receipt(2)));
  lines.push_back(std::string(kLineBytesMax + 1, 'x'));
  const auto summary = import_text(joined(lines));
  EXPECT_EQ(counts(summary),
            fmt::format("{} lines, {} in, 0 known, 4 refused, 1 waiting", lines.size(), lines.size() - 5))
      << "the stage may be known one day";
  const auto last = lines.size();
  EXPECT_THAT(reported(), ::testing::UnorderedElementsAre("2:::not_json", "4:x-1:sequence:missing_field",
                                                          fmt::format("{}:x-2:stage:unknown_stage", last - 1),
                                                          fmt::format("{}:::not_json", last)));
}

TEST_P(ImportFeed, HoldsLaterRecordsBackUntilARightOneComes) {
  const auto lines = feed_of(1);
  auto with_gap = lines;
  with_gap[3] = R"({"record":"wrong","type":"event","case":"NPT2690000001","sequence":4,"kind":"stage_entered",)"
                R"("stage":"moon","occurred_on":"2026-08-12"})";
  EXPECT_EQ(counts(import_text(joined(with_gap))), "11 lines, 3 in, 0 known, 1 refused, 8 waiting");
  EXPECT_EQ(counts(import_text(joined(with_gap))), "11 lines, 0 in, 3 known, 1 refused, 8 waiting");
  EXPECT_EQ(counts(import_text(lines[3] + "\n")), "1 lines, 8 in, 0 known, 0 refused, 0 waiting");
  EXPECT_EQ(state_of(world()), expected_state(lines));
}

// A catalogue that has the form I-90 under another number too.
catalogue::Catalogue catalogue_with(const std::string& number, const std::string& file_name) {
  for (const auto& file : embedded_files()) {
    if (file.path != "catalogue/us/forms/i-90.json") continue;
    auto content = std::string(file.content);
    content.replace(content.find("I-90"), 4, number);
    return testing::embedded_catalogue({{"catalogue/us/forms/" + file_name, content}});
  }
  throw std::runtime_error("there is no form I-90");
}

TEST_P(ImportFeed, KeepsWhatTheCatalogueDoesNotKnowUntilItDoes) {
  const std::string of_case = R"("case":"NPT2690000007",)";
  const std::string opened =
      R"({"record":"n-1","type":"case",)" + of_case + R"("sequence":1,"form":"X-7","filed_on":"2026-08-12"})";
  const std::string entered = R"({"record":"n-2","type":"event",)" + of_case +
                              R"("sequence":2,"kind":"stage_entered","stage":"received","occurred_on":"2026-08-12"})";
  EXPECT_EQ(counts(import_text(joined({entered, opened}))), "2 lines, 0 in, 0 known, 1 refused, 2 waiting");
  EXPECT_THAT(reported(), ::testing::ElementsAre("2:n-1:form:unknown_form"));
  // Tried again with each import, and told once.
  EXPECT_EQ(counts(import_text("\n")), "1 lines, 0 in, 0 known, 0 refused, 2 waiting");
  EXPECT_EQ(counts(import_text(joined({opened}))), "1 lines, 0 in, 0 known, 1 refused, 2 waiting") << "sent again";

  const auto newer = catalogue_with("X-7", "x-7.json");
  CaseWorld knowing(database(), newer);
  knowing.clock.move(std::chrono::hours{1});
  std::istringstream nothing("\n");
  const auto summary = import_feed(knowing.cases, nothing, [](const RefusedRecord& refused) {
    ADD_FAILURE() << refused.record << ": " << refused.reason;
  });
  EXPECT_EQ(counts(summary), "1 lines, 2 in, 0 known, 0 refused, 0 waiting");
  EXPECT_EQ(cases::find_stored_case(*database().snapshot(), "NPT2690000007")->state.stage, "received");
}

TEST_P(ImportFeed, LetsARightRecordTakeThePlaceOfOneThatTheCatalogueDoesNotKnow) {
  const auto moon = [](std::string_view record, std::string_view stage) {
    return fmt::format(R"({{"record":"{}","type":"event","case":"NPT2690000001","sequence":12,)"
                       R"("kind":"stage_entered","stage":"{}","occurred_on":"2026-11-13"}})"
                       "\n",
                       record, stage);
  };
  import_text(joined(feed_of(1)));
  EXPECT_EQ(counts(import_text(moon("z", "moon"))), "1 lines, 0 in, 0 known, 1 refused, 1 waiting");
  EXPECT_EQ(counts(import_text(moon("z", "mars"))), "1 lines, 0 in, 0 known, 1 refused, 1 waiting") << "changed";
  EXPECT_EQ(counts(import_text(moon("z", "received"))), "1 lines, 1 in, 0 known, 0 refused, 0 waiting");
}

TEST_P(ImportFeed, RefusesChangedContentAndUsedNumbersAlsoWhileTheyWait) {
  const auto at = [](std::string_view record, int sequence, std::string_view day) {
    return fmt::format(
        R"({{"record":"{}","type":"event","case":"NPT2690000001","sequence":{},"kind":"stage_entered","stage":"received","occurred_on":"{}"}})"
        "\n",
        record, sequence, day);
  };
  import_text(at("a", 5, "2026-08-12"));
  EXPECT_EQ(counts(import_text(at("a", 5, "2026-08-12"))), "1 lines, 0 in, 0 known, 0 refused, 1 waiting");
  import_text(at("a", 5, "2026-08-13"));
  EXPECT_EQ(reported(), std::vector<std::string>{"1:a:record:record_changed"});
  import_text(at("b", 5, "2026-08-12"));
  EXPECT_EQ(reported(), std::vector<std::string>{"1:b:sequence:sequence_used"});
}

TEST_P(ImportFeed, RefusesAWaitingRecordWhenItsTurnComesAndItDoesNotFit) {
  auto lines = feed_of(1);
  const std::string late =
      R"({"record":"late","type":"event","case":"NPT2690000001","sequence":12,"kind":"evidence_received",)"
      R"("answers":3,"occurred_on":"2026-11-12"})"
      "\n";
  EXPECT_EQ(import_text(late).waiting, 1);
  EXPECT_EQ(counts(import_text(joined(lines))), "11 lines, 11 in, 0 known, 1 refused, 0 waiting");
  EXPECT_EQ(reported(), std::vector<std::string>{"0:late:answers:unknown_request"});
}

TEST_P(ImportFeed, MayRunTwiceAtOnce) {
  auto lines = feed_of(60);
  const auto expected = expected_state(lines);
  auto backwards = lines;
  std::ranges::reverse(backwards);
  std::atomic<std::int64_t> went_in{0};
  {
    std::vector<std::jthread> imports;
    for (const auto& order : {lines, backwards, lines}) {
      imports.emplace_back([&, text = joined(order)] {
        std::istringstream stream(text);
        const auto summary = import_feed(world().cases, stream, [](const RefusedRecord& refused) {
          ADD_FAILURE() << refused.line << " " << refused.record << " " << refused.field << " " << refused.reason;
        });
        went_in += summary.went_in;
      });
    }
  }
  // What one held back when another had ended already waits for the next import.
  import_text("");
  EXPECT_EQ(state_of(world()), expected);
  EXPECT_GE(went_in, 1);
}

TEST_P(ImportFeed, TakesLongFilesInPieceByPiece) {
  // More than two pieces, cases spread over all of them.
  const auto by_case = feed_of(800);
  std::vector<std::string> by_time;
  for (std::size_t turn = 0; turn < 14; ++turn) {
    std::size_t at = 0;
    for (int number = 1; number <= 800; ++number) {
      const std::size_t of_case = 11U + (number % 2 == 0 ? 1 : 0) + (number % 3 == 0 ? 2 : 0);
      if (turn < of_case) by_time.push_back(by_case[at + turn]);
      at += of_case;
    }
  }
  ASSERT_EQ(by_time.size(), by_case.size());
  ASSERT_GT(by_time.size(), 2 * static_cast<std::size_t>(kPieceLines));
  const auto summary = import_text(joined(by_time));
  EXPECT_EQ(summary.went_in, static_cast<std::int64_t>(by_case.size()));
  EXPECT_EQ(summary.waiting, 0);
  EXPECT_TRUE(reported().empty());
}

ON_BOTH_DATABASES(ImportFeed);

}  // namespace
}  // namespace waymark::feed
