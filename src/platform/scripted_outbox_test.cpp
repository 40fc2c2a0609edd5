#include "platform/scripted_outbox.hpp"

#include <gtest/gtest.h>

namespace waymark {
namespace {

TEST(ScriptedOutbox, KeepsMailsAndTextsInTheirOrder) {
  const FixedClock clock(from_millis(1'700'000'000'000));
  ScriptedOutbox outbox(clock);
  outbox.send(Mail{.id = "m1", .to = "ana@example.org", .subject = "Code", .text = "123456", .language = "en"});
  outbox.send(TextMessage{.id = "t1", .to = "+15555550123", .text = "654321", .way = TextWay::voice, .language = "en"});
  const auto sent = outbox.list();
  ASSERT_EQ(sent.size(), 2U);
  EXPECT_EQ(sent[0].channel, "email");
  EXPECT_EQ(sent[0].subject, "Code");
  EXPECT_EQ(sent[0].sent_at, clock.now());
  EXPECT_EQ(sent[1].channel, "voice");
  EXPECT_EQ(sent[1].to, "+15555550123");
}

TEST(ScriptedOutbox, FailsAsOftenAsItWasToldAndKeepsNothingOfIt) {
  const FixedClock clock(from_millis(0));
  ScriptedOutbox outbox(clock);
  const TextMessage message{.id = "t", .to = "+15555550123", .text = "x", .way = TextWay::text, .language = "en"};
  outbox.fail_next(2, true);
  for (int i = 0; i < 2; ++i) {
    try {
      outbox.send(message);
      FAIL();
    } catch (const DeliveryFailed& failed) {
      EXPECT_TRUE(failed.permanent);
    }
  }
  EXPECT_TRUE(outbox.list().empty());
  outbox.send(message);
  EXPECT_EQ(outbox.list().size(), 1U);
}

TEST(ScriptedOutbox, ForgetsTheOldestPastAThousand) {
  const FixedClock clock(from_millis(0));
  ScriptedOutbox outbox(clock);
  for (int i = 0; i < 1002; ++i) {
    outbox.send(TextMessage{
        .id = std::to_string(i), .to = "+15555550123", .text = "x", .way = TextWay::text, .language = "en"});
  }
  const auto sent = outbox.list();
  ASSERT_EQ(sent.size(), 1000U);
  EXPECT_EQ(sent.front().id, "2");
}

}  // namespace
}  // namespace waymark
