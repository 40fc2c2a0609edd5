#include "features/accounts/sign_in/sign_in.hpp"

#include <ctime>

#include "base/text.hpp"
#include "journal/audit.hpp"
#include "support/signing_in.hpp"
#include "support/stored_values.hpp"

namespace waymark::accounts {
namespace {

using testing::kGoodPassword;
using testing::kWrongPassword;
using testing::refusal_of;

class SignIn : public testing::WithAna {
 protected:
  FixedClock& clock() { return ana().bed.clock; }

  void set_state(std::string_view state) {
    constexpr db::Query kSetState{"test.set_state", "UPDATE accounts SET state = $2 WHERE id = $1"};
    database().write([&](db::Transaction& tx) { tx.run(kSetState, {ana().account, state}); });
  }
};

TEST_P(SignIn, LeadsThroughPasswordAndAppToAWholeSession) {
  const auto half = ana().half();
  EXPECT_EQ(ana().standing(half), web::Standing::half_signed_in);
  const auto whole = ana().prove(half, ana().app_code());
  ASSERT_TRUE(whole) << refusal_of(whole);
  EXPECT_EQ(ana().standing(*whole), web::Standing::signed_in);
  EXPECT_TRUE(ana().told_kinds().empty());
  const auto trail = journal::list_for_account(*database().snapshot(), ana().account, 2);
  ASSERT_EQ(trail.size(), 2U);
  EXPECT_EQ(trail[0].event, "session.started");
  EXPECT_EQ(trail[0].detail, "totp");
  EXPECT_EQ(trail[1].event, "session.half_started");
}

TEST_P(SignIn, TakesTheCodeAsPeopleTypeIt) {
  auto code = ana().app_code();
  EXPECT_TRUE(ana().prove(ana().half(), " " + code.substr(0, 3) + " " + code.substr(3)));
  const auto printed = ana().backup_codes[0];
  EXPECT_TRUE(ana().prove_by_backup_code(
      ana().half(), to_ascii_upper(printed.substr(0, 5)) + "-" + printed.substr(5, 5) + " " + printed.substr(10)));
}

TEST_P(SignIn, TellsTheOwnerThatABackupCodeWasUsed) {
  ASSERT_TRUE(ana().prove_by_backup_code(ana().half(), ana().backup_codes[0]));
  const auto told = ana().bed.take_told();
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].kind, "accounts.backup_code_used");
  EXPECT_EQ(testing::argument_of(told[0], "left"), "9");
  const auto again = ana().prove_by_backup_code(ana().half(), ana().backup_codes[0]);
  EXPECT_EQ(refusal_of(again), "accounts.error.backup_code_wrong");
  EXPECT_EQ(ana().factor_failures(), 1);
}

TEST_P(SignIn, AnswersUnknownClosedLockedAndWrongAlike_Incident_I71) {
  const auto wrong = ana().give(kWrongPassword);
  const auto unknown = ana().give(kGoodPassword, "203.0.113.9", "nobody@example.org");
  set_state("closed");
  const auto closed = ana().give(kGoodPassword);
  set_state("locked");
  const auto locked = ana().give(kWrongPassword);
  for (const auto* answer : {&wrong, &unknown, &closed, &locked}) {
    ASSERT_FALSE(*answer);
    EXPECT_EQ(answer->error().kind, FailureKind::bad_input);
    EXPECT_EQ(answer->error().message.key, "accounts.error.sign_in_wrong");
    ASSERT_EQ(answer->error().fields.size(), 2U);
    EXPECT_EQ(answer->error().fields[0].message.key, "accounts.error.sign_in_wrong_email");
    EXPECT_EQ(answer->error().fields[1].message.key, "accounts.error.sign_in_wrong_password");
    EXPECT_FALSE(answer->error().retry_after);
  }
  EXPECT_EQ(ana().sign_in_failures(), 3);
  EXPECT_EQ(ana().failures(kSignInTries, "nobody@example.org"), 1);
}

TEST_P(SignIn, LocksAddressesWithoutAnAccountAlike_Incident_I71) {
  const auto try_six_times = [&](const std::string& email) {
    std::vector<std::string> answers;
    for (int i = 0; i < 8; ++i) {
      const auto answer = ana().give(kWrongPassword, "203.0.113.9", email);
      answers.push_back(refusal_of(answer) + " " +
                        std::to_string(answer.error().retry_after.value_or(std::chrono::seconds{0}).count()));
      if (i == 4) clock().move(2s);
    }
    return answers;
  };
  const auto known = try_six_times("ana@example.org");
  EXPECT_EQ(known, try_six_times("nobody@example.org"));
  EXPECT_EQ(known[6], "accounts.error.sign_in_locked 900");
  // One line in the trail for each, so that neither answer takes a write longer.
  constexpr db::Query kCount{"test.count_locks", "SELECT COUNT(*) FROM audit WHERE event = 'account.sign_in_locked'"};
  EXPECT_EQ(database().snapshot()->find(kCount, {}, [](const db::Row& row) { return row.integer(0); }), 2);
  EXPECT_EQ(ana().told_kinds().size(), 1U);
}

