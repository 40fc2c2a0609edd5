// How many mails and texts a sign-up sends, and for how long what it sent is good.
#include "features/accounts/factors/phone_codes.hpp"
#include "features/accounts/sign_up/sign_up.hpp"
#include "support/accounts_bed.hpp"
#include "support/signing_in.hpp"

namespace waymark::accounts {
namespace {

using testing::refusal_of;

constexpr std::string_view kEnough = "accounts.error.too_many_messages";

class SignUpLimits : public testing::WithAccounts {
 protected:
  testing::SigningUp at_phone(std::string email = "ana@example.org") {
    testing::SigningUp flow{.bed = bed(), .email = std::move(email)};
    flow.go_until("phone");
    bed().take_told();
    return flow;
  }
  std::string start(const std::string& email, const std::string& peer) {
    return refusal_of(start_sign_up(accounts(), {.token = {}, .peer = peer, .language = "en"}, email));
  }
  std::string give_phone(testing::SigningUp& flow, std::string_view number) {
    return refusal_of(accounts::give_phone(accounts(), flow.asker, {.region = "US", .number = std::string(number)}));
  }
  std::size_t messages() { return bed().take_told().size(); }
  // As if so many had been counted.
  void set_count(const Limit& limit, std::int64_t count) {
    constexpr db::Query kSet{"test.set_count", "UPDATE throttles SET failures = $2 WHERE purpose = $1"};
    EXPECT_EQ(database().write([&](db::Transaction& tx) { return tx.run(kSet, {limit.purpose, count}); }), 1);
  }
};
ON_BOTH_DATABASES(SignUpLimits);

TEST_P(SignUpLimits, MailsToOneAddressEndWhoeverAsksForThem) {
  EXPECT_EQ(start("ana@example.org", "203.0.113.1"), "");
  EXPECT_EQ(start("ANA@example.org", "203.0.113.2"), "");
  EXPECT_EQ(start("ana@example.org", "203.0.113.3"), kEnough) << "the third in ten seconds";
  EXPECT_EQ(messages(), 2U);
  int sent = 2;
  for (int i = 0; i < 20; ++i) {
    bed().clock.move(11s);
    sent += start("ana@example.org", fmt::format("203.0.113.{}", 10 + i)).empty() ? 1 : 0;
  }
  EXPECT_EQ(sent, kCodesInFiveMinutes.tries_max - 1) << "the refused third counted too";
  EXPECT_EQ(start("bo@example.org", "203.0.113.9"), "");
  bed().clock.move(5min);
  EXPECT_EQ(start("ana@example.org", "203.0.113.9"), "");
}

TEST_P(SignUpLimits, ACodeSentAgainIsAMailToo) {
  testing::SigningUp flow{.bed = bed()};
  flow.start();
  EXPECT_EQ(refusal_of(send_email_code_again(accounts(), flow.asker)), "");
  EXPECT_EQ(refusal_of(send_email_code_again(accounts(), flow.asker)), kEnough);
  EXPECT_EQ(messages(), 1U);
}

TEST_P(SignUpLimits, MailsThatOneNetworkAsksForEnd) {
  const auto peer = [](int i) { return fmt::format("2001:db8:7:7::{:x}", i + 1); };
  for (int i = 0; i < kCodesForNetwork.tries_max; ++i) {
    ASSERT_EQ(start(fmt::format("p{}@example.org", i), peer(i)), "") << i;
  }
  EXPECT_EQ(start("ana@example.org", peer(999)), kEnough);
  EXPECT_EQ(start("ana@example.org", "2001:db8:7:8::1"), "");
}

TEST_P(SignUpLimits, TextsToOneNumberEndWhicheverFlowSendsThem) {
  auto ana = at_phone();
  auto bo = at_phone("bo@example.org");
  EXPECT_EQ(give_phone(ana, "555 555 0123"), "");
  EXPECT_EQ(give_phone(bo, "(555) 555-0123"), "");
  EXPECT_EQ(refusal_of(send_phone_code_again(accounts(), ana.asker, false)), kEnough);
  EXPECT_EQ(messages(), 2U);
  bed().clock.move(10s);
  EXPECT_EQ(refusal_of(send_phone_code_again(accounts(), ana.asker, true)), "");
  EXPECT_EQ(refusal_of(send_phone_code_again(accounts(), ana.asker, true)), "");
  EXPECT_EQ(refusal_of(send_phone_code_again(accounts(), ana.asker, true)), kEnough) << "calls count as texts do";
}

TEST_P(SignUpLimits, NewNumbersOfOneAddressEnd) {
  auto ana = at_phone();
  for (int i = 0; i < kNewPhones.tries_max; ++i) {
    ASSERT_EQ(give_phone(ana, fmt::format("555 555 {:04}", 100 + i)), "") << i;
  }
  EXPECT_EQ(give_phone(ana, "555 555 0199"), kEnough);
  EXPECT_EQ(messages(), static_cast<std::size_t>(kNewPhones.tries_max));
  auto bo = at_phone("bo@example.org");
  EXPECT_EQ(give_phone(bo, "555 555 0199"), "");
}

TEST_P(SignUpLimits, TextsToNumbersThatBeginAlikeAndTextsInAllEnd) {
  for (const auto& limit : {kTextsToPrefix, kTextsInAll}) {
    bed().clock.move(24h);
    EXPECT_EQ(refusal_of(count_text(accounts(), "+15555550101")), "");
    set_count(limit, limit.tries_max - 1);
    EXPECT_EQ(refusal_of(count_text(accounts(), "+15555550102")), "") << "the last one";
    auto flow = at_phone(fmt::format("{}@example.org", limit.purpose));
    EXPECT_EQ(give_phone(flow, "555 555 0123"), kEnough) << limit.purpose;
    EXPECT_EQ(messages(), 0U);
    // A prefix has a count of its own; all texts together have one.
    EXPECT_EQ(refusal_of(count_text(accounts(), "+525512345678")).empty(), limit.purpose == kTextsToPrefix.purpose);
  }
}

TEST_P(SignUpLimits, ThePhonesCodeIsGoodForTenMinutes) {
  auto ana = at_phone();
  const auto code = ana.give_phone();
  bed().clock.move(kCodeLifetime - 1s);
  EXPECT_EQ(refusal_of(prove_phone(accounts(), ana.asker, testing::another_code(code))), "accounts.error.code_wrong");
  bed().clock.move(1s);
  EXPECT_EQ(refusal_of(prove_phone(accounts(), ana.asker, code)), "accounts.error.code_expired");
  EXPECT_EQ(ana.step(), "phone_code");
  EXPECT_EQ(refusal_of(send_phone_code_again(accounts(), ana.asker, false)), "");
  const auto fresh = testing::argument_of(bed().take_told().at(0), "code");
  EXPECT_EQ(refusal_of(prove_phone(accounts(), ana.asker, fresh)), "");
}

}  // namespace
}  // namespace waymark::accounts
