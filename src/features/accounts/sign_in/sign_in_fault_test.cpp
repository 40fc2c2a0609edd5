// What signing in leaves behind when the database fails in the middle, or runs a unit twice.
#include "support/signing_in.hpp"

namespace waymark::accounts {
namespace {

using testing::kGoodPassword;
using testing::kWrongPassword;
using testing::refusal_of;

// Hands on to a real database, but fails or repeats as told.
class FaultyDatabase final : public db::Database {
 public:
  explicit FaultyDatabase(db::Database& real) : real_(real) {}

  int writes_until_busy = -1;     // 0: the next write; -1: never
  int snapshots_until_busy = -1;  // the same for reads
  // Runs before the second run of every unit, outside of it, with the number of writes before; none: units run once.
  std::function<void(int)> between_runs;
  int writes = 0;

  void write_unit(const std::function<void(db::Transaction&)>& unit, db::Urgency urgency) override {
    const int before = writes++;
    if (writes_until_busy >= 0 && writes_until_busy-- == 0) throw db::DatabaseBusy("no writer was free");
    if (between_runs) {
      try {
        real_.write_unit(
            [&](db::Transaction& tx) {
              unit(tx);
              throw RolledBack{};
            },
            urgency);
      } catch (const RolledBack&) {
        between_runs(before);
      }
    }
    real_.write_unit(unit, urgency);
  }
  std::unique_ptr<db::Snapshot> snapshot() override {
    if (snapshots_until_busy >= 0 && snapshots_until_busy-- == 0) throw db::DatabaseBusy("no reader was free");
    return real_.snapshot();
  }
  bool reads_are_inline() const override { return real_.reads_are_inline(); }
  std::string_view kind() const override { return real_.kind(); }
  void ping() override { real_.ping(); }
  void back_up_to(const std::string& file) override { real_.back_up_to(file); }

 private:
  struct RolledBack {};
  db::Database& real_;
};

class SignInFaults : public testing::DatabaseContract {
 protected:
  void SetUp() override {
    DatabaseContract::SetUp();
    if (IsSkipped()) return;
    faulty_ = std::make_unique<FaultyDatabase>(database());
    ana_ = std::make_unique<testing::SigningIn>(*faulty_);
  }
  void TearDown() override {
    ana_.reset();
    faulty_.reset();
    DatabaseContract::TearDown();
  }
  testing::SigningIn& ana() { return *ana_; }
  FaultyDatabase& faulty() { return *faulty_; }
  // Places whose outcome never came lapse.
  void wait_for_lapses() {
    ana().bed.clock.move(kPlaceLapses);
    faulty().writes_until_busy = -1;
    faulty().snapshots_until_busy = -1;
  }

