#include "features/help/request_callback.hpp"

#include <gmock/gmock.h>

#include "features/help/work_callbacks.hpp"
#include "support/help_bed.hpp"
#include "support/signing_in.hpp"
#include "support/stored_values.hpp"

namespace waymark::help {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using web::OfficeRole;

class Callbacks : public testing::HelpContract {
 protected:
  static CallbackAsked asked() {
    return {.name = "Ana Morales",
            .phone_country = "US",
            .phone = "(555) 555-0123",
            .time = "any",
            .language = "es",
            .topic = "access",
            .peer = "203.0.113.9"};
  }
  Result<std::string> ask(const CallbackAsked& with) { return request_callback(help(), with); }
  std::vector<std::string> fields_of(const Result<std::string>& answer) {
    std::vector<std::string> fields;
    if (!answer) {
      for (const auto& field : answer.error().fields) fields.push_back(field.field);
    }
    return fields;
  }
  // The only one that waits.
  CallbackId add() {
    EXPECT_TRUE(ask(asked()));
    return look_at_callbacks(help(), first).back().id;
  }
  const web::OfficeSeat first = testing::NamedOfficers::seat(OfficeRole::support);
  const web::OfficeSeat second = testing::NamedOfficers::seat(OfficeRole::case_officer);
};
ON_BOTH_DATABASES(Callbacks);

TEST_P(Callbacks, AreKeptSealedUnderAReference) {
  const auto reference = ask(asked());
  ASSERT_TRUE(reference) << testing::refusal_of(reference);
  EXPECT_THAT(*reference, ::testing::MatchesRegex("[0-9A-Z]{4}-[0-9A-Z]{4}"));
  for (const auto& value : testing::list_stored(database(), is_sqlite())) {
    EXPECT_THAT(value, ::testing::Not(HasSubstr("Morales")));
    EXPECT_THAT(value, ::testing::Not(HasSubstr("5555550123")));
  }
  const auto waiting = look_at_callbacks(help(), first);
  ASSERT_THAT(waiting, SizeIs(1));
  EXPECT_EQ(waiting[0].reference, *reference);
  EXPECT_THAT(waiting[0].phone, IsEmpty());
  EXPECT_THAT(waiting[0].name, IsEmpty());
}

TEST_P(Callbacks, SayEveryFieldThatIsWrong) {
  EXPECT_THAT(fields_of(ask({.peer = "203.0.113.9"})),
              ElementsAre("name", "phone_country", "time", "language", "topic"));
  auto wrong = asked();
  wrong.phone = "555 0123";
  wrong.time = "2020-01-01-morning";
  wrong.language = "xx";
  wrong.topic = "nothing";
  EXPECT_THAT(fields_of(ask(wrong)), ElementsAre("phone", "time", "language", "topic"));
  auto other = asked();
  other.language = "other";
  EXPECT_THAT(fields_of(ask(other)), ElementsAre("other_language"));
  const std::string long_name(101, 'a');
  other.name = long_name;
  other.other_language = "Tigrinya";
  EXPECT_THAT(fields_of(ask(other)), ElementsAre("name"));
  EXPECT_THAT(look_at_callbacks(help(), first), IsEmpty());
}

TEST_P(Callbacks, AreForTimesWithinTheHours) {
  auto wanted = asked();
  wanted.time = "2026-11-24-morning";  // the clock stands on Monday, 23 November 2026, ten in the morning
  ASSERT_TRUE(ask(wanted));
  const auto callback = look_at_callbacks(help(), first).front();
  EXPECT_EQ(to_iso(*callback.wanted_from), "2026-11-24T13:00:00Z");
  EXPECT_EQ(to_iso(*callback.wanted_until), "2026-11-24T17:00:00Z");
  for (const auto* closed : {"2026-11-26-morning", "2026-11-28-morning", "2026-11-20-morning"}) {
    wanted.time = closed;
    EXPECT_THAT(fields_of(ask(wanted)), ElementsAre("time")) << closed;
  }
}

TEST_P(Callbacks, AreLimitedByNumberHoweverItIsTyped) {
  for (const auto* typed : {"(555) 555-0123", "+1 555 555 0123", "5555550123"}) {
    auto one = asked();
    one.phone = typed;
    one.peer = fmt::format("198.51.100.{}", typed[0]);
    EXPECT_TRUE(ask(one)) << typed;
  }
  auto more = asked();
  more.peer = "192.0.2.1";
  const auto refused = ask(more);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, FailureKind::too_many);
  EXPECT_EQ(refused.error().message.key, "help.error.too_many_callbacks");
  more.phone = "555 555 0199";
  EXPECT_TRUE(ask(more)) << "another number";
  clock().move(std::chrono::hours{24});
  EXPECT_TRUE(ask(asked()));
}