TEST_P(SignIn, SaysThatTheAgencyLockedTheAccountOnlyToWhoKnowsThePassword) {
  ana().set_locked(true);
  const auto right = ana().give(kGoodPassword);
  EXPECT_EQ(refusal_of(right), "accounts.error.locked_by_agency");
  EXPECT_EQ(right.error().kind, FailureKind::forbidden);
  EXPECT_EQ(ana().sign_in_failures(), 0);
  EXPECT_EQ(ana().failures(kNetworkTries, "203.0.113.9"), 0);
}

TEST_P(SignIn, Incident_I14_LockingTheAccountEndsTheHalfSession) {
  const auto half = ana().half();
  const auto code = ana().app_code();
  ana().set_locked(true);
  EXPECT_EQ(ana().standing(half), web::Standing::stranger);
  const auto refused = ana().prove(half, code);
  EXPECT_EQ(refusal_of(refused), "accounts.error.sign_in_anew");
  EXPECT_EQ(refused.error().kind, FailureKind::unauthorized);
  ana().set_locked(false);
  EXPECT_TRUE(ana().prove(ana().half(), code)) << "the code had stayed good";
}

TEST_P(SignIn, Incident_I10_ACodeIsGoodOnceAndTheOneBeforeItNoMore) {
  const auto now = ana().app_code();
  const auto before = ana().app_code(-30s);
  ASSERT_TRUE(ana().prove(ana().half(), now));
  const auto again = ana().prove(ana().half(), now);
  EXPECT_EQ(refusal_of(again), "accounts.error.totp_used");
  ASSERT_EQ(again.error().fields[0].message.arguments.size(), 1U);
  EXPECT_EQ(again.error().fields[0].message.arguments[0].value, "30");
  EXPECT_EQ(refusal_of(ana().prove(ana().half(), before)), "accounts.error.totp_used");
  EXPECT_EQ(ana().factor_failures(), 0) << "pressing twice is no guess";
  EXPECT_TRUE(ana().prove(ana().half(), ana().app_code(30s)));
}

TEST_P(SignIn, RefusesCodesTwoStepsAway) {
  EXPECT_EQ(refusal_of(ana().prove(ana().half(), ana().app_code(-60s))), "accounts.error.totp_wrong");
  EXPECT_EQ(refusal_of(ana().prove(ana().half(), ana().app_code(60s))), "accounts.error.totp_wrong");
}

TEST_P(SignIn, ARightCodeWhoseSessionIsGoneStaysUnused) {
  const auto half = ana().half();
  const auto audit_id = ana().bed.ids.next_value();
  database().write([&](db::Transaction& tx) { accounts().sessions.end(tx, half.id, audit_id, clock().now()); });
  EXPECT_EQ(refusal_of(ana().prove(half, ana().app_code())), "accounts.error.sign_in_anew");
  EXPECT_EQ(refusal_of(ana().prove_by_backup_code(half, ana().backup_codes[0])), "accounts.error.sign_in_anew");
  EXPECT_EQ(ana().factor_failures(), 0);
  EXPECT_TRUE(ana().prove(ana().half(), ana().app_code()));
  EXPECT_TRUE(ana().prove_by_backup_code(ana().half(), ana().backup_codes[0]));
}

TEST_P(SignIn, AHalfSessionProvesOnlyItsOwnAccount) {
  testing::SigningUp bo{.bed = ana().bed, .email = "bo@example.org"};
  const auto bo_id = bo.finish();
  const auto half = ana().half();
  clock().move(90s);
  const auto code = totp_code(bo.totp_secret, clock().now());
  const auto answer = prove_second_factor(accounts(), {.account = bo_id, .half = half.id, .code = code});
  EXPECT_EQ(refusal_of(answer), "accounts.error.sign_in_anew");
  EXPECT_EQ(ana().standing(half), web::Standing::half_signed_in);
}

