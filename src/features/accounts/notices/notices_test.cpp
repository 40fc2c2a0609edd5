#include "features/accounts/notices/notices.hpp"

#include "features/accounts/limits.hpp"
#include "support/signing_in.hpp"

namespace waymark::accounts {
namespace {

class NoticesContract : public testing::WithAna {
 protected:
  void SetUp() override {
    WithAna::SetUp();
    if (IsSkipped()) return;
    ana().bed.take_told();
    clock().move(1h);
  }
  FixedClock& clock() { return ana().bed.clock; }
  Notices& notices() { return accounts().notices; }

  void tell(std::string_view kind, std::optional<LinkPurpose> link = LinkPurpose::not_me,
            std::vector<std::string> also_to = {}) {
    const auto key = notices().make_key();
    database().write([&](db::Transaction& tx) {
      notices().tell(tx, key, ana().account,
                     {.kind = kind, .arguments = {{"number", "1"}}, .link = link, .also_to = std::move(also_to)});
    });
  }
  // What is due now, delivered; the kinds of each message, joined by "+".
  std::vector<std::string> deliver() {
    std::vector<std::string> messages;
    for (const auto& item : ana().bed.outbox.take_due(database(), 8, std::chrono::seconds{60})) {
      std::string kinds = item.telling.kind;
      ana().bed.outbox.mark_delivered(database(), item.telling.id);
      for (const auto& other : item.also) {
        kinds += "+" + other.telling.kind;
        ana().bed.outbox.mark_delivered(database(), other.telling.id);
      }
      messages.push_back(std::move(kinds));
    }
    return messages;
  }
  using Kinds = std::vector<std::string>;
};

TEST_P(NoticesContract, FirstGoesAtOnceAndWhatFollowsWithinFiveMinutesIsOneMessage) {
  tell("a");
  EXPECT_EQ(deliver(), Kinds{"a"});
  clock().move(1min);
  tell("b");
  clock().move(1min);
  tell("c");
  EXPECT_EQ(deliver(), Kinds{});
  clock().move(3min - 1ms);
  tell("d");
  EXPECT_EQ(deliver(), Kinds{});
  clock().move(1ms);
  EXPECT_EQ(deliver(), Kinds{"b+c+d"});
}

TEST_P(NoticesContract, AfterFiveMinutesOneGoesAtOnceAgain) {
  tell("a");
  EXPECT_EQ(deliver(), Kinds{"a"});
  clock().move(kNoticesTogether);
  tell("b");
  EXPECT_EQ(deliver(), Kinds{"b"});
}

TEST_P(NoticesContract, FirstGoesAtOnceEvenWhereTheDelivererWasAway) {
  tell("a");
  clock().move(1min);
  tell("b");
  EXPECT_EQ(deliver(), Kinds{"a"});
}

TEST_P(NoticesContract, ManyAreStillOneMessage) {
  tell("a");
  for (int i = 0; i < 40; ++i) tell("b");
  EXPECT_EQ(deliver(), Kinds{"a"});
  clock().move(kNoticesTogether);
  const auto messages = deliver();
  ASSERT_EQ(messages.size(), 1U);
  EXPECT_EQ(std::ranges::count(messages.front(), 'b'), 40);
}

TEST_P(NoticesContract, WhatCanBeStoppedOrGoesToAnAddressThatWasLeftWaitsForNothing) {
  tell("a");
  tell("stoppable", LinkPurpose::cancel);
  tell("email_changed", LinkPurpose::not_me, {"old@example.org"});
  EXPECT_EQ(deliver(), (Kinds{"a", "stoppable", "email_changed", "email_changed"}));
}

TEST_P(NoticesContract, PhonesHearOfAllOnceToo) {
  const Phone phone{.id = ana().bed.ids.next<PhoneId>(),
                    .account = ana().account,
                    .number = "+12125550123",
                    .proved_at = clock().now()};
  database().write([&](db::Transaction& tx) { accounts().phones.add(tx, phone); });
  tell("a");
  EXPECT_EQ(deliver(), (Kinds{"a", "a"}));
  tell("b");
  tell("c");
  clock().move(kNoticesTogether);
  EXPECT_EQ(deliver(), (Kinds{"b+c", "b+c"})) << "a mail, and a text";
}

TEST_P(NoticesContract, NoneIsLostWhereAMessageFails) {
  tell("a");
  tell("b");
  tell("c");
  deliver();
  clock().move(kNoticesTogether);
  const auto items = ana().bed.outbox.take_due(database(), 8, std::chrono::seconds{60});
  ASSERT_EQ(items.size(), 1U);
  ASSERT_EQ(items[0].also.size(), 1U);
  ana().bed.outbox.mark_failed(database(), items[0].telling.id, items[0].attempts, false);
  ana().bed.outbox.mark_failed(database(), items[0].also[0].telling.id, items[0].also[0].attempts, false);
  clock().move(1s);
  EXPECT_EQ(deliver(), Kinds{"b+c"});
}

ON_BOTH_DATABASES(NoticesContract);

}  // namespace
}  // namespace waymark::accounts
