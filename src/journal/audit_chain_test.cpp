// The audit trail's chain, on each database: every row gets one place, and whatever is done to them afterwards shows.
#include <gmock/gmock.h>

#include <barrier>
#include <fstream>
#include <future>
#include <latch>
#include <thread>

#include "base/text.hpp"
#include "journal/audit.hpp"
#include "journal/audit_chainer.hpp"
#include "journal/audit_verify.hpp"
#include "support/databases.hpp"

namespace waymark::journal {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr Instant kStart{std::chrono::seconds{1'800'000'000}};

class AuditChain : public waymark::testing::DatabaseContract {
 protected:
  void SetUp() override {
    DatabaseContract::SetUp();
    if (IsSkipped()) return;
    file = made().folder() / "audit-checkpoints.jsonl";
  }
  std::unique_ptr<AuditChainer> make_chainer(std::int64_t holder = 1) {
    return std::make_unique<AuditChainer>(AuditChainer::Parts{.database = database(),
                                                              .clock = clock,
                                                              .random = random,
                                                              .metrics = metrics(),
                                                              .keys = keys,
                                                              .outside_copy = file,
                                                              .holder = holder});
  }
  void write_rows(int first, int count) {
    database().write([&](db::Transaction& tx) {
      for (int id = first; id < first + count; ++id)
        record(tx, {.id = id, .at = kStart, .event = "session.started", .account = AccountId{5}, .network = "00ff"});
    });
  }
  // Ten rows in the chain, signed after the fifth and the tenth.
  void chain_ten() {
    const auto chainer = make_chainer();
    for (int first : {101, 106}) {
      write_rows(first, 5);
      EXPECT_EQ(chainer->chain_waiting(), 5);
      EXPECT_TRUE(chainer->sign_end(true));
      chainer->copy_outside();
    }
  }
  void tamper(const std::string& sql) {
    database().write([&](db::Transaction& tx) { tx.run({"", sql}, {}); });
  }
  AuditVerification verify() {
    findings.clear();
    return verify_audit(database(), SigningKeys(keys, kCheckpointPurpose), file,
                        [&](const AuditFinding& finding) { findings.push_back(finding); });
  }
  // "POSITION/ROW: what" of each finding.
  std::vector<std::string> found() {
    verify();
    std::vector<std::string> named;
    for (const auto& finding : findings)
      named.push_back(fmt::format("{}/{}: {}", finding.position, finding.audit_id, finding.what));
    return named;
  }