  std::unique_ptr<FaultyDatabase> faulty_;
  std::unique_ptr<testing::SigningIn> ana_;
};

constexpr int kReadsBefore = 1;   // whether the browser is known
constexpr int kReservations = 1;  // units that reserve places: all of them in one

TEST_P(SignInFaults, AWrongPasswordCountsOnceWhereverTheDatabaseFails) {
  faulty().writes = 0;
  ana().give(kWrongPassword);
  const int writes = faulty().writes;
  EXPECT_EQ(writes, kReservations + 1);
  ana().forget_tries();
  for (int at = 0; at < writes; ++at) {
    const auto email = fmt::format("bo{}@example.org", at);
    faulty().writes_until_busy = at;
    EXPECT_THROW(ana().give(kWrongPassword, "203.0.113.9", email), db::DatabaseBusy) << at;
    wait_for_lapses();
    EXPECT_EQ(ana().failures(kSignInTries, email), at < kReservations ? 0 : 1) << at;
  }
}

TEST_P(SignInFaults, ARightPasswordStartsNothingWhenItsWriteFailsAndCountsAtMostOnce) {
  faulty().writes = 0;
  ana().half();
  const int writes = faulty().writes;
  EXPECT_EQ(writes, kReservations + 1);
  for (int at = 0; at < writes; ++at) {
    faulty().writes_until_busy = at;
    EXPECT_THROW(ana().give(kGoodPassword), db::DatabaseBusy) << at;
    wait_for_lapses();
    EXPECT_LE(ana().failures(kSignInTries, "ana@example.org"), 1) << at;
    EXPECT_TRUE(ana().give(kGoodPassword)) << at;
    EXPECT_EQ(ana().failures(kSignInTries, "ana@example.org"), 0) << at;
  }
}

TEST_P(SignInFaults, LapsedTriesLockForAQuarterOfAnHourAndNoLonger) {
  for (int i = 0; i < kSignInTries.tries_max; ++i) {
    faulty().snapshots_until_busy = kReadsBefore;
    EXPECT_THROW(ana().give(kGoodPassword), db::DatabaseBusy);
  }
  wait_for_lapses();
  const auto locked = ana().give(kGoodPassword);
  ASSERT_FALSE(locked);
  EXPECT_EQ(locked.error().retry_after, 15min);
  ana().bed.clock.move(15min - 1s);
  EXPECT_EQ(ana().give(kGoodPassword).error().retry_after, 1s);
  ana().bed.clock.move(1s);
  EXPECT_TRUE(ana().give(kGoodPassword));
}

TEST_P(SignInFaults, AsksADatabaseInTroubleForNothingMore) {
  faulty().snapshots_until_busy = kReadsBefore;
  faulty().writes = 0;
  EXPECT_THROW(ana().give(kGoodPassword), db::DatabaseBusy);
  EXPECT_EQ(faulty().writes, kReservations) << "the places lapse by themselves";
  wait_for_lapses();
  EXPECT_EQ(ana().failures(kSignInTries, "ana@example.org"), 1);
}

TEST_P(SignInFaults, ASecondFactorIsUsedWithItsSessionOrNotAtAll) {
  for (int at = 0; at < 2; ++at) {
    const auto half = ana().half();
    faulty().writes_until_busy = at;
    EXPECT_THROW(ana().prove_by_backup_code(half, ana().backup_codes[0]), db::DatabaseBusy) << at;
    wait_for_lapses();
    EXPECT_EQ(ana().standing(half), web::Standing::half_signed_in);
    EXPECT_LE(ana().failures(kSecondFactorTries, ana().subject()), 2);
  }
  EXPECT_TRUE(ana().prove_by_backup_code(ana().half(), ana().backup_codes[0]));
}

TEST_P(SignInFaults, ABackupCodeThatGetsNoTurnToBeHashedIsNoTry) {
  testing::FullHasher full;
  Accounts crowded(ana().bed.parts_with(database(), full.hasher));
  const auto half = ana().half();
  const auto refused = prove_second_factor(crowded, {.account = ana().account,
                                                     .half = half.id,
                                                     .way = SecondFactor::backup_code,
                                                     .code = ana().backup_codes[0],
                                                     .client = {.peer = "203.0.113.9"}});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, FailureKind::unavailable);
  EXPECT_EQ(ana().failures(kSecondFactorTries, ana().subject()), 0);
  EXPECT_TRUE(ana().prove_by_backup_code(half, ana().backup_codes[0]));
}

TEST_P(SignInFaults, AUnitRunTwiceSignsInOnce) {
  faulty().between_runs = [](int) {};
  const auto half = ana().half();
  const auto whole = ana().prove(half, ana().app_code());
  ASSERT_TRUE(whole);
  EXPECT_EQ(ana().standing(*whole), web::Standing::signed_in);
  EXPECT_EQ(ana().failures(kSignInTries, "ana@example.org"), 0);
  EXPECT_EQ(ana().failures(kSecondFactorTries, ana().subject()), 0);
  ana().give(kWrongPassword);
  EXPECT_EQ(ana().failures(kSignInTries, "ana@example.org"), 1);
  EXPECT_EQ(ana().failures(kNetworkTries, "203.0.113.9"), 1);
}

// The unit that starts or raises the session is found to be right, rolled back, and wrong when it is run again.
TEST_P(SignInFaults, AnAccountLockedBetweenTwoRunsIsNotSignedIn) {
  const auto lock_between_the_runs_of = [&](int write) {
    faulty().writes = 0;
    faulty().between_runs = [this, write](int before) {
      constexpr db::Query kLock{"test.lock", "UPDATE accounts SET state = 'locked' WHERE id = $1"};
      if (before == write) database().write([&](db::Transaction& tx) { tx.run(kLock, {ana().account}); });
    };
  };
  lock_between_the_runs_of(kReservations);
  EXPECT_EQ(refusal_of(ana().give(kGoodPassword)), "accounts.error.locked_by_agency");
  EXPECT_EQ(ana().failures(kSignInTries, "ana@example.org"), 0);
  faulty().between_runs = nullptr;
  ana().set_locked(false);
  const auto half = ana().half();
  const auto code = ana().app_code();
  lock_between_the_runs_of(kReservations);
  EXPECT_EQ(refusal_of(ana().prove(half, code)), "accounts.error.sign_in_anew");
  EXPECT_EQ(ana().failures(kSecondFactorTries, ana().subject()), 0);
  faulty().between_runs = nullptr;
  ana().set_locked(false);
  EXPECT_TRUE(ana().prove(ana().half(), code));
}

ON_BOTH_DATABASES(SignInFaults);

}  // namespace
}  // namespace waymark::accounts
