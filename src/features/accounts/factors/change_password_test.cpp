#include "features/accounts/factors/change_password.hpp"

#include <algorithm>
#include <atomic>

#include "features/accounts/change_name.hpp"
#include "features/accounts/devices/device_store.hpp"
#include "journal/audit.hpp"
#include "support/signing_in.hpp"

namespace waymark::accounts {
namespace {

using testing::kGoodPassword;
using testing::kWrongPassword;
using testing::refusal_of;

constexpr std::string_view kNewPassword = "lantern gravel mosaic 72 tide";

class ChangePassword : public testing::WithAna {
 protected:
  SessionKey start(bool remember = false) {
    auto key = accounts().sessions.make_key({.peer = "203.0.113.9", .device_token = ana().device_token});
    key.remember_device = remember;
    database().write([&](db::Transaction& tx) {
      accounts().sessions.start_full(tx, key, ana().account, SharedComputer::no, "totp");
    });
    return key;
  }
  Result<SessionKey> change(const SessionKey& session, std::string_view current, std::string_view fresh) {
    return change_password(accounts(), {.account = ana().account,
                                        .session = session.id,
                                        .current_password = std::string(current),
                                        .password = std::string(fresh),
                                        .client = {.peer = "203.0.113.9"}});
  }
  std::vector<std::string> trail(int most) {
    std::vector<std::string> events;
    for (const auto& row : journal::list_for_account(*database().snapshot(), ana().account, most)) {
      events.push_back(row.event);
    }
    return events;
  }
};

TEST_P(ChangePassword, EndsEveryOtherSessionAndGivesThisOneANewToken) {
  const auto here = start();
  const auto there = start();
  const auto half = ana().half();
  ana().bed.take_told();
  const auto changed = change(here, kGoodPassword, kNewPassword);
  ASSERT_TRUE(changed) << refusal_of(changed);
  EXPECT_EQ(ana().standing(*changed), web::Standing::signed_in);
  for (const auto& ended : {here, there, half}) EXPECT_EQ(ana().standing(ended), web::Standing::stranger);
  EXPECT_FALSE(ana().give(kGoodPassword));
  EXPECT_TRUE(ana().give(kNewPassword));
  const auto told = ana().bed.take_told();
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].kind, "accounts.password_changed");
  EXPECT_TRUE(testing::argument_of(told[0], "link").starts_with("/link/"));
  EXPECT_EQ(std::ranges::count(trail(5), "password.changed"), 1);
}

TEST_P(ChangePassword, LeavesNoDeviceThatStandsForASecondFactor) {
  const auto here = start(true);
  ASSERT_TRUE(list_devices(*database().snapshot(), ana().account).at(0).remembered_until);
  ASSERT_TRUE(change(here, kGoodPassword, kNewPassword));
  EXPECT_FALSE(list_devices(*database().snapshot(), ana().account).at(0).remembered_until);
}

TEST_P(ChangePassword, RefusesWhatIsWeakOrKnownOrTheSameAndCountsNoTryForIt) {
  const auto here = start();
  EXPECT_EQ(refusal_of(change(here, kGoodPassword, "short")), "accounts.error.password_short");
  EXPECT_EQ(refusal_of(change(here, kGoodPassword, "ana@example.org")), "accounts.error.password_weak");
  EXPECT_EQ(refusal_of(change(here, kGoodPassword, kGoodPassword)), "accounts.error.password_same");
  EXPECT_EQ(ana().failures(kProveAgainTries, ana().subject()), 0);
  EXPECT_TRUE(ana().give(kGoodPassword));
}

TEST_P(ChangePassword, AsksForThePresentOneAndLimitsTheTries) {
  const auto here = start();
  const auto wrong = change(here, kWrongPassword, kNewPassword);
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().fields.at(0).field, "current_password");
  EXPECT_EQ(refusal_of(change(here, "", kNewPassword)), "accounts.error.password_missing");
  for (int i = 0; i < 5; ++i) {
    change(here, kWrongPassword, kNewPassword);
    if (i == 3) ana().bed.clock.move(2s);
  }
  const auto locked = change(here, kGoodPassword, kNewPassword);
  ASSERT_FALSE(locked);
  EXPECT_EQ(locked.error().kind, FailureKind::too_many);
  EXPECT_TRUE(ana().give(kGoodPassword));
}