  FixedClock clock{kStart};
  SystemRandom random;
  KeyRing keys = make_keys(random);
  std::filesystem::path file;
  std::vector<AuditFinding> findings;
};
ON_BOTH_DATABASES(AuditChain);

// SQLite has one writer: nothing commits late there.
class AuditChainOfManyWriters : public AuditChain {};
INSTANTIATE_TEST_SUITE_P(Postgres, AuditChainOfManyWriters, ::testing::Values("postgres"));

TEST_P(AuditChain, HoldsEachRowOnceAndIsWhole) {
  chain_ten();
  const auto seen = verify();
  EXPECT_THAT(findings, IsEmpty());
  EXPECT_EQ(seen.rows, 10);
  EXPECT_EQ(seen.checkpoints, 2);
  EXPECT_EQ(seen.copied, 2);
  EXPECT_TRUE(seen.has_copy);
  EXPECT_EQ(seen.waiting, 0);
  EXPECT_EQ(seen.unsigned_rows, 0);
  write_rows(200, 3);
  EXPECT_EQ(verify().waiting, 3);
  EXPECT_THAT(findings, IsEmpty());
}

TEST_P(AuditChain, IsWholeWhenNothingWasEverWritten) {
  EXPECT_EQ(make_chainer()->chain_waiting(), 0);
  EXPECT_FALSE(make_chainer()->sign_end(true));
  EXPECT_THAT(found(), IsEmpty());
}

TEST_P(AuditChain, TakesMoreThanOneTurnHolds) {
  write_rows(1, 1503);
  EXPECT_EQ(make_chainer()->chain_waiting(), 1503);
  EXPECT_EQ(verify().rows, 1503);
  EXPECT_THAT(findings, IsEmpty());
}

TEST_P(AuditChain, ShowsARowThatWasChanged) {
  chain_ten();
  for (const char* change : {"event = 'session.ended'", "at = at + 1", "account = 6", "account = NULL", "on_case = 1",
                             "actor = 'system'", "detail = 'x'", "network = ''"}) {
    tamper("CREATE TABLE kept AS SELECT * FROM audit WHERE id = 103");
    tamper(fmt::format("UPDATE audit SET {} WHERE id = 103", change));
    EXPECT_THAT(found(), ElementsAre("3/103: the row was changed")) << change;
    tamper("DELETE FROM audit WHERE id = 103");
    tamper("INSERT INTO audit SELECT * FROM kept");
    tamper("DROP TABLE kept");
    EXPECT_THAT(found(), IsEmpty());
  }
}

TEST_P(AuditChain, ShowsARowThatWasRemoved) {
  chain_ten();
  tamper("DELETE FROM audit WHERE id = 104");
  EXPECT_THAT(found(), ElementsAre("4/104: the row was removed"));
  tamper("DELETE FROM audit_chain WHERE audit_id = 104");
  EXPECT_THAT(found(), ElementsAre("4/0: the place is gone"));
  tamper("DELETE FROM audit_chain WHERE position < 4");
  EXPECT_THAT(found(), ElementsAre("1/0: the places from here to 4 are gone", HasSubstr("101: the row was put in"),
                                   HasSubstr("102: the row was put in"), HasSubstr("103: the row was put in")));
}

TEST_P(AuditChain, ShowsARowThatWasRemovedBeforeItHadItsPlace) {
  chain_ten();
  write_rows(200, 2);
  tamper("DELETE FROM audit WHERE id = 200");
  EXPECT_THAT(found(), ElementsAre("0/200: the row was removed before it got its place"));
  EXPECT_EQ(make_chainer()->chain_waiting(), 2);
  EXPECT_THAT(found(), ElementsAre("11/200: the row was removed"));
}

TEST_P(AuditChain, ShowsRowsThatChangedPlaces) {
  chain_ten();
  tamper("UPDATE audit_chain SET position = -3 WHERE position = 3");
  tamper("UPDATE audit_chain SET position = 3 WHERE position = 4");
  tamper("UPDATE audit_chain SET position = 4 WHERE position = -3");
  EXPECT_THAT(found(),
              ElementsAre(HasSubstr("3/104: the place does not follow"), HasSubstr("4/103: the place does not follow"),
                          HasSubstr("5/105: the place does not follow")));
}

TEST_P(AuditChain, ShowsARowThatWasPutIn) {
  chain_ten();
  tamper("INSERT INTO audit SELECT 99, at, event, account, on_case, actor, detail, network FROM audit WHERE id = 101");
  EXPECT_THAT(found(), ElementsAre("0/99: the row was put in: it has no place in the chain"));
}

TEST_P(AuditChain, ShowsAChainThatWasWrittenAnewAsWellAsItCanBe) {
  chain_ten();
  // Somebody who knows how it is made, and has no key: removes the last two rows, and lets them be chained otherwise.
  tamper("DELETE FROM audit_chain WHERE position > 8");
  tamper("DELETE FROM audit WHERE id = 109");
  tamper("UPDATE audit SET event = 'session.ended' WHERE id = 110");
  tamper("INSERT INTO audit_waiting (audit_id) VALUES (110)");
  write_rows(120, 5);
  clock.move(std::chrono::seconds{6});
  make_chainer(2)->chain_waiting();
  EXPECT_THAT(found(), ElementsAre(HasSubstr("10/110: the checkpoint of"), HasSubstr("10/110: line 2")));
  // And removes what was signed of it.
  tamper(fmt::format("DELETE FROM audit_checkpoints WHERE position = 10"));
  EXPECT_THAT(found(), ElementsAre(HasSubstr("10/110: line 2")));
}

TEST_P(AuditChain, ShowsAnEndThatWasCutOff) {
  chain_ten();
  tamper("DELETE FROM audit_chain WHERE position > 7");
  tamper("DELETE FROM audit WHERE id > 107");
  EXPECT_THAT(found(),
              ElementsAre(HasSubstr("10/110: cut off: the checkpoint of"), HasSubstr("10/110: cut off: line 2")));
  tamper("DELETE FROM audit_checkpoints WHERE position > 7");
  EXPECT_THAT(found(), ElementsAre(HasSubstr("10/110: cut off: line 2")));
  tamper("DELETE FROM audit_chain");
  tamper("DELETE FROM audit");
  tamper("DELETE FROM audit_checkpoints");
  EXPECT_THAT(found(), ElementsAre(HasSubstr("5/105: cut off: line 1"), HasSubstr("10/110: cut off: line 2")));
}

TEST_P(AuditChain, ShowsACheckpointThatNobodySigned) {
  chain_ten();
  tamper("UPDATE audit_checkpoints SET audit_id = 1 WHERE position = 5");
  EXPECT_THAT(found(), ElementsAre(HasSubstr("is not signed with this installation's keys")));
  EXPECT_EQ(findings.front().position, 5);
  const auto others = make_keys(random);
  const auto line = checkpoint_line(make_checkpoint(SigningKeys(others, kCheckpointPurpose), "restored",
                                                    {.position = 1, .audit_id = 101, .hash = std::string(32, 'h')},
                                                    kStart + std::chrono::hours{1}));
  std::ofstream(file, std::ios::app) << line << "\n";
  EXPECT_THAT(found(), ElementsAre(HasSubstr("5/1: the checkpoint of"), HasSubstr("1/101: line 3")));
}

TEST_P(AuditChain, StaysGoodWhenTheKeysAreRotated) {
  chain_ten();
  keys = with_new_root(keys, random);
  write_rows(200, 1);
  const auto chainer = make_chainer();
  chainer->chain_waiting();
  chainer->sign_end(true);
  chainer->copy_outside();
  EXPECT_THAT(found(), IsEmpty());
  EXPECT_EQ(find_newest_checkpoint(*database().snapshot())->key_number, 2U);
}

TEST_P(AuditChain, TakesABackupThatWasBroughtBackForWhatItIs) {
  chain_ten();
  // As a backup from before the last five rows has it.
  tamper("DELETE FROM audit_chain WHERE position > 5");
  tamper("DELETE FROM audit WHERE id > 105");
  tamper("DELETE FROM audit_checkpoints WHERE position > 5");
  clock.move(std::chrono::hours{1});
  const SigningKeys signing(keys, kCheckpointPurpose);
  database().write([&](db::Transaction& tx) { add_checkpoint(tx, signing, "restored", clock.now()); });
  OutsideCopy(file).catch_up(database());
  auto seen = verify();
  EXPECT_THAT(findings, IsEmpty());
  EXPECT_EQ(seen.taken_back, 1);
  EXPECT_EQ(seen.taken_back_position, 10);
  ASSERT_TRUE(seen.restored);
  EXPECT_EQ(seen.restored->position, 5);

  // What is written afterwards takes the same places, and is watched as ever.
  clock.move(std::chrono::minutes{1});
  write_rows(300, 6);
  const auto chainer = make_chainer();
  chainer->chain_waiting();
  chainer->sign_end(true);
  chainer->copy_outside();
  EXPECT_THAT(found(), IsEmpty());
  tamper("DELETE FROM audit_chain WHERE position > 8");
  tamper("DELETE FROM audit_checkpoints WHERE position > 8");
  tamper("DELETE FROM audit WHERE id > 302");
  EXPECT_THAT(found(), ElementsAre(HasSubstr("11/305: cut off: line 4")));
}

TEST_P(AuditChain, EndsWellAfterACrashBetweenTheSteps) {
  write_rows(1, 4);
  make_chainer(1)->chain_waiting();  // and the process is gone
  clock.move(std::chrono::seconds{6});
  const auto second = make_chainer(2);
  EXPECT_EQ(second->chain_waiting(), 0);
  EXPECT_TRUE(second->sign_end(false));  // gone again before the copy
  {
    // The copy of a third came half-way.
    const auto line = checkpoint_line(*find_newest_checkpoint(*database().snapshot()));
    std::ofstream(file) << line.substr(0, 50);
  }
  clock.move(std::chrono::seconds{6});
  const auto last = make_chainer(4);
  last->chain_waiting();
  last->sign_end(true);
  last->copy_outside();
  const auto seen = verify();
  EXPECT_THAT(findings, IsEmpty());
  EXPECT_EQ(seen.checkpoints, 1);
  EXPECT_EQ(seen.copied, 1);
}

TEST_P(AuditChain, KeepsOneChainerAtATimeUntilItsLeaseEnds) {
  const auto first = make_chainer(1);
  const auto second = make_chainer(2);
  write_rows(1, 1);
  EXPECT_EQ(first->chain_waiting(), 1);
  write_rows(2, 1);
  EXPECT_EQ(second->chain_waiting(), std::nullopt);
  EXPECT_EQ(first->chain_waiting(), 1);
  write_rows(3, 1);
  clock.move(std::chrono::seconds{6});
  EXPECT_EQ(second->chain_waiting(), 1);
  // A clock that was ahead and went back does not keep the others out.
  clock.move(std::chrono::hours{-24});
  write_rows(4, 1);
  EXPECT_EQ(first->chain_waiting(), 1);
}

TEST_P(AuditChain, SignsEveryTenSecondsWhereThereIsSomethingNew) {
  const auto chainer = make_chainer();
  write_rows(1, 1);
  chainer->chain_waiting();
  EXPECT_TRUE(chainer->sign_end(false));
  write_rows(2, 1);
  chainer->chain_waiting();
  EXPECT_FALSE(chainer->sign_end(false));
  clock.move(std::chrono::seconds{10});
  EXPECT_TRUE(chainer->sign_end(false));
  clock.move(std::chrono::seconds{10});
  EXPECT_FALSE(chainer->sign_end(false));
}

TEST_P(AuditChain, LosesAndDoublesNothingWhile64ThreadsWriteAndThreeChainersRunAtOnce) {
  constexpr int kThreads = 64;
  constexpr int kRowsAThread = 20;
  std::atomic<bool> are_writing{true};
  std::vector<std::thread> chainers;
  for (int holder = 1; holder <= 3; ++holder) {
    chainers.emplace_back([&, holder] {
      const auto chainer = make_chainer(holder);
      while (are_writing) {
        // Each believes that the others' leases are over.
        clock.move(std::chrono::seconds{6});
        if (chainer->chain_waiting()) chainer->sign_end(true);
      }
    });
  }
  std::barrier start(kThreads);
  std::vector<std::thread> writers;
  for (int thread = 0; thread < kThreads; ++thread) {
    writers.emplace_back([&, thread] {
      start.arrive_and_wait();
      for (int row = 0; row < kRowsAThread; ++row) write_rows(1 + thread + kThreads * row, 1);
    });
  }
  for (auto& writer : writers) writer.join();
  are_writing = false;
  for (auto& chainer : chainers) chainer.join();
  clock.move(std::chrono::seconds{6});
  const auto last = make_chainer(9);
  last->chain_waiting();
  last->sign_end(true);
  last->copy_outside();
  const auto seen = verify();
  EXPECT_THAT(findings, IsEmpty());
  EXPECT_EQ(seen.rows, kThreads * kRowsAThread);
  EXPECT_EQ(seen.waiting, 0);
}

TEST_P(AuditChainOfManyWriters, TakesARowThatIsCommittedAfterLaterOnesWereChained) {
  std::latch is_written(1);
  std::promise<void> may_commit;
  auto late = std::async(std::launch::async, [&] {
    database().write([&](db::Transaction& tx) {
      record(tx, {.id = 1, .at = kStart, .event = "account.opened", .account = AccountId{5}});
      is_written.count_down();
      may_commit.get_future().wait();
    });
  });
  is_written.wait();
  const auto chainer = make_chainer();
  write_rows(2, 3);
  EXPECT_EQ(chainer->chain_waiting(), 3);
  chainer->sign_end(true);
  may_commit.set_value();
  late.get();
  EXPECT_EQ(chainer->chain_waiting(), 1);
  EXPECT_EQ(verify().rows, 4);
  EXPECT_THAT(findings, IsEmpty());
}

TEST_P(AuditChain, IsKeptByTheThreadAndSignedWhenItEnds) {
  {
    const auto chainer = make_chainer();
    chainer->start();
    write_rows(1, 30);
  }
  const auto seen = verify();
  EXPECT_THAT(findings, IsEmpty());
  EXPECT_EQ(seen.rows, 30);
  EXPECT_EQ(seen.unsigned_rows, 0);
  EXPECT_GE(seen.copied, 1);
  EXPECT_EQ(make_chainer(2)->chain_waiting(), 0);
  write_rows(50, 1);
  EXPECT_EQ(make_chainer(2)->chain_waiting(), 1) << "the lease was not given up";
}

}  // namespace
}  // namespace waymark::journal
