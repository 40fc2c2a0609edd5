#include "features/accounts/factors/manage_factors.hpp"

#include "features/accounts/factors/backup_codes.hpp"
#include "features/accounts/factors/manage_phones.hpp"
#include "features/accounts/factors/ways_in.hpp"
#include "journal/audit.hpp"
#include "support/signing_in.hpp"

namespace waymark::accounts {
namespace {

using testing::in_threads;
using testing::refusal_of;

class ManageFactors : public testing::WithAna {
 protected:
  void SetUp() override {
    WithAna::SetUp();
    if (IsSkipped()) return;
    asker_ = {.account = ana().account, .session = session()};
    ana().bed.take_told();
  }
  // A whole session of hers, as the routes ask for it.
  SessionId session() {
    const auto key = accounts().sessions.make_key({.peer = "203.0.113.9", .device_token = ana().device_token});
    database().write([&](db::Transaction& tx) {
      accounts().sessions.start_full(tx, key, ana().account, SharedComputer::no, "sign_up");
    });
    return key.id;
  }
  std::string pending_secret() {
    return find_pending_app(accounts(), *database().snapshot(), asker_, ana().bed.clock.now()).value_or("");
  }
  std::string code_of(const std::string& secret) { return totp_code(secret, ana().bed.clock.now()); }
  // A second app; its secret.
  std::string add_app(std::string_view name = "Tablet") {
    EXPECT_TRUE(start_app(accounts(), asker_));
    const auto secret = pending_secret();
    const auto added = confirm_app(accounts(), asker_, {.name = name, .code = code_of(secret)});
    EXPECT_EQ(refusal_of(added), "");
    return secret;
  }
  std::vector<TotpFactor> apps() { return accounts().factors.list_totp(*database().snapshot(), ana().account); }
  std::vector<Phone> phones() { return accounts().phones.list(*database().snapshot(), ana().account); }
  WaysIn ways() { return find_ways_in(*database().snapshot(), ana().account); }
  std::vector<std::string> trail() {
    std::vector<std::string> events;
    for (const auto& row : journal::list_for_account(*database().snapshot(), ana().account, 20)) {
      events.push_back(row.event + " " + row.detail);
    }
    return events;
  }
  bool is_in_trail(std::string_view event) {
    const auto events = trail();
    return std::ranges::find(events, event) != events.end();
  }
  std::string code_told() {
    for (const auto& telling : ana().bed.take_told()) {
      if (!testing::argument_of(telling, "code").empty()) return testing::argument_of(telling, "code");
    }
    return {};
  }
  PhoneId add_phone(std::string_view number = "555 555 0123", bool signs_in = true) {
    ana().bed.clock.move(60s);
    ana().bed.take_told();
    EXPECT_EQ(refusal_of(start_phone(accounts(), asker_, {.region = "US", .number = number}, "en")), "");
    const auto phone = confirm_phone(accounts(), asker_, code_told());
    EXPECT_EQ(refusal_of(phone), "");
    if (signs_in) {
      EXPECT_TRUE(set_phone_use(accounts(), asker_, *phone, {.is_second_factor = true}));
    }
    return *phone;
  }

