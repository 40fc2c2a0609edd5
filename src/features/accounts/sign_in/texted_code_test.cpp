#include "features/accounts/sign_in/texted_code.hpp"

#include <atomic>

#include "features/accounts/factors/phone_codes.hpp"
#include "support/signing_in.hpp"

namespace waymark::accounts {
namespace {

using testing::in_threads;
using testing::refusal_of;

class TextedCodes : public testing::WithAna {
 protected:
  void SetUp() override {
    WithAna::SetUp();
    if (IsSkipped()) return;
    phone_ = add_phone("+15555550123", true);
  }
  PhoneId add_phone(std::string number, bool signs_in) {
    const Phone phone{.id = ana().bed.ids.next<PhoneId>(),
                      .account = ana().account,
                      .number = std::move(number),
                      .proved_at = ana().bed.clock.now(),
                      .is_second_factor = signs_in};
    database().write([&](db::Transaction& tx) { accounts().phones.add(tx, phone); });
    return phone.id;
  }
  Result<void> send(const SessionKey& half, bool spoken = false) {
    return send_texted_code(
        accounts(), {.account = ana().account, .half = half.id, .phone = phone_, .spoken = spoken, .language = "en"});
  }
  // The code that was sent to this half session.
  std::string code_for(const SessionKey& half) {
    ana().bed.clock.move(60s);
    ana().bed.take_told();
    EXPECT_EQ(refusal_of(send(half)), "");
    const auto told = ana().bed.take_told();
    return told.empty() ? std::string{} : testing::argument_of(told.back(), "code");
  }
  Result<SessionKey> prove(const SessionKey& half, std::string code) {
    return ana().prove(half, std::move(code), SecondFactor::phone);
  }
  std::int64_t tries() { return ana().failures(kSignInCodeTries, ana().subject()); }

