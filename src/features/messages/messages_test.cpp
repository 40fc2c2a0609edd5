#include <gtest/gtest.h>

#include <thread>

#include "features/cases/working/case_looks.hpp"
#include "features/messages/message_data.hpp"
#include "support/messages_bed.hpp"
#include "support/signing_in.hpp"

namespace waymark::messages {
namespace {

using testing::kMaya;
using testing::kTomas;

template <typename T>
std::string said(const Result<T>& result) {
  if (result) return {};
  const auto& failure = result.error();
  return failure.fields.empty() ? failure.message.key
                                : failure.fields.front().field + ":" + failure.fields.front().message.key;
}

class MessagesContract : public testing::MessagesContract {};

TEST_P(MessagesContract, GoToTheOfficeAndComeBack) {
  const auto thread = begin();
  EXPECT_EQ(read(thread).state, ThreadState::waiting_for_office);
  EXPECT_EQ(written(thread).front().text, "Which copy do you need?\nThe long one?");
  EXPECT_EQ(said(answer_with(thread, "The long one, please.")), "");
  EXPECT_EQ(read(thread).state, ThreadState::waiting_for_person);
  EXPECT_TRUE(read(thread).is_unread());
  EXPECT_EQ(written(thread).back().by->role, web::OfficeRole::support);
  EXPECT_EQ(said(reply_with(thread, "Thank you.", "another nonce 1234")), "");
  EXPECT_EQ(read(thread).state, ThreadState::waiting_for_office);
  EXPECT_EQ(written(thread).size(), 3U);
}

TEST_P(MessagesContract, TellThatThereIsAnAnswerAndNothingOfIt) {
  const auto thread = begin();
  EXPECT_EQ(said(answer_with(thread, "Bring the long one.")), "");
  const auto told = bed_->take_told();
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].kind, "messages.answered");
  EXPECT_EQ(told[0].account, ana_);
  EXPECT_TRUE(told[0].arguments.empty());
}

TEST_P(MessagesContract, AreSeenByTheirOwnAccountAlone) {
  const auto thread = begin("0123456789abcdef", kReceipt);
  const auto snapshot = database().snapshot();
  EXPECT_TRUE(find_opened(messages(), *snapshot, ana_, thread).has_value());
  EXPECT_FALSE(find_opened(messages(), *snapshot, ben_, thread).has_value()) << "another party of the same case";
  EXPECT_EQ(said(reply(messages(), ben_, thread, {.text = "Hello", .nonce = nonce()})), "web.error.not_found");
  EXPECT_EQ(said(reply_with(ThreadId{4711}, "Hello")), "web.error.not_found");
}

TEST_P(MessagesContract, AreAboutACaseOnlyWhereThePartAllows) {
  EXPECT_EQ(read(begin("0123456789abcdef", kReceipt)).receipt_number, kReceipt);
  EXPECT_EQ(said(begin_thread(messages(), ben_, typed("0123456789abcdef", kReceipt))), "case:messages.error.case")
      << "a beneficiary is no party to a petition (8 CFR 103.2(a)(3))";
  EXPECT_EQ(said(begin_thread(messages(), ana_, typed("0123456789abcdeg", "NPT2690009999"))),
            "case:messages.error.case");
}

TEST_P(MessagesContract, AreWrittenOnceHoweverOftenTheFormComes) {
  const auto first = begin("0123456789abcdef");
  EXPECT_EQ(begin("0123456789abcdef"), first);
  std::vector<std::thread> browsers;
  for (int i = 0; i < 64; ++i) {
    browsers.emplace_back([&] { EXPECT_EQ(said(reply_with(first, "Again", "one form, sent often")), ""); });
  }
  for (auto& browser : browsers) browser.join();
  EXPECT_EQ(count_messages(), 2);
  // Somebody else's form with the same nonce is another form.
  EXPECT_EQ(said(begin_thread(messages(), ben_, typed("0123456789abcdef"))), "");
  EXPECT_EQ(count_messages(), 3);
}

TEST_P(MessagesContract, AreBegunOnceByManyFormsAtOnce) {
  std::vector<std::thread> browsers;
  std::mutex mutex;
  std::set<std::int64_t> threads;
  for (int i = 0; i < 16; ++i) {
    browsers.emplace_back([&] {
      const auto thread = begin_thread(messages(), ana_, typed());
      const std::scoped_lock lock(mutex);
      if (thread) threads.insert(thread->value);
    });
  }
  for (auto& browser : browsers) browser.join();
  EXPECT_EQ(threads.size(), 1U);
  EXPECT_EQ(count_messages(), 1);
}

