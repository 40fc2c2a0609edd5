#include "features/accounts/recovery/waits.hpp"

#include <gmock/gmock.h>

#include <atomic>

#include "base/text.hpp"
#include "features/accounts/devices/device_store.hpp"
#include "features/accounts/recovery/cancel_code.hpp"
#include "features/accounts/recovery/end_everything.hpp"
#include "support/signing_in.hpp"

namespace waymark::accounts {
namespace {

using ::testing::ElementsAre;
using testing::in_threads;
using testing::refusal_of;
using ::testing::UnorderedElementsAre;

class WaitsContract : public testing::WithAna {
 protected:
  void SetUp() override {
    WithAna::SetUp();
    if (IsSkipped()) return;
    database().write([&](db::Transaction& tx) {
      accounts().phones.add(tx, {.id = accounts().parts.ids.next<PhoneId>(),
                                 .account = ana().account,
                                 .number = "+15555550123",
                                 .proved_at = ana().bed.clock.now()});
    });
  }
  void move(std::chrono::milliseconds by) { ana().bed.clock.move(by); }

  std::optional<WaitId> start(WaitKind kind = WaitKind::password_reset, std::string_view content = "a new hash") {
    const auto key = make_wait_key(accounts());
    const bool started = database().write(
        [&](db::Transaction& tx) { return start_wait(accounts(), tx, key, ana().account, kind, content); });
    return started ? std::optional(key.id) : std::nullopt;
  }
  std::optional<Wait> finish(WaitId wait) {
    const auto key = make_wait_key(accounts());
    return database().write([&](db::Transaction& tx) { return finish_wait(accounts(), tx, key, wait); });
  }
  bool cancel(WaitId wait) {
    const auto key = make_wait_key(accounts());
    return database().write([&](db::Transaction& tx) { return cancel_wait(accounts(), tx, key, wait); });
  }
  std::string cancel_by(const std::string& code, const std::string& email = "ana@example.org",
                        const std::string& peer = "198.51.100.7") {
    return refusal_of(cancel_by_code(accounts(), email, code, peer));
  }
  bool is_open(WaitId wait) {
    return accounts().waits.find_open(*database().snapshot(), wait, ana().bed.clock.now()).has_value();
  }
};

TEST_P(WaitsContract, AWaitIsToldOnEveryChannelMailsWithALinkAndTextsWithACode) {
  start();
  const auto told = ana().bed.take_told();
  ASSERT_EQ(told.size(), 2U);
  EXPECT_EQ(told[0].kind, "accounts.wait_started");
  EXPECT_THAT(testing::argument_of(told[0], "link"), ::testing::StartsWith("/link/"));
  EXPECT_EQ(testing::argument_of(told[0], "cancel_code"), "");
  EXPECT_EQ(told[1].phone, "+15555550123");
  EXPECT_EQ(testing::argument_of(told[1], "link"), "");
  EXPECT_EQ(testing::argument_of(told[1], "cancel_code").size(), 11U);
  EXPECT_EQ(testing::argument_of(told[1], "change"), "password_reset");
}

TEST_P(WaitsContract, ItIsFinishedAfterADayAndNotBeforeAndOnce) {
  const auto wait = start().value();
  move(kWaitLasts - 1ms);
  EXPECT_FALSE(finish(wait));
  move(1ms);
  const auto finished = finish(wait);
  ASSERT_TRUE(finished);
  EXPECT_EQ(finished->content, "a new hash");
  EXPECT_EQ(finished->account, ana().account);
  EXPECT_FALSE(finish(wait));
  EXPECT_FALSE(cancel(wait));
}

TEST_P(WaitsContract, ItLapsesWhenNobodyComesBackAndMakesRoomForAnother) {
  const auto wait = start().value();
  EXPECT_FALSE(start()) << "one of a kind at a time";
  EXPECT_TRUE(start(WaitKind::email_change));
  move(kWaitLapses);
  EXPECT_FALSE(finish(wait));
  EXPECT_FALSE(cancel(wait));
  EXPECT_TRUE(start());
}

TEST_P(WaitsContract, OnceCancelledItNeverTakesEffectAndTheOwnerIsTold) {
  const auto wait = start().value();
  ana().bed.take_told();
  EXPECT_TRUE(cancel(wait));
  EXPECT_THAT(ana().told_kinds(), ElementsAre("accounts.wait_cancelled", "accounts.wait_cancelled"));
  move(kWaitLasts);
  EXPECT_FALSE(finish(wait));
  EXPECT_TRUE(start()) << "cancelling one leaves room for the next";
}

TEST_P(WaitsContract, ACodeFromATextCancelsOnlyWithTheAddressAndOnce) {
  const auto wait = start().value();
  const auto code = testing::argument_of(ana().bed.take_told().at(1), "cancel_code");
  EXPECT_EQ(cancel_by(code, "bob@example.org"), "accounts.error.cancel_code_wrong");
  auto other = code;
  other.back() = other.back() == 'a' ? 'b' : 'a';
  EXPECT_EQ(cancel_by(other), "accounts.error.cancel_code_wrong");
  EXPECT_EQ(cancel_by("short"), "accounts.error.cancel_code_form");
  EXPECT_TRUE(is_open(wait));
  EXPECT_EQ(cancel_by(to_ascii_upper(code), " ANA@example.org "), "");
  EXPECT_FALSE(is_open(wait));
  EXPECT_EQ(cancel_by(code), "accounts.error.cancel_code_wrong");
}

TEST_P(WaitsContract, GuessedCancelCodesAreStoppedForTheGuesserAndNotForTheOwner) {
  const auto wait = start().value();
  const auto code = testing::argument_of(ana().bed.take_told().at(1), "cancel_code");
  for (int i = 0; i < kCancelCodeTries.tries_max; ++i) {
    EXPECT_EQ(cancel_by(fmt::format("aaaaa-aaa{:02}", i)), "accounts.error.cancel_code_wrong");
  }
  EXPECT_EQ(cancel_by(code), "accounts.error.too_many_tries");
  EXPECT_TRUE(is_open(wait));
  EXPECT_EQ(cancel_by(code, "ana@example.org", "203.0.113.9"), "");
}

TEST_P(WaitsContract, GuessedCancelCodesCountForTheWholeNetworkWhateverAddressIsGiven) {
  EXPECT_EQ(cancel_by("aaaaa-aaaaa", "bo@example.org", "2001:db8:7:7::1"), "accounts.error.cancel_code_wrong");
  EXPECT_EQ(cancel_by("aaaaa-aaaab", "cy@example.org", "2001:db8:7:7:8::1"), "accounts.error.cancel_code_wrong");
  EXPECT_EQ(ana().failures(kNetworkTries, web::network_of("2001:db8:7:7::1")), 2);
}

TEST_P(WaitsContract, TheOwnerIsRemindedOnceAtHalfTimeWithLinkAndCode) {
  const auto wait = start().value();
  ana().bed.take_told();
  move(kWaitLasts - kWaitReminderBefore - 1ms);
  remind_of_waits(accounts());
  EXPECT_TRUE(ana().told_kinds().empty());
  move(1ms);
  remind_of_waits(accounts());
  const auto told = ana().bed.take_told();
  ASSERT_EQ(told.size(), 2U);
  EXPECT_EQ(told[0].kind, "accounts.wait_soon");
  EXPECT_EQ(testing::argument_of(told[0], "hours"), "12");
  remind_of_waits(accounts());
  EXPECT_TRUE(ana().told_kinds().empty());
  EXPECT_EQ(cancel_by(testing::argument_of(told[1], "cancel_code")), "");
  EXPECT_FALSE(is_open(wait));
}

TEST_P(WaitsContract, TheDatabaseHoldsNoCancelCode) {
  start();
  const auto code = parse_cancel_code(testing::argument_of(ana().bed.take_told().at(1), "cancel_code")).value();
  const auto held = database().snapshot()->find({"test.held", "SELECT cancel_code_hash FROM account_waits"}, {},
                                                [](const db::Row& row) { return std::string(row.bytes(0)); });
  ASSERT_TRUE(held);
  EXPECT_EQ(held->find(code), std::string::npos);
  EXPECT_EQ(held->size(), 32U);
}

TEST_P(WaitsContract, OfManyWhoFinishAtOnceOneWins) {
  for (int round = 0; round < testing::race_rounds(50); ++round) {
    const auto wait = start().value();
    move(kWaitLasts);
    std::atomic<int> winners{0};
    in_threads(64, [&](int) {
      if (finish(wait)) ++winners;
    });
    ASSERT_EQ(winners.load(), 1);
  }
}

TEST_P(WaitsContract, OfThoseWhoFinishAndCancelAtOnceOneWins) {
  for (int round = 0; round < testing::race_rounds(50); ++round) {
    const auto wait = start().value();
    move(kWaitLasts);
    std::atomic<int> winners{0};
    in_threads(64, [&](int i) {
      if (i % 2 == 0 ? finish(wait).has_value() : cancel(wait)) ++winners;
    });
    ASSERT_EQ(winners.load(), 1);
  }
}

TEST_P(WaitsContract, OfManyWhoStartAtOnceOneWins) {
  for (int round = 0; round < testing::race_rounds(50); ++round) {
    std::atomic<int> winners{0};
    in_threads(64, [&](int) {
      if (start()) ++winners;
    });
    ASSERT_EQ(winners.load(), 1);
    move(kWaitLapses);
  }
}

TEST_P(WaitsContract, TheOwnersLockEndsEverythingAndIsNotTheOperators) {
  const auto wait = start().value();
  const auto half = ana().half();
  const auto whole = ana().prove(half, ana().app_code()).value();
  const auto other_half = ana().half();
  MailLink link;
  const auto notice = accounts().notices.make_key();
  database().write([&](db::Transaction& tx) {
    accounts().notices.tell(tx, notice, ana().account, {.kind = "accounts.new_device", .link = LinkPurpose::not_me});
  });
  link = find_mail_link(*database().snapshot(), notice.link.token, ana().bed.clock.now()).value();
  ana().bed.take_told();
  ASSERT_TRUE(lock_by_owner(accounts(), link));
  EXPECT_FALSE(lock_by_owner(accounts(), link)) << "a link is good once";
  EXPECT_THAT(ana().told_kinds(), ElementsAre("accounts.locked_by_owner", "accounts.locked_by_owner"));
  EXPECT_EQ(ana().standing(whole), web::Standing::stranger);
  EXPECT_EQ(ana().standing(other_half), web::Standing::stranger);
  move(1min);
  EXPECT_FALSE(ana().prove(other_half, ana().app_code()));
  EXPECT_FALSE(is_open(wait));
  EXPECT_TRUE(list_devices(*database().snapshot(), ana().account).empty());
  EXPECT_EQ(refusal_of(ana().give(testing::kGoodPassword)), "accounts.error.locked_by_owner");
  ana().set_locked(false);
  EXPECT_EQ(refusal_of(ana().give(testing::kGoodPassword)), "accounts.error.locked_by_owner")
      << "the operator's unlocking is not the owner's";
  ana().set_locked(true);
  database().write([&](db::Transaction& tx) { accounts().store.lift_owner_lock(tx, ana().account); });
  EXPECT_EQ(refusal_of(ana().give(testing::kGoodPassword)), "accounts.error.locked_by_agency");
  ana().set_locked(false);
  EXPECT_TRUE(ana().give(testing::kGoodPassword));
}

TEST_P(WaitsContract, Incident_I06_NoWayToASessionIsLeftOpenByTheOwnersLock) {
  database().write(
      [&](db::Transaction& tx) { accounts().store.lock_by_owner(tx, ana().account, ana().bed.clock.now()); });
  const auto key = accounts().sessions.make_key({.peer = "203.0.113.9"});
  const auto other = accounts().sessions.make_key({.peer = "203.0.113.9"});
  database().write([&](db::Transaction& tx) {
    EXPECT_FALSE(accounts().sessions.start_half(tx, key, ana().account, SharedComputer::no));
    EXPECT_FALSE(accounts().sessions.start_full(tx, other, ana().account, SharedComputer::no, "passkey"));
  });
}

ON_BOTH_DATABASES(WaitsContract);

TEST(CancelCode, IsReadAsItWasMeant) {
  EXPECT_EQ(parse_cancel_code("K3M9T wz4xq"), "k3m9twz4xq");
  EXPECT_EQ(parse_cancel_code("oil00-00000"), "0110000000");
  EXPECT_FALSE(parse_cancel_code("k3m9t-wz4x"));
  EXPECT_FALSE(parse_cancel_code("k3m9t-wz4xu"));
  EXPECT_EQ(format_cancel_code("k3m9twz4xq"), "k3m9t-wz4xq");
}

}  // namespace
}  // namespace waymark::accounts
