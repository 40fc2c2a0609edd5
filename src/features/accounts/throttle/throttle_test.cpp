#include "features/accounts/throttle/throttle.hpp"

#include <atomic>
#include <thread>

#include "support/accounts_bed.hpp"

namespace waymark::accounts {
namespace {

class ThrottleContract : public testing::WithAccounts {
 protected:
  Throttle& throttle() { return accounts().throttle; }
  std::int64_t failures(const Limit& limit, std::string_view subject) {
    return throttle().count_failures(*database().snapshot(), limit, subject);
  }
  static void in_threads(int count, const std::function<void(int)>& work) {
    std::vector<std::thread> threads;
    for (int i = 0; i < count; ++i) threads.emplace_back(work, i);
    for (auto& thread : threads) thread.join();
  }
};

constexpr Limit kWide{"wide", 1000, 15min, 15min};

TEST_P(ThrottleContract, RefusesWithTheWaitOnceTheTriesAreUsed) {
  for (int i = 0; i < 6; ++i) throttle().reserve(kWelcomeBackTries, "ana@example.org")->wrong();
  const auto refused = throttle().reserve(kWelcomeBackTries, "ana@example.org");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, FailureKind::too_many);
  EXPECT_EQ(refused.error().retry_after, std::chrono::seconds{15min});
  EXPECT_TRUE(throttle().reserve(kWelcomeBackTries, "bo@example.org"));
}

TEST_P(ThrottleContract, SurvivesARestart) {
  for (int i = 0; i < 6; ++i) throttle().reserve(kWelcomeBackTries, "ana@example.org")->wrong();
  Throttle another(database(), bed().clock, bed().keys);
  EXPECT_FALSE(another.reserve(kWelcomeBackTries, "ana@example.org"));
}

TEST_P(ThrottleContract, CountsAPlaceLeftUnsettledAsWrong) {
  {
    const auto place = throttle().reserve(kWide, "ana");
  }
  EXPECT_EQ(failures(kWide, "ana"), 1);
}

TEST_P(ThrottleContract, GivesAPlaceBackWithinTheUnitOfTheRightTry) {
  throttle().reserve(kWide, "ana")->wrong();
  auto place = throttle().reserve(kWide, "ana");
  database().write([&](db::Transaction& tx) { place->right_in(tx, bed().clock.now()); });
  EXPECT_EQ(failures(kWide, "ana"), 0);
}

TEST_P(ThrottleContract, Incident_I07_CounterEqualsTheAttemptsUnderAHundredThreads) {
  in_threads(100, [&](int) { throttle().reserve(kWide, "ana")->wrong(); });
  EXPECT_EQ(failures(kWide, "ana"), 100);
}

TEST_P(ThrottleContract, Incident_I04_ManyTriesAtOnceAreNoMoreGuessesThanOneAfterAnother) {
  std::atomic<int> checked{0};
  in_threads(200, [&](int) {
    auto place = throttle().reserve(kWelcomeBackTries, "ana");
    if (!place) return;
    ++checked;
    place->wrong();
  });
  EXPECT_EQ(checked.load(), kWelcomeBackTries.tries_max);
}

TEST_P(ThrottleContract, LetsTwentyRightTriesAtOnceAllPass) {
  std::atomic<int> passed{0};
  in_threads(20, [&](int) {
    auto place = throttle().reserve(kWelcomeBackTries, "ana");
    if (!place) return;
    place->right();
    ++passed;
  });
  EXPECT_EQ(passed.load(), 20);
}

TEST_P(ThrottleContract, ClearsAllThatBelongsToSomebodyAndNothingElse) {
  const auto reserve = [&](std::string_view subject, std::string_view owner) {
    return std::move(throttle().reserve_all({{.limit = kWide, .subject = subject, .belongs_to = owner}})->front());
  };
  const auto clear = [&] { database().write([&](db::Transaction& tx) { throttle().clear_all_of(tx, kWide, "ana"); }); };
  for (const auto& [subject, owner] : {std::pair("ana here", "ana"), std::pair("ana there", "ana"),
                                       std::pair("bo here", "bo"), std::pair("here", "")}) {
    reserve(subject, owner).wrong();
  }
  auto held = reserve("ana here", "ana");
  clear();
  EXPECT_EQ(failures(kWide, "ana here") + failures(kWide, "ana there"), 0);
  EXPECT_EQ(failures(kWide, "bo here"), 1);
  EXPECT_EQ(failures(kWide, "here"), 1);
  held.wrong();  // makes the row anew
  EXPECT_EQ(failures(kWide, "ana here"), 1);
  reserve("ana here", "ana").wrong();
  clear();
  EXPECT_EQ(failures(kWide, "ana here"), 0);
}

TEST_P(ThrottleContract, KeepsNoSubjectInTheOpen) {
  throttle().reserve(kWide, "ana@example.org")->wrong();
  constexpr db::Query kAll{"test.throttles", "SELECT key_hash FROM throttles"};
  auto snapshot = database().snapshot();
  const auto keys = snapshot->list(kAll, {}, [](const db::Row& row) { return std::string(row.bytes(0)); });
  ASSERT_EQ(keys.size(), 1U);
  EXPECT_EQ(keys[0].find("ana"), std::string::npos);
}

TEST_P(ThrottleContract, DeletesOnlyRowsThatSayNothingAnyMore) {
  throttle().reserve(kWide, "ana")->wrong();
  accounts().delete_lapsed();
  EXPECT_EQ(failures(kWide, "ana"), 1);
  bed().clock.move(24h);
  accounts().delete_lapsed();
  constexpr db::Query kCount{"test.count_throttles", "SELECT COUNT(*) FROM throttles"};
  EXPECT_EQ(database().snapshot()->find(kCount, {}, [](const db::Row& row) { return row.integer(0); }), 0);
}

ON_BOTH_DATABASES(ThrottleContract);

}  // namespace
}  // namespace waymark::accounts