TEST_P(MessagesContract, AreAnsweredByOneOfTwoOfficersAtOnce) {
  const auto thread = begin();
  const auto version = read(thread).version;
  std::atomic<int> answered{0};
  std::vector<std::thread> officers;
  for (int i = 0; i < 8; ++i) {
    officers.emplace_back([&] {
      if (answer(messages(), kTomas, thread, {.version = version, .text = "Yes."})) ++answered;
    });
  }
  for (auto& officer : officers) officer.join();
  EXPECT_EQ(answered, 1);
  EXPECT_EQ(written(thread).size(), 2U);
  EXPECT_EQ(said(answer(messages(), kMaya, thread, {.version = version, .text = "No."})),
            "version:messages.error.changed_meanwhile");
}

// Whichever was first, the person's message is the last word, or the officer was told that there is a new one: it must
// never lie in a thread that waits for nobody.
TEST_P(MessagesContract, WaitForTheOfficeWhenAnAnswerAndAMessageCrossed) {
  const int rounds = testing::race_rounds(20);
  for (int round = 0; round < rounds; ++round) {
    const auto thread = begin(nonce());
    const auto version = read(thread).version;
    testing::in_threads(4, [&](int i) {
      if (i == 0) {
        EXPECT_EQ(said(reply_with(thread, "One thing more.")), "");
      } else {
        static_cast<void>(answer(messages(), kMaya, thread, {.version = version, .text = "Yes.", .closes = i == 1}));
      }
    });
    ASSERT_EQ(read(thread).state, ThreadState::waiting_for_office) << "round " << round;
    ASSERT_TRUE(read(thread).waits_since.has_value());
    ASSERT_FALSE(read(thread).closed_at.has_value());
    EXPECT_EQ(said(answer_with(thread, "", true)), "");
    clock().move(kMessagesCounted);
  }
}

TEST_P(MessagesContract, WaitInTheOrderTheyCame) {
  const auto first = begin("0123456789abcdef");
  bed_->clock.move(std::chrono::hours{1});
  const auto second = begin("0123456789abcdeg");
  const auto list = [&](ThreadsAsked asked) {
    std::vector<ThreadId> ids;
    for (const auto& thread : list_threads(*database().snapshot(), bed_->sealer, asked)) ids.push_back(thread.id);
    return ids;
  };
  EXPECT_EQ(list({}), (std::vector{first, second}));
  // Who writes again while they wait keeps their place.
  EXPECT_EQ(said(reply_with(first, "And one thing more.", "another nonce 1234")), "");
  EXPECT_EQ(list({}), (std::vector{first, second}));
  EXPECT_EQ(said(assign(messages(), kTomas, second, read(second).version, kMaya.officer)), "");
  EXPECT_EQ(list({.whose = Whose::mine, .asker = kMaya.officer}), std::vector{second});
  EXPECT_EQ(list({.whose = Whose::nobodys}), std::vector{first});
  EXPECT_EQ(list({.topic = "appointment"}), std::vector<ThreadId>{});
  EXPECT_EQ(list({.after = read(first).waits_since, .after_id = first}), std::vector{second});
  EXPECT_EQ(said(assign(messages(), kTomas, second, read(second).version, OfficerId{4711})),
            "assigned:messages.error.officer");
  EXPECT_EQ(said(answer_with(first, "Done.")), "");
  EXPECT_EQ(list({}), std::vector{second});
}

TEST_P(MessagesContract, OpenAClosedThreadAgainForThirtyDays) {
  const auto thread = begin();
  EXPECT_EQ(said(answer_with(thread, "Done.", true)), "");
  EXPECT_EQ(read(thread).state, ThreadState::closed);
  bed_->clock.move(kReopens);
  EXPECT_EQ(said(reply_with(thread, "One thing more.", "another nonce 1234")), "");
  EXPECT_EQ(read(thread).state, ThreadState::waiting_for_office);
  EXPECT_EQ(said(answer_with(thread, "", true)), "") << "closing needs no words";
  bed_->clock.move(kReopens + std::chrono::seconds{1});
  EXPECT_EQ(said(reply_with(thread, "And now?", "a third nonce 12345")), "messages.error.closed");
}

TEST_P(MessagesContract, AreLimitedByTheHourAndByWhatIsOpen) {
  for (std::int64_t i = 0; i < kOpenThreadsMax; ++i) begin(fmt::format("nonce number {:08}", i));
  EXPECT_EQ(said(begin_thread(messages(), ana_, typed("one thread too many"))), "topic:messages.error.open_threads");
  const auto thread = list_threads_of(*database().snapshot(), bed_->sealer, ana_, 1).front().id;
  for (int i = static_cast<int>(kOpenThreadsMax); i < kMessagesMax; ++i)
    EXPECT_EQ(said(reply_with(thread, "More")), "");
  EXPECT_EQ(said(reply_with(thread, "More", "one reply too many")), "messages.error.many");
}

