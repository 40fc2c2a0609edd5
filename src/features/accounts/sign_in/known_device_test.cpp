// A browser that the account knows: counted by itself, and, where its person chose so, standing for the second factor.
#include <algorithm>
#include <atomic>

#include "features/accounts/devices/device_store.hpp"
#include "features/accounts/factors/manage_factors.hpp"
#include "features/accounts/factors/manage_phones.hpp"
#include "features/accounts/sign_in/sign_in_places.hpp"
#include "journal/audit.hpp"
#include "support/getting_back.hpp"

namespace waymark::accounts {
namespace {

using testing::kGoodPassword;
using testing::kWrongPassword;
using testing::refusal_of;

class KnownDevice : public testing::WithAna {
 protected:
  FixedClock& clock() { return ana().bed.clock; }

  // In the browser in which Ana signed up, unless another cookie is given.
  Result<SignedIn> give_here(std::string_view password, std::optional<std::string> token = {},
                             SharedComputer shared = SharedComputer::no, std::string email = "ana@example.org") {
    return sign_in(accounts(), {.email = std::move(email),
                                .password = std::string(password),
                                .shared = shared,
                                .client = {.peer = "203.0.113.9", .device_token = token.value_or(ana().device_token)}});
  }
  void lock_strangers() {
    for (int i = 0; i < 5; ++i) ana().give(kWrongPassword, "198.51.100.1");
    clock().move(2s);
    ana().give(kWrongPassword, "198.51.100.1");
    ASSERT_FALSE(ana().give(kGoodPassword));
  }
  // Wrong passwords without end, each as soon as it is let through; how many were checked before none was any more.
  template <typename Try>
  int guess_until_off(const Try& attempt) {
    for (int checked = 0;;) {
      const auto answer = attempt();
      if (answer.error().kind == FailureKind::forbidden) return checked;
      if (answer.error().kind == FailureKind::bad_input) ++checked;
      clock().move(answer.error().retry_after.value_or(0s));
    }
  }
  DeviceId device() { return list_devices(*database().snapshot(), ana().account).at(0).id; }
  std::string device_subject() { return fmt::format("{} device {}", ana().account.value, device().value); }

