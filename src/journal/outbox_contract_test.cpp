// The outbox and its deliverer, on each database.
#include <gmock/gmock.h>

#include <atomic>
#include <thread>

#include "journal/deliverer.hpp"
#include "platform/text_sender.hpp"
#include "support/databases.hpp"

namespace waymark::journal {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr Instant kStart{std::chrono::seconds{1'800'000'000}};
constexpr seconds kLease{60};
constexpr db::Query kContents{"test.contents", "SELECT content_sealed, state FROM outbox ORDER BY id"};

class OutboxContract : public waymark::testing::DatabaseContract {
 protected:
  Telling code_for(std::int64_t id) {
    return {.id = OutboxId{id},
            .kind = "sign_up.email_code",
            .account = AccountId{77},
            .email = "ana@example.org",
            .phone = "+15555550123",
            .spoken = true,
            .language = "es",
            .arguments = {{"code", "123456"}, {"empty", ""}}};
  }
  void tell(const Telling& telling) {
    database().write([&](db::Transaction& tx) { outbox_.tell(tx, telling); });
  }
  std::vector<OutboxItem> take(int most = 10) { return outbox_.take_due(database(), most, kLease); }
  std::vector<std::string> states() {
    return database().snapshot()->list(kContents, {}, [](const db::Row& row) { return std::string{row.text(1)}; });
  }