TEST_P(MessagesContract, CountAFormThatIsSentTwiceOnceAndLetOneWriteOnAfterAnHour) {
  const auto thread = begin();
  for (int i = 0; i < 3 * kMessagesMax; ++i) EXPECT_EQ(said(reply_with(thread, "Again", "one form, sent often")), "");
  for (int i = 2; i < kMessagesMax; ++i) {
    clock().move(std::chrono::minutes{1});
    EXPECT_EQ(said(reply_with(thread, "More")), "");
  }
  const auto refused = reply_with(thread, "More");
  ASSERT_EQ(said(refused), "messages.error.many");
  // As soon as the first of the twenty is an hour old.
  EXPECT_EQ(refused.error().retry_after, kMessagesCounted - std::chrono::minutes{kMessagesMax - 2});
  clock().move(*refused.error().retry_after - std::chrono::seconds{1});
  EXPECT_EQ(said(reply_with(thread, "More")), "messages.error.many");
  clock().move(std::chrono::seconds{1});
  EXPECT_EQ(said(reply_with(thread, "More")), "");
}

// Who represents somebody no more, or was taken off the case, is told nothing more about it.
TEST_P(MessagesContract, EndWithThePartInTheCaseAndStayToBeRead) {
  const auto thread = begin("0123456789abcdef", kReceipt);
  const auto general = begin("0123456789abcdeg");
  connect(std::nullopt, "pat");
  EXPECT_EQ(said(reply_with(thread, "And now?")), "messages.error.not_on_case");
  EXPECT_EQ(count_messages(), 2);
  const auto opened = find_opened(messages(), *database().snapshot(), ana_, thread);
  ASSERT_TRUE(opened.has_value());
  EXPECT_FALSE(opened->may_write);
  EXPECT_FALSE(open_for_office(messages(), kTomas, thread)->may_write) << "the office is warned";
  EXPECT_EQ(said(reply_with(general, "And now?")), "") << "what is about no case goes on";
  connect(ana_, "pat");
  EXPECT_EQ(said(reply_with(thread, "I am back.")), "");
}

TEST_P(MessagesContract, ThatWereClosedGoOnLikeAnyOtherOnceTheOfficeAnswersAgain) {
  const auto thread = begin();
  EXPECT_EQ(said(answer_with(thread, "Done.", true)), "");
  EXPECT_EQ(said(answer_with(thread, "One thing we forgot.")), "");
  EXPECT_EQ(read(thread).state, ThreadState::waiting_for_person);
  EXPECT_FALSE(read(thread).closed_at.has_value());
  clock().move(2 * kReopens);
  EXPECT_EQ(said(reply_with(thread, "Thank you.")), "");
}

TEST_P(MessagesContract, AreListedWithTheUnreadOnesFirstHoweverOld) {
  const auto old = begin("0123456789abcdef");
  EXPECT_EQ(said(answer_with(old, "Yes.")), "");
  clock().move(std::chrono::hours{1});
  const auto fresh = begin("0123456789abcdeg");
  const auto list = [&](int most) {
    std::vector<ThreadId> ids;
    for (const auto& thread : list_threads_of(*database().snapshot(), bed_->sealer, ana_, most))
      ids.push_back(thread.id);
    return ids;
  };
  EXPECT_EQ(list(10), (std::vector{old, fresh}));
  EXPECT_EQ(list(1), std::vector{old});
  EXPECT_EQ(count_unread(*database().snapshot(), ana_), 1);
  const auto seen = read(old);
  database().write([&](db::Transaction& tx) { note_read(tx, seen, clock().now()); });
  EXPECT_EQ(count_unread(*database().snapshot(), ana_), 0);
  EXPECT_EQ(list(10), (std::vector{fresh, old}));
}

// The page was drawn, and then an answer came: that one is not read.
TEST_P(MessagesContract, AreReadOnlyAsFarAsTheyWereSeen) {
  const auto thread = begin();
  EXPECT_EQ(said(answer_with(thread, "Yes.")), "");
  const auto seen = read(thread);
  clock().move(std::chrono::seconds{1});
  EXPECT_EQ(said(answer_with(thread, "No.")), "");
  database().write([&](db::Transaction& tx) { note_read(tx, seen, clock().now()); });
  EXPECT_TRUE(read(thread).is_unread());
}