  // A whole sign-in here; from now on no code is asked for.
  SessionKey remember() {
    clock().move(90s);
    const auto half = give_here(kGoodPassword)->session.value();
    const auto key = prove_second_factor(accounts(), {.account = ana().account,
                                                      .half = half.id,
                                                      .code = ana().app_code(),
                                                      .client = {.device_token = ana().device_token},
                                                      .remember_device = true});
    return key.value();
  }
  web::Visitor visitor(const SessionKey& key) {
    web::Request request;
    request.headers = {{"cookie", fmt::format("__Host-session={}", key.token)}};
    return accounts().sessions.find_visitor(request, *database().snapshot());
  }
  static int rounds() { return std::max(1, testing::race_rounds(50) / 10); }
};

TEST_P(KnownDevice, Incident_I15_StrangersFailuresNeverStopIt) {
  lock_strangers();
  EXPECT_TRUE(give_here(kGoodPassword));
  EXPECT_FALSE(give_here(kGoodPassword, std::string(43, 'A'))) << "a cookie that we never gave helps nobody";
  EXPECT_FALSE(give_here(kGoodPassword, std::string{}));
}

TEST_P(KnownDevice, Incident_I15_NotEvenThoseOnItsOwnNetwork) {
  for (int i = 0; i < kNetworkTries.tries_max; ++i) {
    accounts().throttle.reserve(kNetworkTries, "203.0.113.9")->wrong();
  }
  ASSERT_FALSE(ana().give(kGoodPassword));
  EXPECT_TRUE(give_here(kGoodPassword));
}

TEST_P(KnownDevice, ItsOwnFailuresLockItAndNobodyElse) {
  for (int i = 0; i < 5; ++i) give_here(kWrongPassword);
  EXPECT_EQ(give_here(kGoodPassword).error().retry_after, 2s) << "the delay grows";
  clock().move(2s);
  give_here(kWrongPassword);
  const auto locked = give_here(kGoodPassword);
  EXPECT_EQ(refusal_of(locked), "accounts.error.device_locked");
  EXPECT_EQ(locked.error().retry_after, 15min);
  EXPECT_EQ(ana().told_kinds(), std::vector<std::string>{"accounts.device_locked"});
  EXPECT_EQ(ana().failures(kSignInTries, "ana@example.org"), 0);
  EXPECT_TRUE(ana().give(kGoodPassword));
  clock().move(15min);
  EXPECT_TRUE(give_here(kGoodPassword));
}

TEST_P(KnownDevice, OfOneAccountIsAStrangerToAnother) {
  testing::SigningUp bo{.bed = ana().bed, .email = "bo@example.org"};
  bo.finish();
  give_here(kWrongPassword, bo.session.device_token);
  EXPECT_EQ(ana().failures(kSignInTries, "ana@example.org"), 1);
  give_here(kWrongPassword, ana().device_token, SharedComputer::no, "nobody@example.org");
  EXPECT_EQ(ana().failures(kSignInTries, "nobody@example.org"), 1);
}

TEST_P(KnownDevice, IsUnknownOnceItIsForgotten) {
  const auto id = device();
  database().write([&](db::Transaction& tx) { forget_device(tx, ana().account, id, clock().now()); });
  give_here(kWrongPassword);
  EXPECT_EQ(ana().failures(kSignInTries, "ana@example.org"), 1);
}

TEST_P(KnownDevice, Incident_I71_ACookieShowsOfNoAddressWhetherItHasAnAccount) {
  for (const std::string& token : {std::string{}, std::string(43, 'A'), std::string("short")}) {
    std::vector<std::string> answers;
    const auto unknown = fmt::format("nobody{}@example.org", token.size());
    for (const std::string& email : {std::string("ana@example.org"), unknown}) {
      std::string all;
      for (int i = 0; i < 8; ++i) {
        const auto answer = give_here(kWrongPassword, token, SharedComputer::no, email);
        all += refusal_of(answer) + std::to_string(answer.error().retry_after.value_or(0s).count()) + " ";
        if (i == 4) clock().move(2s);
      }
      answers.push_back(all);
    }
    EXPECT_EQ(answers[0], answers[1]);
    EXPECT_EQ(ana().failures(kPasswordTries, "ana@example.org"), ana().failures(kPasswordTries, unknown));
    ana().forget_tries();
    clock().move(1h);
  }
}

TEST_P(KnownDevice, Incident_I15_StrangersSwitchThePasswordOffForThemselvesOnly) {
  int network = 0;
  EXPECT_EQ(
      guess_until_off([&] { return ana().give(kWrongPassword, fmt::format("198.51.{}.1", network++ / 10 % 250)); }),
      kPasswordTries.tries_max);
  const auto told = ana().told_kinds();
  EXPECT_EQ(std::ranges::count(told, "accounts.password_off"), 1);
  clock().move(24h * 365);
  const auto off = ana().give(kGoodPassword);
  EXPECT_EQ(refusal_of(off), "accounts.error.password_off");
  EXPECT_EQ(off.error().kind, FailureKind::forbidden);
  EXPECT_TRUE(give_here(kGoodPassword));
  EXPECT_TRUE(check_password(accounts(), ana().account, kGoodPassword));
  EXPECT_FALSE(ana().give(kGoodPassword)) << "off until it is chosen anew";
  database().write(
      [&](db::Transaction& tx) { forget_password_tries(accounts(), tx, ana().account, "ana@example.org"); });
  EXPECT_TRUE(ana().give(kGoodPassword));
}

TEST_P(KnownDevice, IsCountedToAHundredTooAndSoIsWhoIsSignedIn) {
  EXPECT_EQ(guess_until_off([&] { return give_here(kWrongPassword); }), kPasswordTries.tries_max);
  EXPECT_EQ(refusal_of(give_here(kGoodPassword)), "accounts.error.password_off");
  EXPECT_TRUE(ana().give(kGoodPassword)) << "somewhere else it is as good as before";
  EXPECT_EQ(guess_until_off([&] { return check_password(accounts(), ana().account, kWrongPassword); }),
            kPasswordTries.tries_max);
  EXPECT_EQ(refusal_of(check_password(accounts(), ana().account, kGoodPassword)), "accounts.error.password_off_here");
  ana().forget_tries();
  EXPECT_TRUE(give_here(kGoodPassword));
  EXPECT_TRUE(check_password(accounts(), ana().account, kGoodPassword));
}

TEST_P(KnownDevice, ItsRightPasswordEndsTheRowOfStrangersWrongOnes) {
  for (int i = 0; i < 4; ++i) ana().give(kWrongPassword, "198.51.100.1");
  EXPECT_EQ(ana().failures(kPasswordTries, "ana@example.org"), 4);
  ASSERT_TRUE(give_here(kGoodPassword));
  EXPECT_EQ(ana().failures(kPasswordTries, "ana@example.org"), 0);
  EXPECT_EQ(ana().failures(kSignInTries, "ana@example.org"), 4) << "but what strangers may do at once stays used up";
}

TEST_P(KnownDevice, RaceOfTwentyRightPasswordsAtOnceAllPass) {
  for (int round = 0; round < rounds(); ++round) {
    std::atomic<int> passed{0};
    testing::in_threads(20, [&](int) { passed += give_here(kGoodPassword).has_value() ? 1 : 0; });
    ASSERT_EQ(passed.load(), 20);
    ASSERT_EQ(ana().failures(kSignInTriesOnDevice, device_subject()), 0);
    ASSERT_EQ(ana().failures(kPasswordTries, device_subject()), 0);
  }
}

TEST_P(KnownDevice, RaceOfWrongPasswordsHereAndElsewhereCountsEachWhereItWasGiven) {
  for (int round = 0; round < rounds(); ++round) {
    std::atomic<int> here{0};
    std::atomic<int> elsewhere{0};
    testing::in_threads(64, [&](int i) {
      const auto answer = i % 2 == 0 ? give_here(kWrongPassword) : ana().give(kWrongPassword, "198.51.100.1");
      if (answer.error().kind == FailureKind::bad_input) ++(i % 2 == 0 ? here : elsewhere);
    });
    ASSERT_LE(here.load(), kSignInTriesOnDevice.tries_max);
    ASSERT_GE(here.load(), kSignInTriesOnDevice.slow_from);
    ASSERT_EQ(ana().failures(kSignInTriesOnDevice, device_subject()), here.load());
    ASSERT_EQ(ana().failures(kPasswordTries, device_subject()), here.load());
    ASSERT_EQ(ana().failures(kSignInTries, "ana@example.org"), elsewhere.load());
    ASSERT_EQ(ana().failures(kPasswordTries, "ana@example.org"), elsewhere.load());
    ana().forget_tries();
    ana().bed.clock.move(kNetworkTries.window);
  }
}

TEST_P(KnownDevice, NeedsNoCodeForThirtyDaysWhereItsPersonChoseSo) {
  EXPECT_FALSE(give_here(kGoodPassword)->is_whole);
  remember();
  const auto again = give_here(kGoodPassword);
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->is_whole);
  EXPECT_EQ(ana().standing(*again->session), web::Standing::signed_in);
  EXPECT_EQ(journal::list_for_account(*database().snapshot(), ana().account, 1)[0].detail, kByRememberedDevice);
  EXPECT_FALSE(give_here(kWrongPassword));
  EXPECT_FALSE(ana().give(kGoodPassword)->is_whole) << "only in that browser";
  EXPECT_FALSE(give_here(kGoodPassword, {}, SharedComputer::yes)->is_whole) << "never on a shared computer";
  clock().move(kDeviceRemembered - 1min);
  EXPECT_TRUE(give_here(kGoodPassword)->is_whole);
  clock().move(1min);
  EXPECT_FALSE(give_here(kGoodPassword)->is_whole);
}

TEST_P(KnownDevice, IsNeverRememberedOnASharedComputer) {
  const auto half = give_here(kGoodPassword, {}, SharedComputer::yes)->session.value();
  ASSERT_TRUE(prove_second_factor(accounts(), {.account = ana().account,
                                               .half = half.id,
                                               .code = ana().app_code(),
                                               .client = {.device_token = ana().device_token},
                                               .remember_device = true}));
  EXPECT_FALSE(give_here(kGoodPassword)->is_whole);
}

TEST_P(KnownDevice, IsNotRememberedAfterSigningOutEverywhere) {
  remember();
  const auto audit_id = ana().bed.ids.next_value();
  database().write([&](db::Transaction& tx) {
    accounts().sessions.end_all(tx, ana().account, SessionId{}, audit_id, clock().now());
  });
  EXPECT_FALSE(give_here(kGoodPassword)->is_whole);
}

TEST_P(KnownDevice, IsNotRememberedAfterAWayOfSigningInWasTakenOff) {
  const auto phone = testing::add_phone_that_signs_in(ana());
  const FactorAsker asker{.account = ana().account};
  remember();
  ASSERT_TRUE(give_here(kGoodPassword)->is_whole);
  ASSERT_TRUE(set_phone_use(accounts(), asker, phone, {}));
  EXPECT_FALSE(give_here(kGoodPassword)->is_whole) << "a phone switched off";
  remember();
  ASSERT_TRUE(set_phone_use(accounts(), asker, phone, {.is_second_factor = true}));
  EXPECT_TRUE(give_here(kGoodPassword)->is_whole);
  ASSERT_TRUE(remove_phone(accounts(), asker, phone));
  EXPECT_FALSE(give_here(kGoodPassword)->is_whole) << "a phone removed";
  testing::add_phone_that_signs_in(ana());
  remember();
  const auto app = accounts().factors.list_totp(*database().snapshot(), ana().account).at(0).id;
  ASSERT_TRUE(remove_app(accounts(), asker, app));
  EXPECT_FALSE(give_here(kGoodPassword)->is_whole) << "an app removed";
}

TEST_P(KnownDevice, IsNotRememberedAgainByItsNextWholeSignIn) {
  remember();
  const auto gone = device();
  const auto now = clock().now();
  database().write([&](db::Transaction& tx) { forget_device(tx, ana().account, gone, now); });
  clock().move(90s);
  const auto half = give_here(kGoodPassword)->session.value();
  ASSERT_TRUE(prove_second_factor(accounts(), {.account = ana().account,
                                               .half = half.id,
                                               .code = ana().app_code(),
                                               .client = {.device_token = ana().device_token}}));
  EXPECT_FALSE(give_here(kGoodPassword)->is_whole);
}

TEST_P(KnownDevice, MayFailFiftyTimesInHalfADayToo) {
  int checked = 0;
  for (int i = 0; i < 70; ++i) {
    const auto answer = give_here(kWrongPassword);
    ASSERT_FALSE(answer);
    if (answer.error().kind == FailureKind::bad_input) ++checked;
    if (i % 6 == 4) clock().move(2s);
    if (i % 6 == 5) clock().move(15min);
  }
  EXPECT_EQ(checked, kSignInTriesFromNetwork.tries_max);
  EXPECT_FALSE(give_here(kGoodPassword));
  EXPECT_TRUE(ana().give(kGoodPassword, "203.0.113.9")) << "a stranger on its network has a count of their own";
}

TEST_P(KnownDevice, GivesALockedOrClosedAccountNoSession) {
  remember();
  ana().set_locked(true);
  EXPECT_EQ(refusal_of(give_here(kGoodPassword)), "accounts.error.locked_by_agency");
  constexpr db::Query kClose{"test.close", "UPDATE accounts SET state = 'closed' WHERE id = $1"};
  database().write([&](db::Transaction& tx) { tx.run(kClose, {ana().account}); });
  EXPECT_EQ(refusal_of(give_here(kGoodPassword)), "accounts.error.sign_in_wrong_email");
}

TEST_P(KnownDevice, OwesASecondFactorForWhatIsDelicate) {
  remember();
  const auto whole = give_here(kGoodPassword)->session.value();
  EXPECT_TRUE(visitor(whole).owes_second_factor);
  EXPECT_EQ(visitor(whole).proved_at, Instant{}) << "so that every delicate page asks";
  const auto by_password = accounts().sessions.make_key({});
  const auto refused = database().write(
      [&](db::Transaction& tx) { return accounts().sessions.prove_again(tx, by_password, whole.id, "password"); });
  EXPECT_FALSE(refused) << "a password alone is what it began with";
  clock().move(90s);
  EXPECT_FALSE(prove_second_factor(
      accounts(), {.account = ana().account, .half = whole.id, .code = ana().wrong_app_code(), .is_step_up = true}));
  const auto proved = prove_second_factor(
      accounts(), {.account = ana().account, .half = whole.id, .code = ana().app_code(), .is_step_up = true});
  ASSERT_TRUE(proved) << refusal_of(proved);
  EXPECT_EQ(ana().standing(whole), web::Standing::stranger) << "Incident I35: under a new token";
  EXPECT_FALSE(visitor(*proved).owes_second_factor);
  EXPECT_EQ(visitor(*proved).proved_at, clock().now());
}

TEST_P(KnownDevice, RaceWithAPasswordChosenAnewLeavesNoSession) {
  const auto other = ana().bed.hasher.hash("another one entirely").value();
  for (int round = 0; round < rounds(); ++round) {
    const auto before = accounts().store.find_password_hash(*database().snapshot(), ana().account).value();
    const auto audit_id = ana().bed.ids.next_value();
    std::optional<SessionKey> key;
    testing::in_threads(2, [&](int i) {
      if (i == 0) {
        if (const auto answer = give_here(kGoodPassword)) key = answer->session;
        return;
      }
      database().write([&](db::Transaction& tx) {
        accounts().store.replace_password_hash(tx, ana().account, other);
        accounts().sessions.end_all(tx, ana().account, SessionId{}, audit_id, clock().now());
      });
    });
    if (key) ASSERT_EQ(ana().standing(*key), web::Standing::stranger);
    database().write([&](db::Transaction& tx) {
      accounts().store.replace_password_hash(tx, ana().account, before);
      forget_password_tries(accounts(), tx, ana().account, "ana@example.org");
    });
  }
}

ON_BOTH_DATABASES(KnownDevice);

}  // namespace
}  // namespace waymark::accounts
