// What went wrong elsewhere, tried on the sign-up.
#include <atomic>
#include <fstream>
#include <set>
#include <thread>

#include "features/accounts/factors/password.hpp"
#include "features/accounts/sign_up/sign_up.hpp"
#include "support/accounts_bed.hpp"
#include "support/stored_values.hpp"

namespace waymark::accounts {
namespace {

class SignUpIncidents : public testing::WithAccounts {
 protected:
  testing::SigningUp browser(std::string email = "ana@example.org") {
    return testing::SigningUp{.bed = bed(), .email = std::move(email)};
  }
  static void in_threads(int count, const std::function<void(int)>& work) {
    std::vector<std::thread> threads;
    for (int i = 0; i < count; ++i) threads.emplace_back(work, i);
    for (auto& thread : threads) thread.join();
  }
  // A guess was compared with the code, and was wrong.
  static bool was_checked(const Result<SignUpReply>& reply) {
    return !reply && !reply.error().fields.empty() &&
           reply.error().fields.front().message.key == "accounts.error.code_wrong";
  }
  std::int64_t count(std::string_view sql) {
    const db::Query query{sql, sql};
    return database().snapshot()->find(query, {}, [](const db::Row& row) { return row.integer(0); }).value();
  }
};

TEST_P(SignUpIncidents, Incident_I01_ManyFlowsOfOneAddressShareItsTries) {
  std::vector<testing::SigningUp> flows;
  std::vector<std::string> codes;
  for (int i = 0; i < 8; ++i) {
    flows.push_back(browser(i % 2 == 0 ? "ana@example.org" : "ANA@example.org"));
    codes.push_back(flows.back().start());
    bed().clock.move(31s);
  }
  std::atomic<int> checked{0};
  in_threads(8, [&](int i) {
    const auto at = static_cast<std::size_t>(i);
    const auto wrong = testing::another_code(codes[at]);
    for (int guess = 0; guess < 10; ++guess) {
      if (was_checked(prove_email(accounts(), flows[at].asker, wrong))) ++checked;
    }
  });
  EXPECT_EQ(checked.load(), kEmailCodeTries.tries_max);
  // Not even the right code is taken now, and a new one gives no new tries.
  EXPECT_FALSE(prove_email(accounts(), flows[7].asker, codes[7]));
  bed().clock.move(5min);
  auto again = browser();
  const auto code = again.start();
  EXPECT_FALSE(prove_email(accounts(), again.asker, code));
}

TEST_P(SignUpIncidents, Incident_I02_TwoThousandGuessesAtOnceAreTenGuesses) {
  auto ana = browser();
  const auto wrong = testing::another_code(ana.start());
  std::atomic<int> checked{0};
  in_threads(50, [&](int) {
    for (int guess = 0; guess < 40; ++guess) {
      if (was_checked(prove_email(accounts(), ana.asker, wrong))) ++checked;
    }
  });
  EXPECT_EQ(checked.load(), kEmailCodeTries.tries_max);
}

TEST_P(SignUpIncidents, Incident_I03_ManySourceAddressesDoNotHelpAGuesser) {
  auto ana = browser();
  const auto wrong = testing::another_code(ana.start());
  int checked = 0;
  for (int i = 0; i < 100; ++i) {
    auto asker = ana.asker;
    asker.peer = fmt::format("198.51.100.{}", i);
    if (was_checked(prove_email(accounts(), asker, wrong))) ++checked;
  }
  EXPECT_EQ(checked, kEmailCodeTries.tries_max);
}

TEST_P(SignUpIncidents, Incident_I08_GuessesAtAPhonesCodeAreCountedByItsNumber) {
  auto ana = browser();
  ana.go_until("phone");
  const auto code = ana.give_phone();
  int checked = 0;
  for (int i = 0; i < 20; ++i) {
    if (was_checked(prove_phone(accounts(), ana.asker, testing::another_code(code)))) ++checked;
  }
  EXPECT_EQ(checked, kPhoneCodeTries.tries_max);
  EXPECT_FALSE(prove_phone(accounts(), ana.asker, code));
  // Another account's flow with the same number has no tries of its own.
  bed().clock.move(11s);
  auto bo = browser("bo@example.org");
  bo.go_until("phone");
  const auto other = bo.give_phone();
  EXPECT_FALSE(prove_phone(accounts(), bo.asker, other));
}

TEST_P(SignUpIncidents, Incident_I08_GuessesAtThePasswordOfAnUnfinishedSignUpAreLimited) {
  auto ana = browser();
  ana.go_until("phone");
  bed().clock.move(1min);
  auto elsewhere = browser();
  elsewhere.prove_email();
  for (int i = 0; i < kWelcomeBackTries.tries_max; ++i) {
    EXPECT_EQ(continue_sign_up(accounts(), elsewhere.asker, {.password = "wrong wrong wrong"}).error().kind,
              FailureKind::bad_input);
  }
  EXPECT_EQ(continue_sign_up(accounts(), elsewhere.asker, {.password = testing::kGoodPassword}).error().kind,
            FailureKind::too_many);
}

TEST_P(SignUpIncidents, EmailedCodeIsTakenByExactlyOneOfManyAtOnce) {
  auto ana = browser();
  const auto code = ana.start();
  std::atomic<int> proved{0};
  in_threads(64, [&](int) {
    const auto reply = prove_email(accounts(), ana.asker, code);
    if (reply && !reply->new_token.empty()) ++proved;
  });
  EXPECT_EQ(proved.load(), 1);
}

TEST_P(SignUpIncidents, PhonesCodeIsTakenOnce) {
  auto ana = browser();
  ana.go_until("phone");
  const auto code = ana.give_phone();
  in_threads(64, [&](int) { EXPECT_TRUE(prove_phone(accounts(), ana.asker, code)); });
  const auto draft = find_sign_up(accounts(), ana.asker)->draft;
  EXPECT_TRUE(draft.phone_proved_at);
  EXPECT_TRUE(draft.phone_code_hash.empty());
}

TEST_P(SignUpIncidents, AppIsBoundOnceByManyAtOnce) {
  auto ana = browser();
  ana.go_until("authenticator");
  const auto code = ana.app_code();
  std::mutex mutex;
  std::set<std::vector<std::string>> lists;
  in_threads(64, [&](int) {
    ASSERT_TRUE(confirm_authenticator(accounts(), ana.asker, code));
    const auto codes = find_sign_up(accounts(), ana.asker)->draft.backup_codes;
    const std::scoped_lock lock(mutex);
    lists.insert(codes);
  });
  EXPECT_EQ(lists.size(), 1U);
}

TEST_P(SignUpIncidents, AccountIsMadeByExactlyOneOfManyAtOnce) {
  auto ana = browser();
  ana.go_until("check");
  std::atomic<int> sessions{0};
  in_threads(64, [&](int) {
    const auto finished = finish_sign_up(accounts(), ana.asker);
    if (finished && !finished->session.token.empty()) ++sessions;
  });
  EXPECT_EQ(sessions.load(), 1);
  EXPECT_EQ(count("SELECT COUNT(*) FROM accounts"), 1);
  EXPECT_EQ(count("SELECT COUNT(*) FROM sessions"), 1);
  EXPECT_EQ(count("SELECT COUNT(*) FROM totp_factors"), 1);
  EXPECT_EQ(count("SELECT COUNT(*) FROM backup_codes"), 10);
}

TEST_P(SignUpIncidents, TwoFinishedFlowsOfOneAddressMakeOneAccount) {
  auto first = browser();
  const auto first_code = first.start();
  bed().clock.move(11s);
  auto second = browser();
  const auto second_code = second.start();
  // The first proof ends every flow of the address that was not proved.
  first.take(prove_email(accounts(), first.asker, first_code));
  EXPECT_TRUE(prove_email(accounts(), second.asker, second_code)->is_gone);
  first.go_until("check");
  EXPECT_TRUE(first.finish());
  EXPECT_EQ(count("SELECT COUNT(*) FROM accounts"), 1);
}

TEST_P(SignUpIncidents, Incident_I11_CodeThatBoundTheAppDoesNotSignIn) {
  auto ana = browser();
  const auto id = ana.finish();
  const auto app = accounts().factors.list_totp(*database().snapshot(), id).at(0);
  const auto code = totp_code(app.secret, bed().clock.now());
  const auto step = find_totp_step(app.secret, code, bed().clock.now());
  ASSERT_TRUE(step);
  const auto now = bed().clock.now();
  EXPECT_FALSE(
      database().write([&](db::Transaction& tx) { return accounts().factors.use_totp_step(tx, app.id, *step, now); }));
}

TEST_P(SignUpIncidents, Incident_I13_NoCodeTokenOrPasswordLiesOpenInTheDatabase) {
  auto ana = browser();
  std::vector<std::string> secrets{std::string(testing::kGoodPassword), "ana@example.org", "Morales"};
  const auto code = ana.start();
  secrets.push_back(fmt::format("\"{}\"", code));
  secrets.push_back(ana.asker.token);
  ana.take(prove_email(accounts(), ana.asker, code));
  ana.go_until("backup_codes");
  secrets.insert(secrets.end(), ana.backup_codes.begin(), ana.backup_codes.end());
  secrets.push_back(ana.asker.token);
  secrets.push_back(ana.totp_secret);
  ana.finish();
  secrets.push_back(ana.session.token);
  const auto stored = testing::list_stored(database(), is_sqlite());
  EXPECT_GT(stored.size(), 20U);
  for (const auto& value : stored) {
    for (const auto& secret : secrets) EXPECT_EQ(value.find(secret), std::string::npos);
  }
}

TEST_P(SignUpIncidents, Incident_I26_WhatAStrangerBeganDiesWhenTheOwnerProvesTheAddress) {
  auto stranger = browser();
  const auto strangers_code = stranger.start();
  bed().clock.move(11s);
  auto owner = browser();
  owner.prove_email();
  EXPECT_FALSE(find_sign_up(accounts(), stranger.asker));
  EXPECT_TRUE(prove_email(accounts(), stranger.asker, strangers_code)->is_gone);
  owner.finish();
  EXPECT_EQ(count("SELECT COUNT(*) FROM sign_ups"), 0);
  EXPECT_EQ(count("SELECT COUNT(*) FROM sessions"), 1);
}

TEST_P(SignUpIncidents, Incident_I26_FlowThatStartsWhileTheOwnerFinishesEndsWithIt) {
  auto owner = browser();
  owner.go_until("check");
  bed().clock.move(1min);
  auto stranger = browser();
  const auto code = stranger.start();
  owner.finish();
  EXPECT_TRUE(prove_email(accounts(), stranger.asker, code)->is_gone);
}

TEST_P(SignUpIncidents, Incident_I27_UnprovedAddressOpensNoAccount) {
  auto ana = browser();
  ana.start();
  const auto finished = finish_sign_up(accounts(), ana.asker);
  ASSERT_TRUE(finished);
  EXPECT_TRUE(finished->is_incomplete);
  EXPECT_TRUE(finished->session.token.empty());
}

TEST_P(SignUpIncidents, Incident_I28_LookAlikeLettersReachNobodysMailbox) {
  for (const std::string_view address : {"m\u0131ke@example.org", "\u017fam@example.org", "\u212aim@example.org"}) {
    auto asker = SignUpAsker{.peer = "203.0.113.9", .language = "en"};
    EXPECT_FALSE(start_sign_up(accounts(), asker, address)) << address;
  }
  EXPECT_TRUE(bed().take_told().empty());
}

TEST_P(SignUpIncidents, Incident_I30_CapitalLettersGiveNoNewTries) {
  auto small = browser("john@example.org");
  const auto small_code = small.start();
  auto large = browser("JOHN@example.org");
  const auto large_code = large.start();
  int checked = 0;
  for (int i = 0; i < 10; ++i) {
    if (was_checked(prove_email(accounts(), small.asker, testing::another_code(small_code)))) ++checked;
    if (was_checked(prove_email(accounts(), large.asker, testing::another_code(large_code)))) ++checked;
  }
  EXPECT_EQ(checked, kEmailCodeTries.tries_max);
}

TEST_P(SignUpIncidents, Incident_I31_AddressesThatCarryHeadersAreRefused) {
  for (const std::string_view address :
       {"ana@example.org\r\nBcc: eve@example.org", "ana@example.org\nTo: eve@example.org", "ana@eve@example.org",
        "=?utf-8?q?ana?=@example.org, eve@example.org"}) {
    const auto asker = SignUpAsker{.peer = "203.0.113.9", .language = "en"};
    const auto refused = start_sign_up(accounts(), asker, address);
    ASSERT_FALSE(refused) << address;
    EXPECT_EQ(refused.error().fields.front().field, "email");
  }
  EXPECT_TRUE(bed().take_told().empty());
}

TEST_P(SignUpIncidents, Incident_I32_PasswordsThatDifferLateDoNotMatch) {
  const std::string common(51, 'x');
  // 128 code points of four bytes each: the last begins at byte 508.
  std::string long_one;
  for (int i = 0; i < 127; ++i) long_one += "\U0001F511";
  const std::vector<std::pair<std::string, std::string>> pairs{
      {common + "aa", common + "ab"},
      {common + std::string(20, 'y') + "za", common + std::string(20, 'y') + "zb"},
      {long_one + "\U0001F512", long_one + "\U0001F513"}};
  for (const auto& [right, wrong] : pairs) {
    const auto normal = normal_password(right);
    ASSERT_TRUE(normal && normal_password(wrong));
    const auto hash = bed().hasher.hash(*normal);
    ASSERT_TRUE(hash);
    EXPECT_TRUE(bed().hasher.is_right(*normal, *hash).value());
    EXPECT_FALSE(bed().hasher.is_right(*normal_password(wrong), *hash).value());
  }
}

TEST_P(SignUpIncidents, Incident_I71_AddressThatHasAnAccountGoesTheSameWay) {
  auto owner = browser();
  const auto id = owner.finish();
  bed().clock.move(10min);
  bed().take_told();

  auto known = browser("ANA@example.org");
  auto unknown = browser("new@example.org");
  EXPECT_EQ(known.start(), "");
  const auto code = unknown.start();
  ASSERT_EQ(code.size(), 6U);
  EXPECT_EQ(known.step(), unknown.step());
  const auto at_known = prove_email(accounts(), known.asker, code);
  const auto at_unknown = prove_email(accounts(), unknown.asker, testing::another_code(code));
  EXPECT_TRUE(was_checked(at_known));
  EXPECT_TRUE(was_checked(at_unknown));
  ASSERT_TRUE(send_email_code_again(accounts(), known.asker));
  const auto told = bed().take_told();
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].kind, "accounts.sign_up_known_address");
  EXPECT_EQ(told[0].account, id);
  EXPECT_TRUE(told[0].email.empty());
  EXPECT_EQ(testing::argument_of(told[0], "code"), "");
  EXPECT_FALSE(send_email_code_again(accounts(), known.asker));
}

TEST_P(SignUpIncidents, Incident_I71_TriesAtAKnownAddressAreCountedAlike) {
  browser().finish();
  bed().clock.move(10min);
  auto known = browser();
  known.start();
  int checked = 0;
  for (int i = 0; i < 20; ++i) {
    if (was_checked(prove_email(accounts(), known.asker, fmt::format("{:06}", i)))) ++checked;
  }
  EXPECT_EQ(checked, kEmailCodeTries.tries_max);
}

ON_BOTH_DATABASES(SignUpIncidents);

}  // namespace
}  // namespace waymark::accounts