  PhoneId phone_{};
};

TEST_P(TextedCodes, SignInOnceWithTheHalfSessionTheyWereSentFor) {
  const auto half = ana().half();
  const auto other = ana().half();
  const auto code = code_for(half);
  EXPECT_EQ(refusal_of(prove(other, code)), "accounts.error.code_expired") << "nothing was sent for this one";
  const auto whole = prove(half, code);
  ASSERT_EQ(refusal_of(whole), "");
  EXPECT_EQ(ana().standing(*whole), web::Standing::signed_in);
  EXPECT_EQ(refusal_of(prove(ana().half(), code)), "accounts.error.code_expired");
  EXPECT_EQ(tries(), 0);
}

TEST_P(TextedCodes, ProveAgainOnceToo) {
  const auto session = ana().half();
  ASSERT_EQ(refusal_of(ana().prove(session, ana().app_code())), "");
  const auto code = code_for(session);
  const auto prove_again = [&] {
    return refusal_of(prove_second_factor(accounts(), {.account = ana().account,
                                                       .half = session.id,
                                                       .way = SecondFactor::phone,
                                                       .code = code,
                                                       .client = {.peer = "203.0.113.9"},
                                                       .is_step_up = true}));
  };
  EXPECT_EQ(prove_again(), "");
  EXPECT_EQ(prove_again(), "accounts.error.code_wrong");
  EXPECT_EQ(tries(), 0) << "what was right a moment ago is no guess";
}

TEST_P(TextedCodes, AreTextedOrSpokenAndSayThatTheyAreForSigningIn) {
  const auto half = ana().half();
  ana().bed.take_told();
  ASSERT_TRUE(send(half));
  ana().bed.clock.move(60s);
  ASSERT_TRUE(send(half, true));
  const auto told = ana().bed.take_told();
  ASSERT_EQ(told.size(), 2U);
  EXPECT_EQ(told[0].kind, "accounts.sign_in_phone_code");
  EXPECT_EQ(told[0].phone, "+15555550123");
  EXPECT_FALSE(told[0].spoken);
  EXPECT_TRUE(told[1].spoken);
  EXPECT_EQ(refusal_of(prove(half, testing::argument_of(told[0], "code"))), "accounts.error.code_wrong")
      << "only the last one is good";
  EXPECT_TRUE(prove(half, testing::argument_of(told[1], "code")));
}

TEST_P(TextedCodes, AreGoodForTenMinutes) {
  const auto half = ana().half();
  const auto code = code_for(half);
  ana().bed.clock.move(kCodeLifetime);
  EXPECT_EQ(refusal_of(prove(half, code)), "accounts.error.code_expired");
  EXPECT_EQ(tries(), 0);
}

TEST_P(TextedCodes, GoOnlyToPhonesThatWereChosenForSigningIn) {
  const auto half = ana().half();
  const auto messages_only = add_phone("+15555550124", false);
  const auto answer = send_texted_code(accounts(), {.account = ana().account, .half = half.id, .phone = messages_only});
  EXPECT_EQ(refusal_of(answer), "web.error.not_found");
  const auto code = code_for(half);
  database().write([&](db::Transaction& tx) { accounts().phones.set_second_factor(tx, ana().account, phone_, false); });
  EXPECT_EQ(refusal_of(prove(half, code)), "accounts.error.code_expired");
  EXPECT_EQ(ana().standing(half), web::Standing::half_signed_in);
}

TEST_P(TextedCodes, Incident_I11_TheCodeThatProvesANumberDoesNotSignIn) {
  const auto half = ana().half();
  code_for(half);
  const auto prove_number =
      phone_code_hash(accounts(), PhoneCodePurpose::prove_number, half.id.value, "+15555550123", "123456");
  const auto sign_in = phone_code_hash(accounts(), PhoneCodePurpose::sign_in, half.id.value, "+15555550123", "123456");
  EXPECT_NE(prove_number, sign_in);
}

TEST_P(TextedCodes, AreSentTwiceInTenSecondsAtMost) {
  const auto half = ana().half();
  EXPECT_TRUE(send(half));
  EXPECT_TRUE(send(half));
  const auto sent = send(half);
  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.error().kind, FailureKind::too_many);
}

TEST_P(TextedCodes, Incident_I08_NewCodesGiveNoNewTriesAndTheOwnerIsToldWhenTheyStop) {
  int checked = 0;
  std::string good;
  SessionKey half;
  for (int round = 0; round < 4; ++round) {
    ana().bed.clock.move(20min);  // the lock of all second factors is over
    half = ana().half();
    const auto sent = send(half);
    if (!sent) break;
    const auto told = ana().bed.take_told();
    good = testing::argument_of(told.back(), "code");
    for (int guess = 0; guess < 5; ++guess) {
      const auto answer = prove(half, testing::another_code(good));
      if (refusal_of(answer) == "accounts.error.code_wrong") ++checked;
    }
  }
  EXPECT_EQ(checked, kSignInCodeTries.tries_max);
  EXPECT_EQ(send(half).error().message.key, "accounts.error.too_many_code_tries");
  EXPECT_EQ(refusal_of(prove(half, good)), "accounts.error.too_many_code_tries");
  const auto kinds = ana().told_kinds();
  EXPECT_EQ(std::ranges::count(kinds, "accounts.texted_codes_stopped"), 1);
  ana().bed.clock.move(20min);
  EXPECT_TRUE(ana().prove(ana().half(), ana().app_code())) << "the app signs in all the same";
}

TEST_P(TextedCodes, Incident_I02_I07_TwoThousandGuessesAtOnceAreNoMoreThanTheCap) {
  const auto halves = ana().halves(8);
  std::vector<std::string> wrong;
  for (const auto& half : halves) wrong.push_back(testing::another_code(code_for(half)));
  std::atomic<int> checked{0};
  in_threads(100, [&](int i) {
    const auto which = static_cast<std::size_t>(i) % halves.size();
    for (int guess = 0; guess < 20; ++guess) {
      const auto answer = prove(halves[which], wrong[which]);
      ASSERT_FALSE(answer);
      if (refusal_of(answer) == "accounts.error.code_wrong") ++checked;
    }
  });
  EXPECT_LE(checked.load(), kSecondFactorTries.tries_max);
  EXPECT_GE(checked.load(), 1);
  EXPECT_EQ(tries(), checked.load()) << "Incident_I07: the counter is exact";
  EXPECT_EQ(ana().failures(kSecondFactorTries, ana().subject()), checked.load());
}

TEST_P(TextedCodes, RaceOfOneCodeTypedSixtyFourTimesAtOnceIsGoodOnce) {
  for (int round = 0; round < testing::race_rounds(10); ++round) {
    ana().bed.clock.move(kTextsToPrefix.window / kTextsToPrefix.tries_max);
    const auto half = ana().half();
    const auto code = code_for(half);
    std::atomic<int> passed{0};
    in_threads(64, [&](int) { passed += prove(half, code) ? 1 : 0; });
    ASSERT_EQ(passed.load(), 1);
    ASSERT_EQ(tries(), 0);
  }
}

ON_BOTH_DATABASES(TextedCodes);

}  // namespace
}  // namespace waymark::accounts