TEST_P(Callbacks, AreLimitedByNetwork) {
  for (int i = 0; i < kCallbacksFromNetwork.tries_max; ++i) {
    auto one = asked();
    const auto number = fmt::format("55555501{:02}", i);
    one.phone = number;
    ASSERT_TRUE(ask(one)) << i;
  }
  auto more = asked();
  more.phone = "555 555 0199";
  EXPECT_FALSE(ask(more));
  more.peer = "198.51.100.7";
  EXPECT_TRUE(ask(more));
}

TEST_P(Callbacks, TellNameAndNumberToWhoTookItAlone) {
  const auto id = add();
  EXPECT_THAT(look_at_callback(help(), first, id)->phone, IsEmpty());
  ASSERT_TRUE(take_callback(help(), first, id));
  const auto mine = look_at_callback(help(), first, id);
  EXPECT_EQ(mine->name, "Ana Morales");
  EXPECT_EQ(mine->phone, "+15555550123");
  EXPECT_THAT(look_at_callback(help(), second, id)->phone, IsEmpty());
  EXPECT_THAT(look_at_callback(help(), second, id)->name, IsEmpty());
}

TEST_P(Callbacks, BelongToOneOfficer) {
  const auto id = add();
  ASSERT_TRUE(take_callback(help(), first, id));
  EXPECT_TRUE(take_callback(help(), first, id)) << "it is theirs already";
  EXPECT_EQ(take_callback(help(), second, id).error().kind, FailureKind::conflict);
  EXPECT_EQ(close_callback(help(), second, id, "reached").error().kind, FailureKind::conflict);
  EXPECT_EQ(close_callback(help(), first, id, "forgotten").error().fields.front().field, "outcome");
  ASSERT_TRUE(close_callback(help(), first, id, "not_reached"));
  EXPECT_EQ(close_callback(help(), first, id, "reached").error().kind, FailureKind::conflict);
  EXPECT_EQ(take_callback(help(), first, id).error().kind, FailureKind::conflict);
  EXPECT_THAT(look_at_callbacks(help(), first), IsEmpty());
  EXPECT_EQ(look_at_callback(help(), first, id)->outcome, CallbackOutcome::not_reached);
  EXPECT_THAT(look_at_callback(help(), first, id)->phone, IsEmpty()) << "the work is done";
}

TEST_P(Callbacks, MayBeTakenOverFromWhoIsLongGone) {
  const auto id = add();
  ASSERT_TRUE(take_callback(help(), first, id));
  clock().move(kTakenHolds - std::chrono::minutes{1});
  EXPECT_FALSE(take_callback(help(), second, id));
  clock().move(std::chrono::minutes{1});
  EXPECT_TRUE(take_callback(help(), second, id));
  EXPECT_FALSE(close_callback(help(), first, id, "reached"));
}

TEST_P(Callbacks, AreTakenByExactlyOneOfManyAtOnce) {
  for (int round = 0; round < testing::race_rounds(5); ++round) {
    clock().move(std::chrono::hours{24});
    const auto id = add();
    std::atomic<int> taken{0};
    testing::in_threads(64, [&](int i) {
      auto seat = first;
      seat.officer = OfficerId{1000 + i};
      if (take_callback(help(), seat, id)) ++taken;
    });
    EXPECT_EQ(taken.load(), 1);
  }
}

TEST_P(Callbacks, LeaveEachLookAndActInTheTrail) {
  const auto id = add();
  std::ignore = look_at_callback(help(), first, id);
  std::ignore = take_callback(help(), first, id);
  std::ignore = take_callback(help(), second, id);
  std::ignore = close_callback(help(), first, id, "wrong_number");
  std::ignore = look_at_callback(help(), first, CallbackId{1});
  const auto by = fmt::format("officer {}", first.officer.value);
  EXPECT_THAT(bed().trail(), ElementsAre("help.callback_requested stranger ", "help.callbacks_listed " + by + " ",
                                         "help.callback_seen " + by + " ", "help.callback_taken " + by + " ",
                                         "help.callback_closed " + by + " wrong_number"));
}

TEST_P(Callbacks, AreForgottenNinetyDaysAfterTheirEnd) {
  const auto closed = add();
  std::ignore = take_callback(help(), first, closed);
  std::ignore = close_callback(help(), first, closed, "reached");
  clock().move(std::chrono::hours{1});
  const auto open = add();
  clock().move(kClosedKept - std::chrono::hours{2});
  help().delete_lapsed();
  EXPECT_TRUE(look_at_callback(help(), first, closed));
  clock().move(std::chrono::hours{1});
  help().delete_lapsed();
  EXPECT_EQ(look_at_callback(help(), first, closed).error().kind, FailureKind::not_found);
  EXPECT_TRUE(look_at_callback(help(), first, open)) << "somebody still waits";
}

}  // namespace
}  // namespace waymark::help
