#include "features/accounts/sessions/session.hpp"

#include <atomic>
#include <thread>

#include "features/accounts/limits.hpp"
#include "journal/audit.hpp"
#include "support/accounts_bed.hpp"
#include "web/cookies.hpp"

namespace waymark::accounts {
namespace {

class SessionContract : public testing::WithAccounts {
 protected:
  void SetUp() override {
    WithAccounts::SetUp();
    if (IsSkipped()) return;
    testing::SigningUp ana{.bed = bed()};
    account_ = ana.finish();
  }
  Sessions& sessions() { return accounts().sessions; }

  SessionKey start(SharedComputer shared = SharedComputer::no) {
    const auto key = sessions().make_key({.peer = "203.0.113.9"});
    EXPECT_TRUE(database().write(
        [&](db::Transaction& tx) { return sessions().start_full(tx, key, account_, shared, "test"); }));
    return key;
  }
  SessionKey start_half(SharedComputer shared = SharedComputer::no) {
    const auto key = sessions().make_key({.peer = "203.0.113.9"});
    EXPECT_TRUE(
        database().write([&](db::Transaction& tx) { return sessions().start_half(tx, key, account_, shared); }));
    return key;
  }
  std::optional<AccountId> raise(const SessionKey& half, const SessionKey& key) {
    return database().write([&](db::Transaction& tx) { return sessions().raise(tx, key, half.id, "totp"); });
  }
  web::Visitor visit(std::string_view token, web::Method method = web::Method::get, std::string mode = "navigate") {
    web::Request request;
    request.method = method;
    request.headers = {{"cookie", fmt::format("{}={}", web::kSessionCookie, token)}};
    if (!mode.empty()) request.headers.emplace_back("sec-fetch-mode", mode);
    return sessions().find_visitor(request, *database().snapshot());
  }
  web::Standing standing(std::string_view token) { return visit(token).standing; }