  FactorAsker asker_{};
};

TEST_P(ManageFactors, AddASecondAppThatSignsInBesideTheFirst) {
  const auto secret = add_app("  Ana’s\ttablet ");
  ASSERT_EQ(apps().size(), 2U);
  EXPECT_EQ(apps()[1].name, "Ana’s tablet");
  EXPECT_EQ(ana().told_kinds(), std::vector<std::string>{"accounts.app_added"});
  EXPECT_TRUE(is_in_trail("factor.added app"));
  ana().bed.clock.move(60s);
  EXPECT_TRUE(ana().prove(ana().half(), code_of(secret)));
  EXPECT_EQ(apps()[1].last_used_at, ana().bed.clock.now());
  ana().bed.clock.move(60s);
  EXPECT_TRUE(ana().prove(ana().half(), ana().app_code()));
}

TEST_P(ManageFactors, KeepTheSecretBeingSetUpOverARefreshAndInItsSessionOnly) {
  ASSERT_TRUE(start_app(accounts(), asker_));
  const auto secret = pending_secret();
  ASSERT_TRUE(start_app(accounts(), asker_));
  EXPECT_EQ(pending_secret(), secret);
  const FactorAsker elsewhere{.account = ana().account, .session = session()};
  EXPECT_FALSE(find_pending_app(accounts(), *database().snapshot(), elsewhere, ana().bed.clock.now()));
  EXPECT_EQ(refusal_of(confirm_app(accounts(), elsewhere, {.code = code_of(secret)})), "accounts.error.factor_gone");
  ana().bed.clock.move(kPendingFactorLifetime);
  EXPECT_EQ(pending_secret(), "");
  EXPECT_EQ(apps().size(), 1U);
}

TEST_P(ManageFactors, Incident_I12_TheSeedOfAnAppHasAtLeast160Bits) {
  ASSERT_TRUE(start_app(accounts(), asker_));
  EXPECT_GE(pending_secret().size() * 8, 160U);
}

TEST_P(ManageFactors, Incident_I11_TheCodeThatBindsAnAppDoesNotSignIn) {
  const auto secret = add_app();
  EXPECT_EQ(refusal_of(ana().prove(ana().half(), code_of(secret))), "accounts.error.totp_used");
}

TEST_P(ManageFactors, RefuseAWrongCodeAndALongName) {
  ASSERT_TRUE(start_app(accounts(), asker_));
  const auto secret = pending_secret();
  EXPECT_EQ(refusal_of(confirm_app(accounts(), asker_, {.code = "12"})), "accounts.error.totp_form");
  EXPECT_EQ(refusal_of(confirm_app(accounts(), asker_, {.code = code_of(std::string(20, 'x'))})),
            "accounts.error.totp_wrong");
  EXPECT_EQ(refusal_of(confirm_app(accounts(), asker_, {.name = std::string(61, 'a'), .code = code_of(secret)})),
            "accounts.error.factor_name_long");
  EXPECT_EQ(apps().size(), 1U);
  EXPECT_TRUE(confirm_app(accounts(), asker_, {.code = code_of(secret)}));
}

TEST_P(ManageFactors, RenameAnAppOfOnesOwnOnly) {
  const auto id = apps()[0].id;
  EXPECT_TRUE(rename_app(accounts(), asker_, id, "Old phone"));
  EXPECT_EQ(apps()[0].name, "Old phone");
  const FactorAsker stranger{.account = AccountId{ana().account.value + 1}, .session = asker_.session};
  EXPECT_EQ(refusal_of(rename_app(accounts(), stranger, id, "Mine")), "web.error.not_found");
  EXPECT_EQ(apps()[0].name, "Old phone");
}

TEST_P(ManageFactors, RemoveAnAppButNeverTheLastSecondFactor) {
  EXPECT_EQ(refusal_of(remove_app(accounts(), asker_, apps()[0].id)), "accounts.error.last_factor");
  EXPECT_EQ(ways().backup_codes_left, 10) << "backup codes don't count";
  const auto secret = add_app();
  ana().bed.take_told();
  EXPECT_TRUE(remove_app(accounts(), asker_, apps()[1].id));
  EXPECT_EQ(ana().told_kinds(), std::vector<std::string>{"accounts.app_removed"});
  EXPECT_TRUE(is_in_trail("factor.removed app"));
  ana().bed.clock.move(60s);
  EXPECT_EQ(refusal_of(ana().prove(ana().half(), code_of(secret))), "accounts.error.totp_wrong");
  EXPECT_EQ(refusal_of(remove_app(accounts(), asker_, apps()[0].id)), "accounts.error.last_factor");
}

TEST_P(ManageFactors, MakeNewBackupCodesThatReplaceTheOldOnesOnceTheyAreKept) {
  start_backup_codes(accounts(), asker_);
  const auto made = find_pending_backup_codes(accounts(), *database().snapshot(), asker_, ana().bed.clock.now());
  ASSERT_EQ(made.size(), kBackupCodeCount);
  start_backup_codes(accounts(), asker_);
  EXPECT_EQ(find_pending_backup_codes(accounts(), *database().snapshot(), asker_, ana().bed.clock.now()), made);
  EXPECT_EQ(refusal_of(keep_new_backup_codes(accounts(), asker_, false)), "accounts.error.backup_codes_not_kept");
  EXPECT_TRUE(ana().prove_by_backup_code(ana().half(), ana().backup_codes[0])) << "the old ones are good until then";
  EXPECT_EQ(refusal_of(ana().prove_by_backup_code(ana().half(), made[0])), "accounts.error.backup_code_wrong");
  ana().bed.take_told();
  EXPECT_TRUE(keep_new_backup_codes(accounts(), asker_, true));
  EXPECT_EQ(ana().told_kinds(), std::vector<std::string>{"accounts.backup_codes_renewed"});
  EXPECT_EQ(ways().backup_codes_left, 10);
  EXPECT_EQ(refusal_of(ana().prove_by_backup_code(ana().half(), ana().backup_codes[1])),
            "accounts.error.backup_code_wrong");
  EXPECT_TRUE(ana().prove_by_backup_code(ana().half(), made[0]));
  EXPECT_EQ(refusal_of(keep_new_backup_codes(accounts(), asker_, true)), "accounts.error.factor_gone");
}

TEST_P(ManageFactors, AddAPhoneByItsCodeForMessagesAtFirst) {
  const auto phone = add_phone("555 555 0123", false);
  ASSERT_EQ(phones().size(), 1U);
  EXPECT_EQ(phones()[0].id, phone);
  EXPECT_FALSE(phones()[0].is_second_factor);
  const auto told = ana().bed.take_told();
  ASSERT_EQ(told.size(), 2U) << "the mailbox and the number itself";
  EXPECT_EQ(told[0].kind, "accounts.phone_added");
  EXPECT_EQ(told[1].phone, "+15555550123");
  EXPECT_EQ(refusal_of(start_phone(accounts(), asker_, {.region = "US", .number = "555 555 0123"}, "en")),
            "accounts.error.phone_yours");
  EXPECT_EQ(refusal_of(start_phone(accounts(), asker_, {.region = "ZZ", .number = "555 555 0124"}, "en")),
            "accounts.error.phone_country");
}

TEST_P(ManageFactors, AllowFivePhones) {
  for (std::size_t i = 0; i < kPhonesMax; ++i) add_phone(fmt::format("555 555 013{}", i), false);
  ASSERT_EQ(phones().size(), kPhonesMax);
  EXPECT_EQ(refusal_of(start_phone(accounts(), asker_, {.region = "US", .number = "555 555 0139"}, "en")),
            "accounts.error.phones_enough");
}

TEST_P(ManageFactors, TakeTheCodeOfAPhoneOnceAndWithinTenMinutes) {
  ASSERT_TRUE(start_phone(accounts(), asker_, {.region = "US", .number = "555 555 0123"}, "en"));
  const auto code = code_told();
  EXPECT_EQ(refusal_of(confirm_phone(accounts(), asker_, testing::another_code(code))), "accounts.error.code_wrong");
  EXPECT_EQ(ana().failures(kPhoneCodeTries, "+15555550123"), 1);
  ana().bed.clock.move(kCodeLifetime);
  EXPECT_EQ(refusal_of(confirm_phone(accounts(), asker_, code)), "accounts.error.code_expired");
  ASSERT_TRUE(send_new_phone_code_again(accounts(), asker_, true, "en"));
  const auto told = ana().bed.take_told();
  ASSERT_EQ(told.size(), 1U);
  EXPECT_TRUE(told[0].spoken);
  const auto fresh = testing::argument_of(told[0], "code");
  EXPECT_TRUE(confirm_phone(accounts(), asker_, fresh));
  EXPECT_TRUE(phones()[0].is_spoken_to);
  EXPECT_EQ(refusal_of(confirm_phone(accounts(), asker_, fresh)), "accounts.error.factor_gone");
  ASSERT_TRUE(remove_phone(accounts(), asker_, phones()[0].id));
  EXPECT_EQ(refusal_of(confirm_phone(accounts(), asker_, fresh)), "accounts.error.factor_gone");
  EXPECT_TRUE(phones().empty());
}

TEST_P(ManageFactors, TextATwentiethNewNumberInADayAndNoMore) {
  const auto start = [&](int i) {
    return refusal_of(
        start_phone(accounts(), asker_, {.region = "US", .number = fmt::format("555 555 {:04}", 100 + i)}, "en"));
  };
  for (int i = 0; i < kNewPhones.tries_max; ++i) ASSERT_EQ(start(i), "") << i;
  EXPECT_EQ(start(99), "accounts.error.too_many_messages");
  EXPECT_EQ(ana().bed.take_told().size(), static_cast<std::size_t>(kNewPhones.tries_max));
  ana().bed.clock.move(24h);
  EXPECT_EQ(start(99), "");
}

TEST_P(ManageFactors, TextOneNumberTwiceInTenSecondsAtMost) {
  ASSERT_TRUE(start_phone(accounts(), asker_, {.region = "US", .number = "555 555 0123"}, "en"));
  ASSERT_TRUE(send_new_phone_code_again(accounts(), asker_, false, "en"));
  EXPECT_EQ(refusal_of(send_new_phone_code_again(accounts(), asker_, true, "en")), "accounts.error.too_many_messages");
  EXPECT_EQ(refusal_of(start_phone(accounts(), asker_, {.region = "US", .number = "555 555 0123"}, "en")),
            "accounts.error.too_many_messages");
  EXPECT_EQ(ana().bed.take_told().size(), 2U);
}

TEST_P(ManageFactors, NewCodesOfAPhoneGiveNoNewTries) {
  int accepted = 0;
  for (int sent = 0; sent < 4; ++sent) {
    ana().bed.clock.move(6min);
    const auto started = start_phone(accounts(), asker_, {.region = "US", .number = "555 555 0123"}, "en");
    ASSERT_TRUE(started);
    const auto wrong = testing::another_code(code_told());
    for (int guess = 0; guess < 4; ++guess) {
      const auto answer = confirm_phone(accounts(), asker_, wrong);
      if (refusal_of(answer) == "accounts.error.code_wrong") ++accepted;
    }
  }
  EXPECT_EQ(accepted, kPhoneCodeTries.tries_max);
}

TEST_P(ManageFactors, TellTheNumberThatGoesAndLetItSignInNoMore) {
  const auto phone = add_phone();
  EXPECT_EQ(ways().phones, 1);
  ana().bed.take_told();
  EXPECT_TRUE(remove_phone(accounts(), asker_, phone));
  const auto told = ana().bed.take_told();
  ASSERT_EQ(told.size(), 2U);
  EXPECT_EQ(told[1].kind, "accounts.phone_removed");
  EXPECT_EQ(told[1].phone, "+15555550123");
  EXPECT_EQ(ways().phones, 0);
  EXPECT_TRUE(is_in_trail("factor.removed phone"));
  EXPECT_EQ(refusal_of(remove_phone(accounts(), asker_, phone)), "web.error.not_found");
}

TEST_P(ManageFactors, NeverSwitchOffThePhoneThatIsTheLastSecondFactor) {
  const auto phone = add_phone();
  EXPECT_TRUE(remove_app(accounts(), asker_, apps()[0].id));
  EXPECT_EQ(refusal_of(set_phone_use(accounts(), asker_, phone, {})), "accounts.error.last_factor");
  EXPECT_EQ(refusal_of(remove_phone(accounts(), asker_, phone)), "accounts.error.last_factor");
  EXPECT_TRUE(set_phone_use(accounts(), asker_, phone, {.is_second_factor = true, .is_spoken_to = true}));
  EXPECT_TRUE(phones()[0].is_spoken_to);
}

TEST_P(ManageFactors, UrgeUntilThereAreTwoAndAgainThirtyDaysAfterItWasPutOff) {
  const auto urged = [&] { return is_to_be_urged(ways(), ana().bed.clock.now()); };
  EXPECT_TRUE(urged());
  const auto now = ana().bed.clock.now();
  database().write([&](db::Transaction& tx) { put_off_urging(tx, ana().account, now); });
  EXPECT_FALSE(urged());
  ana().bed.clock.move(kUrgedAgainAfter - 1s);
  EXPECT_FALSE(urged());
  ana().bed.clock.move(1s);
  EXPECT_TRUE(urged());
  asker_.session = session();
  add_app();
  EXPECT_FALSE(urged());
}

TEST_P(ManageFactors, RaceOfTwoRemovalsAtOnceLeavesOneSecondFactor) {
  for (int round = 0; round < testing::race_rounds(10); ++round) {
    while (apps().size() < 2) {
      ana().bed.clock.move(60s);
      asker_.session = session();
      add_app();
    }
    const auto both = apps();
    std::atomic<int> removed{0};
    in_threads(2, [&](int i) {
      const auto answer = remove_app(accounts(), asker_, both[static_cast<std::size_t>(i)].id);
      if (answer)
        ++removed;
      else
        EXPECT_EQ(refusal_of(answer), "accounts.error.last_factor");
    });
    ASSERT_EQ(removed.load(), 1);
    ASSERT_EQ(apps().size(), 1U);
  }
}

TEST_P(ManageFactors, RaceOfAnAppAndAPhoneRemovedAtOnceLeavesOneSecondFactor) {
  for (int round = 0; round < testing::race_rounds(5); ++round) {
    ana().bed.clock.move(5min);
    asker_.session = session();
    if (apps().empty()) add_app();
    const auto phone = phones().empty() ? add_phone() : phones()[0].id;
    const auto app = apps()[0].id;
    std::atomic<int> removed{0};
    in_threads(2, [&](int i) {
      removed += (i == 0 ? remove_app(accounts(), asker_, app) : set_phone_use(accounts(), asker_, phone, {})) ? 1 : 0;
    });
    ASSERT_EQ(removed.load(), 1);
    ASSERT_EQ(ways().second_factors(), 1);
    if (ways().phones == 0) {
      ASSERT_TRUE(set_phone_use(accounts(), asker_, phone, {.is_second_factor = true}));
    }
  }
}

TEST_P(ManageFactors, RaceOfOneNewAppConfirmedManyTimesAtOnceAddsIt) {
  ASSERT_TRUE(start_app(accounts(), asker_));
  const auto code = code_of(pending_secret());
  std::atomic<int> added{0};
  in_threads(64, [&](int) { added += confirm_app(accounts(), asker_, {.code = code}) ? 1 : 0; });
  EXPECT_EQ(added.load(), 1);
  EXPECT_EQ(apps().size(), 2U);
}

TEST_P(ManageFactors, RaceOfOneBackupCodeSetKeptManyTimesAtOnceLeavesTenCodes) {
  start_backup_codes(accounts(), asker_);
  std::atomic<int> kept{0};
  in_threads(64, [&](int) { kept += keep_new_backup_codes(accounts(), asker_, true) ? 1 : 0; });
  EXPECT_EQ(kept.load(), 1);
  EXPECT_EQ(ways().backup_codes_left, 10);
}

TEST_P(ManageFactors, Incident_I10_OneCodeOfOneOfSeveralAppsTypedFiftyTimesAtOnceIsGoodOnce) {
  const auto secret = add_app();
  for (int round = 0; round < testing::race_rounds(5); ++round) {
    ana().bed.clock.move(90s);
    const auto halves = ana().halves(50);
    const auto code = code_of(secret);
    std::atomic<int> passed{0};
    in_threads(50, [&](int i) { passed += ana().prove(halves[static_cast<std::size_t>(i)], code) ? 1 : 0; });
    ASSERT_EQ(passed.load(), 1);
    ASSERT_EQ(ana().failures(kSecondFactorTries, ana().subject()), 0);
  }
}

ON_BOTH_DATABASES(ManageFactors);

}  // namespace
}  // namespace waymark::accounts