TEST_P(SignIn, Incident_I20_EmptyAndOddAnswersAreRefusedUncounted) {
  EXPECT_EQ(refusal_of(ana().give("")), "accounts.error.password_missing");
  EXPECT_EQ(refusal_of(ana().give(kGoodPassword, "203.0.113.9", "")), "accounts.error.email_form");
  EXPECT_EQ(refusal_of(ana().give(std::string(129, 'a'))), "accounts.error.sign_in_wrong_email");
  EXPECT_EQ(refusal_of(ana().give("\xff\xfe pass")), "accounts.error.sign_in_wrong_email");
  const auto half = ana().half();
  for (const std::string code :
       {"", " ", "12345", "1234567", "12a456", "------", "null", "[]", "0x1234", "１２３４５６"}) {
    EXPECT_EQ(refusal_of(ana().prove(half, code)), "accounts.error.totp_form") << code;
    EXPECT_EQ(refusal_of(ana().prove_by_backup_code(half, code)), "accounts.error.backup_code_form") << code;
  }
  EXPECT_EQ(ana().sign_in_failures() + ana().factor_failures(), 0);
}

TEST_P(SignIn, Incident_I32_PasswordsThatDifferLateDoNotMatch) {
  // 128 code points of up to four bytes each: differences at bytes 53, 73 and 256, and at the very end.
  std::string long_one;
  for (int i = 0; i < 128; ++i) long_one += "\xF0\x9F\x8C" + std::string(1, static_cast<char>(0x80 + i % 0x40));
  const auto hash = ana().bed.hasher.hash(long_one).value();
  database().write([&](db::Transaction& tx) { accounts().store.replace_password_hash(tx, ana().account, hash); });
  EXPECT_TRUE(ana().give(long_one));
  for (const std::size_t point : {13U, 18U, 64U, 127U}) {
    auto other = long_one;
    auto& last = other[point * 4 + 3];
    last = last == '\x80' ? '\x81' : '\x80';
    EXPECT_FALSE(ana().give(other)) << point;
  }
}

TEST_P(SignIn, TakesAPasswordHoweverItsLettersAreComposed) {
  std::string composed;
  std::string decomposed;
  for (int i = 0; i < 128; ++i) {
    composed += "\xEA\xB0\x81";                            // one Hangul syllable
    decomposed += "\xE1\x84\x80\xE1\x85\xA1\xE1\x86\xA8";  // the same in three letters
  }
  const auto hash = ana().bed.hasher.hash(composed).value();
  database().write([&](db::Transaction& tx) { accounts().store.replace_password_hash(tx, ana().account, hash); });
  EXPECT_TRUE(ana().give(composed));
  EXPECT_TRUE(ana().give(decomposed));
  EXPECT_TRUE(check_password(accounts(), ana().account, decomposed));
}

TEST_P(SignIn, HashesAnewWhenTheCostWasRaised) {
  PasswordHasher costlier{{.memory_bytes = 128 * 1024, .passes = 2}, 2, 256, std::chrono::milliseconds{5000}};
  auto parts = accounts().parts;
  Accounts raised({.database = parts.database,
                   .clock = parts.clock,
                   .random = parts.random,
                   .ids = parts.ids,
                   .keys = parts.keys,
                   .sealer = parts.sealer,
                   .hasher = costlier,
                   .outbox = parts.outbox,
                   .catalogue = parts.catalogue,
                   .words = parts.words});
  const auto hash = [&] { return accounts().store.find_password_hash(*database().snapshot(), ana().account).value(); };
  const auto before = hash();
  EXPECT_FALSE(accounts::sign_in(raised, {.email = "ana@example.org", .password = std::string(kWrongPassword)}));
  EXPECT_EQ(hash(), before);
  EXPECT_TRUE(accounts::sign_in(raised, {.email = "ana@example.org", .password = std::string(kGoodPassword)}));
  const auto after = hash();
  EXPECT_NE(after, before);
  EXPECT_FALSE(costlier.needs_rehash(after));
  EXPECT_TRUE(accounts::sign_in(raised, {.email = "ana@example.org", .password = std::string(kGoodPassword)}));
  EXPECT_EQ(hash(), after);
}

TEST_P(SignIn, GoesOnWithAnUnfinishedSignUp) {
  testing::SigningUp bo{.bed = ana().bed, .email = "bo@example.org"};
  bo.go_until("phone");
  EXPECT_EQ(refusal_of(ana().give(kWrongPassword, "203.0.113.9", "bo@example.org")),
            "accounts.error.sign_in_wrong_email");
  EXPECT_EQ(ana().failures(kSignInTries, "bo@example.org"), 1);
  const auto answer = ana().give(kGoodPassword, "203.0.113.9", "BO@example.org");
  ASSERT_TRUE(answer);
  EXPECT_FALSE(answer->session);
  EXPECT_EQ(present_step(find_sign_up(accounts(), {.token = answer->sign_up_token})).name, "phone");
  EXPECT_EQ(ana().failures(kSignInTries, "bo@example.org"), 0);
}