TEST_P(MessagesContract, AreFoundByStateAndLanguagePageByPage) {
  const auto english = begin();
  clock().move(std::chrono::seconds{1});
  auto in_spanish = typed(nonce());
  in_spanish.language = "es";
  const auto spanish = *begin_thread(messages(), ana_, in_spanish);
  const auto list = [&](ThreadsAsked asked) {
    std::vector<ThreadId> ids;
    for (const auto& thread : list_threads(*database().snapshot(), bed_->sealer, asked)) ids.push_back(thread.id);
    return ids;
  };
  EXPECT_EQ(list({.language = "es"}), std::vector{spanish});
  EXPECT_EQ(list({.language = "en"}), std::vector{english});
  EXPECT_EQ(said(answer_with(english, "Yes.")), "");
  clock().move(std::chrono::seconds{1});
  EXPECT_EQ(said(answer_with(spanish, "Sí.")), "");
  EXPECT_EQ(list({}), std::vector<ThreadId>{});
  const ThreadsAsked answered{.state = ThreadState::waiting_for_person, .most = 1};
  EXPECT_EQ(list(answered), std::vector{spanish}) << "the newest change first";
  auto next = answered;
  next.after = read(spanish).last_at;
  next.after_id = spanish;
  EXPECT_EQ(list(next), std::vector{english});
  EXPECT_EQ(list({.state = ThreadState::closed}), std::vector<ThreadId>{});
}

TEST_P(MessagesContract, WantATopicASubjectAndAText) {
  EXPECT_EQ(said(begin_thread(messages(), ana_, {.nonce = "0123456789abcdef"})), "topic:messages.error.topic");
  auto long_one = typed();
  long_one.text = std::string(kTextMax + 1, 'x');
  EXPECT_EQ(said(begin_thread(messages(), ana_, long_one)), "text:messages.error.text_long");
  EXPECT_EQ(said(begin_thread(messages(), ana_, typed(""))), "messages.error.form");
}

TEST_P(MessagesContract, AreALookAtTheCaseWhenAnOfficerOpensThem) {
  const auto thread = begin("0123456789abcdef", kReceipt);
  ASSERT_TRUE(open_for_office(messages(), kTomas, thread).has_value());
  const auto looks = cases::list_looks(*database().snapshot(), *read(thread).on_case, 10);
  ASSERT_EQ(looks.size(), 1U);
  EXPECT_EQ(looks[0].reason, cases::kReasonMessage);
  EXPECT_EQ(looks[0].what, cases::kLookedAtThread);
  EXPECT_FALSE(open_for_office(messages(), kTomas, ThreadId{4711}).has_value());
}

TEST_P(MessagesContract, AreSealedInTheDatabase) {
  const auto thread = begin();
  const db::Query all{"test.all_texts", "SELECT text_sealed FROM messages WHERE thread = $1"};
  database().snapshot()->each(
      all, {thread}, [](const db::Row& row) { EXPECT_EQ(std::string(row.bytes(0)).find("copy"), std::string::npos); });
}

TEST_P(MessagesContract, GoWithTheAccountAndInItsCopy) {
  begin();
  const MessageData data(messages());
  const auto files = data.collect(*database().snapshot(), ana_, bed_->clock.now());
  ASSERT_EQ(files.size(), 1U);
  EXPECT_NE(boost::json::serialize(files[0].content).find("Which copy"), std::string::npos);
  EXPECT_EQ(data.collect(*database().snapshot(), ben_, bed_->clock.now())[0].content.as_array().size(), 0U);
  database().write([&](db::Transaction& tx) { data.erase(tx, ana_); });
  EXPECT_EQ(count_messages(), 0);
}

TEST_P(MessagesContract, AreDeletedTwoYearsAfterTheyWereClosed) {
  const auto thread = begin();
  const auto open = begin("0123456789abcdeg");
  EXPECT_EQ(said(answer_with(thread, "Done.", true)), "");
  bed_->clock.move(kClosedKept);
  delete_old_threads(messages());
  EXPECT_EQ(count_messages(), 3);
  bed_->clock.move(std::chrono::milliseconds{1});
  delete_old_threads(messages());
  EXPECT_EQ(count_messages(), 1);
  EXPECT_EQ(read(open).state, ThreadState::waiting_for_office);
}

TEST_P(MessagesContract, KeepSavedRepliesInBothLanguages) {
  EXPECT_EQ(said(save_reply(messages(), kTomas, {.title = "Copies", .text_en = "The long one."})),
            "text_es:messages.error.text");
  EXPECT_EQ(
      said(save_reply(messages(), kTomas, {.title = "Copies", .text_en = "The long one.", .text_es = "La larga."})),
      "");
  auto reply = list_replies(*database().snapshot()).at(0);
  reply.text_en = "The long form.";
  EXPECT_EQ(said(save_reply(messages(), kTomas, reply)), "");
  EXPECT_EQ(list_replies(*database().snapshot()).at(0).text_en, "The long form.");
  EXPECT_EQ(said(retire_reply(messages(), kTomas, reply.id)), "");
  EXPECT_EQ(said(retire_reply(messages(), kTomas, reply.id)), "web.error.not_found");
  EXPECT_EQ(said(save_reply(messages(), kTomas, reply)), "web.error.not_found");
  EXPECT_TRUE(list_replies(*database().snapshot()).empty());
}

ON_BOTH_DATABASES(MessagesContract);

}  // namespace
}  // namespace waymark::messages