  SeededRandom random_{7};
  FixedClock clock_{kStart};
  Sealer sealer_{make_keys(random_), random_};
  Outbox outbox_{sealer_, clock_};
};
ON_BOTH_DATABASES(OutboxContract);

TEST_P(OutboxContract, HandsOnAllThatWasTold) {
  Telling told = code_for(1);
  told.useless_after = kStart + minutes{10};
  tell(told);
  const auto items = take();
  ASSERT_EQ(items.size(), 1U);
  const Telling& telling = items[0].telling;
  EXPECT_EQ(telling.id, told.id);
  EXPECT_EQ(telling.kind, told.kind);
  EXPECT_EQ(telling.account, told.account);
  EXPECT_EQ(telling.email, told.email);
  EXPECT_EQ(telling.phone, told.phone);
  EXPECT_TRUE(telling.spoken);
  EXPECT_EQ(telling.language, "es");
  EXPECT_EQ(telling.arguments, told.arguments);
  EXPECT_EQ(telling.useless_after, told.useless_after);
  EXPECT_EQ(items[0].attempts, 0);
  EXPECT_EQ(items[0].created_at, kStart);
}

TEST_P(OutboxContract, TellsNothingOfAUnitThatWasRolledBack) {
  EXPECT_THROW(database().write([&](db::Transaction& tx) {
    outbox_.tell(tx, code_for(1));
    throw std::runtime_error("refused");
  }),
               std::runtime_error);
  EXPECT_TRUE(take().empty());
}

TEST_P(OutboxContract, KeepsTheContentSealedAndErasesItOnceDelivered) {
  tell(code_for(1));
  const auto content = [&] {
    return *database().snapshot()->find(kContents, {}, [](const db::Row& row) { return row.maybe_bytes(0); });
  };
  ASSERT_TRUE(content().has_value());
  EXPECT_THAT(*content(), ::testing::Not(::testing::HasSubstr("123456")));
  EXPECT_THAT(*content(), ::testing::Not(::testing::HasSubstr("ana")));
  take();
  outbox_.mark_delivered(database(), OutboxId{1});
  EXPECT_EQ(content(), std::nullopt);
  EXPECT_THAT(states(), ::testing::ElementsAre("delivered"));
  clock_.move(kLease * 2);
  EXPECT_TRUE(take().empty());
}

TEST_P(OutboxContract, GivesAnItemAgainWhenItsTakerNeverCameBack) {
  tell(code_for(1));
  EXPECT_EQ(take().size(), 1U);
  EXPECT_TRUE(take().empty());
  clock_.move(kLease);
  const auto again = take();
  ASSERT_EQ(again.size(), 1U);
  EXPECT_EQ(again[0].telling.id, OutboxId{1});
  EXPECT_EQ(again[0].attempts, 1);
}

TEST_P(OutboxContract, GivesTheOldestFirstAndNoMoreThanAsked) {
  for (std::int64_t id = 1; id <= 5; ++id) {
    tell(code_for(6 - id));
    clock_.move(milliseconds{5});
  }
  const auto items = take(2);
  ASSERT_EQ(items.size(), 2U);
  EXPECT_EQ(items[0].telling.id, OutboxId{4});
  EXPECT_EQ(items[1].telling.id, OutboxId{5});
}

TEST_P(OutboxContract, WaitsTwiceAsLongAfterEachFailureAndAnHourAtMost) {
  tell(code_for(1));
  milliseconds expected{1000};
  for (int failures = 1; failures < 16; ++failures) {
    const auto items = take();
    ASSERT_EQ(items.size(), 1U) << failures;
    EXPECT_FALSE(outbox_.mark_failed(database(), OutboxId{1}, items[0].attempts, false));
    clock_.move(expected - milliseconds{1});
    EXPECT_TRUE(take().empty()) << failures;
    clock_.move(milliseconds{1});
    expected = std::min<milliseconds>(expected * 2, std::chrono::hours{1});
  }
  const auto last = take();
  ASSERT_EQ(last.size(), 1U);
  EXPECT_TRUE(outbox_.mark_failed(database(), OutboxId{1}, last[0].attempts, false));
  clock_.move(std::chrono::hours{24});
  EXPECT_TRUE(take().empty());
  const auto dead = outbox_.list_dead(*database().snapshot());
  ASSERT_EQ(dead.size(), 1U);
  EXPECT_EQ(dead[0].kind, "sign_up.email_code");
  EXPECT_EQ(dead[0].attempts, 16);
  EXPECT_EQ(dead[0].created_at, kStart);
}

TEST_P(OutboxContract, BuriesAnItemAtOnceWhenTheFailureIsPermanent) {
  tell(code_for(1));
  take();
  EXPECT_TRUE(outbox_.mark_failed(database(), OutboxId{1}, 0, true));
  EXPECT_THAT(states(), ::testing::ElementsAre("dead"));
}

TEST_P(OutboxContract, BuriesAnItemWhoseTakersAllCrashed) {
  tell(code_for(1));
  for (int crash = 0; crash < 16; ++crash) {
    EXPECT_EQ(take().size(), 1U);
    clock_.move(kLease);
  }
  EXPECT_TRUE(take().empty());
  EXPECT_THAT(states(), ::testing::ElementsAre("dead"));
}

TEST_P(OutboxContract, DropsWhatHasBecomeUseless) {
  Telling telling = code_for(1);
  telling.useless_after = kStart + minutes{10};
  tell(telling);
  clock_.move(minutes{10});
  EXPECT_TRUE(take().empty());
  EXPECT_THAT(states(), ::testing::ElementsAre("useless"));
}

TEST_P(OutboxContract, BuriesADamagedItemAndGivesTheOthers) {
  tell(code_for(1));
  tell(code_for(2));
  database().write([](db::Transaction& tx) {
    tx.run({"test.swap",
            "UPDATE outbox SET content_sealed = (SELECT content_sealed FROM outbox WHERE id = 2) WHERE id = 1"},
           {});
  });
  const auto items = take();
  ASSERT_EQ(items.size(), 1U);
  EXPECT_EQ(items[0].telling.id, OutboxId{2});
  EXPECT_THAT(states(), ::testing::ElementsAre("dead", "waiting"));
}

TEST_P(OutboxContract, DoesNotLetALateFailureEndAnothersLease) {
  tell(code_for(1));
  const auto first = take();
  clock_.move(kLease);
  ASSERT_EQ(take().size(), 1U);
  outbox_.mark_failed(database(), OutboxId{1}, first[0].attempts, true);
  EXPECT_THAT(states(), ::testing::ElementsAre("waiting"));
}

TEST_P(OutboxContract, NeverGivesOneItemToTwoTakers) {
  constexpr int kItems = 60;
  for (std::int64_t id = 1; id <= kItems; ++id) tell(code_for(id));
  std::mutex mutex;
  std::vector<OutboxId> taken;
  std::vector<std::thread> takers;
  for (int i = 0; i < 8; ++i) {
    takers.emplace_back([&] {
      for (auto items = take(3); !items.empty(); items = take(3)) {
        const std::lock_guard lock(mutex);
        for (const auto& item : items) taken.push_back(item.telling.id);
      }
    });
  }
  for (auto& taker : takers) taker.join();
  for (const auto& item : take(kItems)) taken.push_back(item.telling.id);
  std::ranges::sort(taken);
  EXPECT_EQ(std::ranges::adjacent_find(taken), taken.end());
  EXPECT_EQ(taken.size(), static_cast<std::size_t>(kItems));
}

TEST_P(OutboxContract, DelivererDeliversAgainUnderTheSameIdUntilItSucceeds) {
  std::mutex mutex;
  std::vector<std::int64_t> tried;
  int failing = 2;
  tell(code_for(1));
  Deliverer deliverer(outbox_, database(), metrics(), [&](const OutboxItem& item) {
    const std::lock_guard lock(mutex);
    tried.push_back(item.telling.id.value);
    if (failing-- > 0) throw DeliveryFailed("away", false);
  });
  for (int round = 0; round < 200; ++round) {
    clock_.move(seconds{5});
    deliverer.deliver_due();
    const std::lock_guard lock(mutex);
    if (tried.size() == 3) break;
  }
  deliverer.deliver_due();
  const std::lock_guard lock(mutex);
  EXPECT_THAT(tried, ::testing::ElementsAre(1, 1, 1));
}

TEST_P(OutboxContract, DelivererHandsOverWhatItWasWokenFor) {
  std::atomic<int> delivered{0};
  Deliverer deliverer(outbox_, database(), metrics(), [&](const OutboxItem&) { ++delivered; });
  for (std::int64_t id = 1; id <= 20; ++id) tell(code_for(id));
  deliverer.wake();
  for (int wait = 0; wait < 500 && delivered < 20; ++wait) std::this_thread::sleep_for(milliseconds{10});
  EXPECT_EQ(delivered, 20);
}

TEST_P(OutboxContract, DelivererGivesBackWhatItHadNotTriedWhenItStops) {
  std::atomic<int> tried{0};
  for (std::int64_t id = 1; id <= 5; ++id) tell(code_for(id));
  {
    std::atomic<bool> may_go_on{false};
    const std::jthread release([&] {
      while (tried == 0) std::this_thread::sleep_for(milliseconds{1});
      std::this_thread::sleep_for(milliseconds{100});
      may_go_on = true;
    });
    const Deliverer deliverer(outbox_, database(), metrics(), [&](const OutboxItem&) {
      ++tried;
      while (!may_go_on) std::this_thread::sleep_for(milliseconds{1});
    });
    while (tried == 0) std::this_thread::sleep_for(milliseconds{1});
    // The destructor asks it to stop while the first item is in hand.
  }
  EXPECT_EQ(tried, 1);
  const auto left = take();
  ASSERT_EQ(left.size(), 4U);
  for (const auto& item : left) EXPECT_EQ(item.attempts, 0);
}

}  // namespace
}  // namespace waymark::journal