TEST_P(SignIn, Incident_I35_TheTokenChangesAtEachStep) {
  const auto half = ana().half();
  const auto whole = ana().prove(half, ana().app_code()).value();
  EXPECT_NE(half.token, whole.token);
  EXPECT_EQ(ana().standing(half), web::Standing::stranger);
  EXPECT_EQ(ana().standing(whole), web::Standing::signed_in);
  EXPECT_EQ(ana().standing(ana().half()), web::Standing::half_signed_in);
}

TEST_P(SignIn, KeepsASharedComputersShortTimesThroughBothSteps) {
  const auto whole = ana().prove(ana().half(SharedComputer::yes), ana().app_code()).value();
  clock().move(kSharedSessionIdle - 1s);
  ASSERT_EQ(ana().standing(whole), web::Standing::signed_in);
  for (int i = 0; i < 13; ++i) {
    clock().move(4min);
    ASSERT_EQ(ana().standing(whole), web::Standing::signed_in) << i;
  }
  clock().move(4min);
  EXPECT_EQ(ana().standing(whole), web::Standing::stranger);
  const auto other = ana().prove(ana().half(SharedComputer::yes), ana().app_code()).value();
  clock().move(kSharedSessionIdle);
  EXPECT_EQ(ana().standing(other), web::Standing::stranger);
}

// Hashing is by far the most of the work: one hash whoever is asked about shows in the processor's time.
TEST_P(SignIn, HashesOnceWhoeverIsAskedAbout_Incident_I71) {
  PasswordHasher heavy{{.memory_bytes = 32 * 1024 * 1024, .passes = 2}, 1, 16, std::chrono::milliseconds{20'000}};
  const auto hash = heavy.hash(kGoodPassword).value();
  testing::SigningUp bo{.bed = ana().bed, .email = "bo@example.org"};
  database().write([&](db::Transaction& tx) { accounts().store.replace_password_hash(tx, ana().account, hash); });
  auto parts = accounts().parts;
  Accounts costly({.database = parts.database,
                   .clock = parts.clock,
                   .random = parts.random,
                   .ids = parts.ids,
                   .keys = parts.keys,
                   .sealer = parts.sealer,
                   .hasher = heavy,
                   .outbox = parts.outbox,
                   .catalogue = parts.catalogue,
                   .words = parts.words});
  const auto seconds_for = [&](const std::string& email) {
    const auto before = std::clock();
    accounts::sign_in(costly,
                      {.email = email, .password = std::string(kWrongPassword), .client = {.peer = "203.0.113.9"}});
    return static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC;
  };
  // The least of a few: what else runs on the machine only ever adds.
  const auto least_for = [&](const std::string& email) {
    double least = seconds_for(email);
    for (int i = 0; i < 3; ++i) {
      ana().bed.clock.move(kSignInTries.window);
      least = std::min(least, seconds_for(email));
    }
    return least;
  };
  const double unknown = least_for("nobody@example.org");
  const double known = least_for("ana@example.org");
  set_state("locked");
  const double locked = least_for("ana@example.org");
  set_state("closed");
  const double closed = least_for("ana@example.org");
  for (const double seconds : {unknown, locked, closed}) {
    EXPECT_GT(seconds, known * 0.55);
    EXPECT_LT(seconds, known * 1.8);
  }
}

TEST_P(SignIn, Incident_I38_TheDatabaseHoldsNoTokenPasswordOrCode) {
  const auto half = ana().half();
  const auto waiting = ana().half();
  const auto code = ana().app_code();
  const auto whole = ana().prove(half, code).value();
  ASSERT_TRUE(ana().prove_by_backup_code(ana().half(), ana().backup_codes[0]));
  ana().lock_sign_in();
  const auto stored = testing::list_stored(database(), is_sqlite());
  const auto holds = [&](std::string_view secret) {
    return std::ranges::any_of(stored, [&](const auto& value) { return value.find(secret) != std::string::npos; });
  };
  EXPECT_GT(stored.size(), 50U);
  EXPECT_TRUE(holds(whole.token_hash)) << "the search finds what is there";
  EXPECT_TRUE(holds("account.sign_in_locked"));
  for (const auto& key : {half, waiting, whole}) EXPECT_FALSE(holds(key.token));
  EXPECT_FALSE(holds(kGoodPassword));
  EXPECT_FALSE(holds(kWrongPassword));
  EXPECT_FALSE(holds("$argon2id$")) << "hashes are sealed too";
  EXPECT_FALSE(holds("ana@example.org"));
  EXPECT_FALSE(holds(ana().totp_secret));
  EXPECT_FALSE(holds(ana().device_token));
  EXPECT_FALSE(holds(code));
  for (const auto& backup_code : ana().backup_codes) EXPECT_FALSE(holds(backup_code));
}

ON_BOTH_DATABASES(SignIn);

}  // namespace
}  // namespace waymark::accounts