TEST_P(ChangePassword, TakesTheFirstOneOfAnAccountThatHasNone) {
  database().write([&](db::Transaction& tx) { accounts().store.replace_password_hash(tx, ana().account, ""); });
  EXPECT_FALSE(has_password(accounts(), *database().snapshot(), ana().account));
  EXPECT_FALSE(ana().give(""));
  EXPECT_FALSE(ana().give(kGoodPassword));
  ASSERT_TRUE(change(start(), "", kNewPassword));
  EXPECT_TRUE(ana().give(kNewPassword));
}

TEST_P(ChangePassword, SwitchesThePasswordOnAgainWhereItWasOff) {
  for (int i = 0; i < kPasswordTries.tries_max; ++i) {
    accounts().throttle.reserve(kPasswordTries, "ana@example.org")->wrong();
  }
  EXPECT_EQ(refusal_of(ana().give(kGoodPassword)), "accounts.error.password_off");
  ASSERT_TRUE(change(start(), kGoodPassword, kNewPassword));
  EXPECT_TRUE(ana().give(kNewPassword));
}

TEST_P(ChangePassword, ChangesNothingFromASessionThatEnded) {
  const auto here = start();
  const auto audit_id = ana().bed.ids.next_value();
  database().write([&](db::Transaction& tx) { accounts().sessions.end(tx, here.id, audit_id, ana().bed.clock.now()); });
  EXPECT_EQ(refusal_of(change(here, kGoodPassword, kNewPassword)), "accounts.error.sign_in_anew");
  EXPECT_TRUE(ana().give(kGoodPassword));
}

TEST_P(ChangePassword, RaceOfManyAtOnceHasOneWinner) {
  const int rounds = std::max(1, testing::race_rounds(50) / 10);
  std::string current(kGoodPassword);
  for (int round = 0; round < rounds; ++round) {
    ana().forget_tries();
    std::vector<SessionKey> sessions;
    for (int i = 0; i < 64; ++i) sessions.push_back(start());
    std::atomic<int> winner{-1};
    std::atomic<int> changed{0};
    const auto fresh = [&](int i) { return fmt::format("lantern gravel {} mosaic {} tide", round, i); };
    testing::in_threads(64, [&](int i) {
      if (!change(sessions[static_cast<std::size_t>(i)], current, fresh(i))) return;
      winner = i;
      ++changed;
    });
    ASSERT_EQ(changed.load(), 1);
    current = fresh(winner);
    ana().forget_tries();
    ASSERT_TRUE(ana().give(current));
    for (const auto& session : sessions) ASSERT_EQ(ana().standing(session), web::Standing::stranger);
  }
}

TEST_P(ChangePassword, TheNameIsChangedToldAndWrittenDown) {
  const auto rename = [&](std::string given, std::string family) {
    return change_name(accounts(), {.account = ana().account, .given_name = given, .family_name = family});
  };
  EXPECT_EQ(refusal_of(rename("Ana", " ")), "accounts.error.family_name_missing");
  ASSERT_TRUE(rename("Ana", "Morales"));
  EXPECT_TRUE(ana().told_kinds().empty()) << "nothing changed";
  ASSERT_TRUE(rename("", " Morales  Ruiz "));
  const auto profile = accounts().store.load_profile(*database().snapshot(), ana().account);
  EXPECT_EQ(profile.given_name, "");
  EXPECT_EQ(profile.family_name, "Morales Ruiz");
  EXPECT_EQ(ana().told_kinds(), std::vector<std::string>{"accounts.name_changed"});
  EXPECT_EQ(trail(1), std::vector<std::string>{"name.changed"});
}

ON_BOTH_DATABASES(ChangePassword);

}  // namespace
}  // namespace waymark::accounts
