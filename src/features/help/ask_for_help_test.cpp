#include "features/help/ask_for_help.hpp"

#include <gmock/gmock.h>

#include "features/help/work_help_requests.hpp"
#include "support/help_bed.hpp"
#include "support/signing_in.hpp"
#include "support/stored_values.hpp"

namespace waymark::help {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::refusal_of;
using ::testing::SizeIs;
using web::OfficeRole;

class AskForHelp : public testing::HelpContract {
 protected:
  HelpAsker asker_{.token = {}, .peer = "203.0.113.9", .language = "es"};
  const web::OfficeSeat officer_ = testing::NamedOfficers::seat(OfficeRole::support);
  const web::OfficeSeat other_ = testing::NamedOfficers::seat(OfficeRole::support, true);

  AskingReply keep(const Result<AskingReply>& reply) {
    EXPECT_TRUE(reply) << refusal_of(reply);
    if (!reply) return {};
    if (!reply->new_token.empty()) asker_.token = reply->new_token;
    return *reply;
  }
  // The code that was mailed.
  std::string start(std::string_view email = "bo@example.org") {
    bed().accounts_bed.take_told();
    keep(start_asking(help(), asker_, email));
    const auto told = bed().accounts_bed.take_told();
    return told.empty() ? std::string{} : testing::argument_of(told.back(), "code");
  }
  void prove(std::string_view email = "bo@example.org") { keep(prove_asking(help(), asker_, start(email))); }
  Result<QuestionReply> send(std::string_view text = "I lost my phone.\n\nWhat now?") {
    return send_question(help(), asker_, {.topic = "access", .text = text, .receipt_number = "npt 269-000 1234"});
  }
  HelpRequestId ask() {
    prove();
    EXPECT_TRUE(send());
    const auto waiting = look_at_help_requests(help(), officer_);
    return std::ranges::max(waiting, {}, &HelpRequest::id).id;
  }
  std::vector<std::string> events(std::string_view beginning) {
    std::vector<std::string> found;
    for (const auto& line : bed().trail()) {
      if (line.starts_with(beginning)) found.push_back(line);
    }
    return found;
  }
};
ON_BOTH_DATABASES(AskForHelp);

TEST_P(AskForHelp, TakesAQuestionFromAProvedAddress) {
  prove();
  const auto reply = send();
  ASSERT_TRUE(reply) << refusal_of(reply);
  EXPECT_THAT(reply->reference, ::testing::MatchesRegex("[0-9A-Z]{4}-[0-9A-Z]{4}"));
  const auto waiting = look_at_help_requests(help(), officer_);
  ASSERT_THAT(waiting, SizeIs(1));
  EXPECT_THAT(waiting[0].text, IsEmpty()) << "the queue holds no text";
  const auto request = look_at_help_request(help(), officer_, waiting[0].id);
  EXPECT_EQ(request->email, "bo@example.org");
  EXPECT_EQ(request->text, "I lost my phone.\n\nWhat now?");
  EXPECT_EQ(request->receipt_number, "NPT2690001234");
  EXPECT_EQ(request->language, "es");
  for (const auto& value : testing::list_stored(database(), is_sqlite())) {
    EXPECT_THAT(value, Not(HasSubstr("bo@example.org")));
    EXPECT_THAT(value, Not(HasSubstr("lost my phone")));
  }
}

TEST_P(AskForHelp, TakesNoQuestionBeforeTheAddressIsProved) {
  start();
  EXPECT_TRUE(send()->is_gone);
  asker_.token = "made up";
  EXPECT_TRUE(send()->is_gone);
  asker_.token = {};
  EXPECT_TRUE(send()->is_gone);
  EXPECT_THAT(look_at_help_requests(help(), officer_), IsEmpty());
}

TEST_P(AskForHelp, TakesTheCodeOnceAndForTenMinutes) {
  const auto code = start();
  EXPECT_EQ(refusal_of(prove_asking(help(), asker_, "12345")), "accounts.error.code_form");
  EXPECT_EQ(refusal_of(prove_asking(help(), asker_, testing::another_code(code))), "accounts.error.code_wrong");
  clock().move(accounts::kCodeLifetime);
  EXPECT_EQ(refusal_of(prove_asking(help(), asker_, code)), "accounts.error.code_expired");
  bed().accounts_bed.take_told();
  keep(send_asking_code_again(help(), asker_));
  const auto again = testing::argument_of(bed().accounts_bed.take_told().back(), "code");
  const auto before = asker_.token;
  keep(prove_asking(help(), asker_, again));
  EXPECT_NE(asker_.token, before) << "whoever saw the cookie before has nothing";
  asker_.token = before;
  EXPECT_TRUE(prove_asking(help(), asker_, again)->is_gone);
}

TEST_P(AskForHelp, SpendsTheSameTriesAsEveryOtherCodeOfTheAddress) {
  int checked = 0;
  for (int flow = 0; flow < 4; ++flow) {
    clock().move(std::chrono::minutes{6});
    const auto code = start("Bo@Example.org");
    for (int guess = 0; guess < 5; ++guess) {
      if (refusal_of(prove_asking(help(), asker_, testing::another_code(code))) == "accounts.error.code_wrong")
        ++checked;
    }
  }
  EXPECT_EQ(checked, accounts::kEmailCodeTries.tries_max);
  auto& throttle = bed().accounts_bed.accounts.throttle;
  EXPECT_TRUE(throttle.find_locked_until(*database().snapshot(), accounts::kEmailCodeTries, "bo@example.org"));
}

TEST_P(AskForHelp, MailsOnlySoManyCodes) {
  start();
  start();
  EXPECT_EQ(start_asking(help(), asker_, "bo@example.org").error().kind, FailureKind::too_many);
  EXPECT_TRUE(start_asking(help(), asker_, "other@example.org"));
  clock().move(std::chrono::seconds{10});
  EXPECT_TRUE(start_asking(help(), asker_, "bo@example.org"));
}

// An address with an account and one without: the same mail, the same rows, the same answer.
TEST_P(AskForHelp, NeverLooksWhetherTheAddressHasAnAccount) {
  testing::SigningUp ana{bed().accounts_bed};
  ana.finish();
  const auto told_to = [&](std::string_view email) {
    bed().accounts_bed.take_told();
    const auto reply = keep(start_asking(help(), asker_, email));
    EXPECT_FALSE(reply.is_gone);
    auto told = bed().accounts_bed.take_told();
    EXPECT_THAT(told, SizeIs(1));
    return told.back();
  };
  const auto known = told_to("ana@example.org");
  const auto unknown = told_to("bo@example.org");
  EXPECT_EQ(known.kind, unknown.kind);
  EXPECT_FALSE(known.account);
  EXPECT_EQ(known.email, "ana@example.org");
  EXPECT_EQ(known.language, "es") << "the page's, not the account's";
}

TEST_P(AskForHelp, RefusesWhatIsMissingOrTooLong) {
  prove();
  const auto fields_of = [&](const Question& question) {
    std::vector<std::string> fields;
    const auto refused = send_question(help(), asker_, question);
    EXPECT_FALSE(refused);
    if (!refused) {
      for (const auto& field : refused.error().fields) fields.push_back(field.field);
    }
    return fields;
  };
  EXPECT_THAT(fields_of({.text = " \n \n"}), ElementsAre("topic", "text"));
  const std::string long_text(kQuestionLengthMax + 1, 'a');
  EXPECT_THAT(fields_of({.topic = "access", .text = long_text, .receipt_number = "NPT1"}),
              ElementsAre("text", "receipt_number"));
  EXPECT_TRUE(send_question(help(), asker_, {.topic = "access", .text = std::string_view(long_text).substr(1)}));
}

TEST_P(AskForHelp, TakesOneQuestionOfOneAsking) {
  prove();
  ASSERT_FALSE(send()->is_gone);
  EXPECT_TRUE(send()->is_gone) << "the form was sent twice";
  EXPECT_THAT(look_at_help_requests(help(), officer_), SizeIs(1));
}

TEST_P(AskForHelp, TakesOneOfManySentAtOnce) {
  prove();
  std::atomic<int> kept{0};
  testing::in_threads(16, [&](int) {
    const auto reply = send();
    if (reply && !reply->is_gone) ++kept;
  });
  EXPECT_EQ(kept.load(), 1);
}

TEST_P(AskForHelp, EndsAfterTwoHours) {
  prove();
  clock().move(kAskingLifetime);
  EXPECT_TRUE(send()->is_gone);
  help().delete_lapsed();
  constexpr db::Query kCount{"test.askings", "SELECT COUNT(*) FROM help_askings"};
  EXPECT_EQ(database().snapshot()->find(kCount, {}, [](const db::Row& row) { return row.integer(0); }), 0);
}

TEST_P(AskForHelp, TakesOnlySoManyQuestionsFromOneAddress) {
  for (int i = 0; i < kQuestionsFromAddress.tries_max; ++i) {
    clock().move(std::chrono::minutes{6});
    prove();
    ASSERT_TRUE(send()) << i;
  }
  clock().move(std::chrono::minutes{6});
  prove("BO@example.org");
  EXPECT_EQ(send().error().kind, FailureKind::too_many);
}

TEST_P(AskForHelp, AnswersByMailWithoutRepeatingTheQuestion) {
  const auto id = ask();
  ASSERT_TRUE(take_help_request(help(), officer_, id));
  bed().accounts_bed.take_told();
  ASSERT_TRUE(answer_help_request(help(), officer_, id, "Use a backup code.\r\n\r\n\r\nThen call us."));
  const auto told = bed().accounts_bed.take_told();
  ASSERT_THAT(told, SizeIs(1));
  EXPECT_EQ(told[0].kind, "help.reply");
  EXPECT_EQ(told[0].email, "bo@example.org");
  EXPECT_EQ(told[0].language, "es");
  EXPECT_FALSE(told[0].account) << "no phrase, and nothing that only an account would get";
  EXPECT_EQ(testing::argument_of(told[0], "reply"), "Use a backup code.\n\nThen call us.");
  for (const auto& [name, value] : told[0].arguments) {
    EXPECT_THAT(value, Not(HasSubstr("lost my phone")));
    EXPECT_THAT(value, Not(HasSubstr("NPT2690001234")));
    EXPECT_THAT(value, Not(HasSubstr(officer_.name)));
  }
  const auto request = look_at_help_request(help(), officer_, id);
  EXPECT_EQ(request->state, RequestState::answered);
  EXPECT_EQ(request->reply, "Use a backup code.\n\nThen call us.");
}

TEST_P(AskForHelp, IsAnsweredOnceAndByWhoTookItAlone) {
  const auto id = ask();
  EXPECT_EQ(answer_help_request(help(), officer_, id, "A").error().kind, FailureKind::conflict) << "nobody took it";
  ASSERT_TRUE(take_help_request(help(), officer_, id));
  EXPECT_EQ(take_help_request(help(), other_, id).error().kind, FailureKind::conflict);
  EXPECT_EQ(answer_help_request(help(), other_, id, "A").error().kind, FailureKind::conflict);
  EXPECT_EQ(close_help_request(help(), other_, id).error().kind, FailureKind::conflict);
  bed().accounts_bed.take_told();
  ASSERT_TRUE(answer_help_request(help(), officer_, id, "A"));
  EXPECT_EQ(answer_help_request(help(), officer_, id, "B").error().kind, FailureKind::conflict);
  EXPECT_THAT(bed().accounts_bed.take_told(), SizeIs(1));
  EXPECT_EQ(take_help_request(help(), other_, id).error().kind, FailureKind::conflict);
  ASSERT_TRUE(close_help_request(help(), officer_, id));
  EXPECT_EQ(close_help_request(help(), officer_, id).error().kind, FailureKind::conflict);
  EXPECT_THAT(look_at_help_requests(help(), officer_), IsEmpty());
}

TEST_P(AskForHelp, MailsNoEmptyLongOrLinkedAnswer) {
  const auto id = ask();
  ASSERT_TRUE(take_help_request(help(), officer_, id));
  bed().accounts_bed.take_told();
  EXPECT_EQ(refusal_of(answer_help_request(help(), officer_, id, " \n")), "help.error.reply_missing");
  EXPECT_EQ(refusal_of(answer_help_request(help(), officer_, id, std::string(kReplyLengthMax + 1, 'a'))),
            "help.error.reply_long");
  for (const auto* link : {"See https://northport.example", "See HTTP://x", "see WWW.northport.example"}) {
    EXPECT_EQ(refusal_of(answer_help_request(help(), officer_, id, link)), "help.error.reply_link") << link;
  }
  EXPECT_THAT(bed().accounts_bed.take_told(), IsEmpty());
}

TEST_P(AskForHelp, IsTakenByExactlyOneOfManyAtOnce) {
  for (int round = 0; round < testing::race_rounds(5); ++round) {
    clock().move(std::chrono::hours{24});
    const auto id = ask();
    std::atomic<int> taken{0};
    testing::in_threads(64, [&](int i) {
      auto seat = officer_;
      seat.officer = OfficerId{1000 + i};
      if (take_help_request(help(), seat, id)) ++taken;
    });
    EXPECT_EQ(taken.load(), 1);
  }
}

TEST_P(AskForHelp, LeavesEachLookAndActOfTheOfficeInTheTrail) {
  const auto id = ask();
  std::ignore = look_at_help_request(help(), officer_, id);
  std::ignore = take_help_request(help(), officer_, id);
  std::ignore = take_help_request(help(), other_, id);
  std::ignore = answer_help_request(help(), officer_, id, "A");
  std::ignore = close_help_request(help(), officer_, id);
  const auto by = fmt::format("officer {} ", officer_.officer.value);
  EXPECT_THAT(events("help."),
              ElementsAre("help.question_asked stranger ", "help.requests_listed " + by, "help.request_seen " + by,
                          "help.request_taken " + by, "help.request_answered " + by, "help.request_closed " + by));
}

TEST_P(AskForHelp, IsForgottenNinetyDaysAfterItsEnd) {
  const auto closed = ask();
  std::ignore = take_help_request(help(), officer_, closed);
  std::ignore = close_help_request(help(), officer_, closed);
  clock().move(std::chrono::minutes{6});
  const auto answered = ask();
  std::ignore = take_help_request(help(), officer_, answered);
  std::ignore = answer_help_request(help(), officer_, answered, "A");
  clock().move(std::chrono::minutes{6});
  const auto open = ask();
  clock().move(kClosedKept - std::chrono::minutes{13});
  help().delete_lapsed();
  EXPECT_TRUE(look_at_help_request(help(), officer_, closed));
  clock().move(std::chrono::minutes{1});
  help().delete_lapsed();
  EXPECT_FALSE(look_at_help_request(help(), officer_, closed));
  EXPECT_TRUE(look_at_help_request(help(), officer_, answered));
  clock().move(std::chrono::minutes{6});
  help().delete_lapsed();
  EXPECT_FALSE(look_at_help_request(help(), officer_, answered)) << "answered, and left";
  EXPECT_TRUE(look_at_help_request(help(), officer_, open)) << "somebody still waits";
}

}  // namespace
}  // namespace waymark::help