  AccountId account_{};
};

TEST_P(SessionContract, KnowsWhoAsks) {
  const auto key = start();
  const auto visitor = visit(key.token);
  EXPECT_EQ(visitor.standing, web::Standing::signed_in);
  EXPECT_EQ(visitor.account, account_);
  EXPECT_EQ(visitor.session, key.id);
  EXPECT_EQ(visitor.given_name, "Ana");
  EXPECT_EQ(visitor.language, "es");
  EXPECT_TRUE(visitor.time_zone.empty());
  EXPECT_EQ(visitor.signed_in_at, bed().clock.now());
  EXPECT_FALSE(visitor.csrf_secret.empty());
}

TEST_P(SessionContract, Incident_I20_EmptyCutOrForeignTokensAreStrangers) {
  const auto key = start();
  for (const auto& token :
       {std::string{}, key.token.substr(1), key.token + "A", std::string(43, 'A'), key.token_hash}) {
    EXPECT_EQ(standing(token), web::Standing::stranger);
  }
}

TEST_P(SessionContract, ShowsTheVisitBeforeThisOne) {
  const auto first = bed().clock.now();
  bed().clock.move(48h);
  EXPECT_EQ(visit(start().token).previous_visit, first);
  const auto second = bed().clock.now();
  bed().clock.move(1h);
  const auto half = start_half();
  const auto key = sessions().make_key({});
  ASSERT_EQ(raise(half, key), account_);
  EXPECT_EQ(visit(key.token).previous_visit, second);
}

TEST_P(SessionContract, EndsWhenIdleUnlessSomebodyMoves) {
  const auto key = start();
  for (int i = 0; i < 3; ++i) {
    bed().clock.move(kSessionIdle - 1s);
    ASSERT_EQ(standing(key.token), web::Standing::signed_in);
  }
  bed().clock.move(kSessionIdle);
  EXPECT_EQ(standing(key.token), web::Standing::stranger);
}

TEST_P(SessionContract, TakesOnlyNavigationsAndPostsAsActivity) {
  const auto key = start();
  bed().clock.move(10min);
  EXPECT_EQ(visit(key.token, web::Method::get, "cors").standing, web::Standing::signed_in);
  bed().clock.move(6min);
  EXPECT_EQ(standing(key.token), web::Standing::stranger);

  const auto other = start();
  bed().clock.move(10min);
  EXPECT_EQ(visit(other.token, web::Method::post, "cors").standing, web::Standing::signed_in);
  bed().clock.move(6min);
  EXPECT_EQ(visit(other.token, web::Method::get, {}).standing, web::Standing::signed_in);
}

TEST_P(SessionContract, EndsAfterTwelveHoursHoweverBusy) {
  const auto key = start();
  for (int i = 0; i < 12 * 6; ++i) {
    ASSERT_EQ(standing(key.token), web::Standing::signed_in);
    bed().clock.move(10min);
  }
  EXPECT_EQ(standing(key.token), web::Standing::stranger);
}

TEST_P(SessionContract, IsShorterOnASharedComputer) {
  const auto idle = start(SharedComputer::yes);
  EXPECT_TRUE(visit(idle.token).is_shared_computer);
  bed().clock.move(kSharedSessionIdle);
  EXPECT_EQ(standing(idle.token), web::Standing::stranger);
  const auto half = start_half(SharedComputer::yes);
  const auto busy = sessions().make_key({});
  ASSERT_TRUE(raise(half, busy));
  for (int i = 0; i < 15; ++i) {
    ASSERT_EQ(standing(busy.token), web::Standing::signed_in);
    bed().clock.move(4min);
  }
  EXPECT_EQ(standing(busy.token), web::Standing::stranger);
}

TEST_P(SessionContract, KeepsLastSeenTimesInMemoryAndWritesThemTogether) {
  const auto key = start();
  bed().clock.move(14min);
  visit(key.token);
  accounts().write_last_seen();
  // A second process knows only what was written.
  Sessions another(bed().clock, bed().random, bed().ids, bed().keys, bed().sealer, accounts().notices);
  bed().clock.move(14min);
  web::Request request;
  request.headers = {{"cookie", fmt::format("{}={}", web::kSessionCookie, key.token)}};
  EXPECT_EQ(another.find_visitor(request, *database().snapshot()).standing, web::Standing::signed_in);
}

TEST_P(SessionContract, Incident_I35_TokenChangesAtEveryStepUpAndTheOldOneDies) {
  const auto half = start_half();
  EXPECT_EQ(standing(half.token), web::Standing::half_signed_in);
  EXPECT_TRUE(visit(half.token).given_name.empty());
  const auto whole = sessions().make_key({});
  ASSERT_EQ(raise(half, whole), account_);
  EXPECT_EQ(standing(half.token), web::Standing::stranger);
  EXPECT_EQ(standing(whole.token), web::Standing::signed_in);
  bed().clock.move(5min);
  const auto again = sessions().make_key({});
  const auto session = visit(whole.token).session;
  ASSERT_TRUE(
      database().write([&](db::Transaction& tx) { return sessions().prove_again(tx, again, session, "password"); }));
  EXPECT_EQ(standing(whole.token), web::Standing::stranger);
  EXPECT_EQ(visit(again.token).proved_at, bed().clock.now());
  EXPECT_NE(visit(again.token).csrf_secret, visit(whole.token).csrf_secret);
}

TEST_P(SessionContract, Incident_I35_PlantedTokenNeverSignsIn) {
  const auto planted = sessions().make_key({});
  const auto half = start_half();
  ASSERT_TRUE(raise(half, sessions().make_key({})));
  EXPECT_EQ(standing(planted.token), web::Standing::stranger);
}

TEST_P(SessionContract, IsRaisedByExactlyOneOfManyAtOnce) {
  const auto half = start_half();
  std::atomic<int> raised{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 64; ++i) {
    threads.emplace_back([&] {
      if (raise(half, sessions().make_key({}))) ++raised;
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(raised.load(), 1);
}

TEST_P(SessionContract, HalfOfItLapsesAfterAQuarterOfAnHour) {
  const auto half = start_half();
  bed().clock.move(kHalfSignedInLifetime);
  EXPECT_EQ(standing(half.token), web::Standing::stranger);
  EXPECT_FALSE(raise(half, sessions().make_key({})));
}

TEST_P(SessionContract, Incident_I14_LockingTheAccountEndsItsSessionsAndPendingOnes) {
  const auto whole = start();
  const auto half = start_half();
  database().write([&](db::Transaction& tx) { accounts().store.set_locked(tx, account_, true); });
  EXPECT_EQ(standing(whole.token), web::Standing::stranger);
  EXPECT_EQ(standing(half.token), web::Standing::stranger);
  EXPECT_FALSE(raise(half, sessions().make_key({})));
  const auto key = sessions().make_key({});
  EXPECT_FALSE(database().write([&](db::Transaction& tx) {
    return sessions().start_half(tx, key, account_, SharedComputer::no) ||
           sessions().start_full(tx, key, account_, SharedComputer::no, "test");
  }));
}

TEST_P(SessionContract, Incident_I38_DatabaseHoldsOnlyAHashOfTheToken) {
  const auto key = start();
  constexpr db::Query kHashes{"test.hashes", "SELECT token_hash FROM sessions"};
  auto snapshot = database().snapshot();
  const auto hashes = snapshot->list(kHashes, {}, [](const db::Row& row) { return std::string(row.bytes(0)); });
  EXPECT_NE(std::ranges::find(hashes, key.token_hash), hashes.end());
  for (const auto& hash : hashes) EXPECT_EQ(hash.find(key.token), std::string::npos);
}

TEST_P(SessionContract, EndsAloneOrWithAllTheOthers) {
  const auto here = start();
  const auto there = start();
  const auto elsewhere = start();
  const auto audit_id = bed().ids.next_value();
  database().write([&](db::Transaction& tx) { sessions().end(tx, elsewhere.id, audit_id, bed().clock.now()); });
  EXPECT_EQ(standing(elsewhere.token), web::Standing::stranger);
  EXPECT_EQ(standing(there.token), web::Standing::signed_in);
  const auto all_id = bed().ids.next_value();
  database().write([&](db::Transaction& tx) { sessions().end_all(tx, account_, here.id, all_id, bed().clock.now()); });
  EXPECT_EQ(standing(there.token), web::Standing::stranger);
  EXPECT_EQ(standing(here.token), web::Standing::signed_in);
}

TEST_P(SessionContract, LeavesATraceOfEachStartAndEnd) {
  const auto key = start();
  const auto audit_id = bed().ids.next_value();
  database().write([&](db::Transaction& tx) { sessions().end(tx, key.id, audit_id, bed().clock.now()); });
  const auto rows = journal::list_for_account(*database().snapshot(), account_, 10);
  ASSERT_GE(rows.size(), 2U);
  EXPECT_EQ(rows[0].event, "session.ended");
  EXPECT_EQ(rows[1].event, "session.started");
  EXPECT_EQ(rows[1].detail, "test");
}

ON_BOTH_DATABASES(SessionContract);

}  // namespace
}  // namespace waymark::accounts
