#include <gtest/gtest.h>

#include <thread>

#include "features/cases/case_looks.hpp"
#include "features/cases/intake.hpp"
#include "features/messages/answer_thread.hpp"
#include "features/messages/limits.hpp"
#include "features/messages/message_data.hpp"
#include "features/messages/message_store.hpp"
#include "features/messages/write_message.hpp"
#include "support/accounts_bed.hpp"
#include "support/case_world.hpp"
#include "support/databases.hpp"

namespace waymark::messages {
namespace {

using testing::AccountsBed;
using testing::SigningUp;

const std::string kReceipt = "NPT2690001234";
const web::OfficeSeat kTomas{OfficerId{7}, web::OfficeRole::support, "Tomas", "Northport field office"};
const web::OfficeSeat kMaya{OfficerId{8}, web::OfficeRole::case_officer, "Maya", "Northport field office"};
constexpr db::Query kConnect{"test.connect", "UPDATE parties SET account = $1 WHERE agency_party = $2"};
constexpr db::Query kCountMessages{"test.count_messages", "SELECT COUNT(*) FROM messages"};

template <typename T>
std::string said(const Result<T>& result) {
  if (result) return {};
  const auto& failure = result.error();
  return failure.fields.empty() ? failure.message.key
                                : failure.fields.front().field + ":" + failure.fields.front().message.key;
}

class MessagesContract : public testing::DatabaseContract {
 protected:
  void SetUp() override {
    DatabaseContract::SetUp();
    if (IsSkipped()) return;
    bed_ = std::make_unique<AccountsBed>(database());
    cases_ = std::make_unique<cases::Cases>(cases::Cases::Parts{.database = database(),
                                                                .clock = bed_->clock,
                                                                .random = bed_->random,
                                                                .ids = bed_->ids,
                                                                .sealer = bed_->sealer,
                                                                .keys = bed_->keys,
                                                                .catalogue = bed_->catalogue,
                                                                .outbox = bed_->outbox,
                                                                .throttle = bed_->accounts.throttle});
    messages_ = std::make_unique<Messages>(
        Messages{.accounts = bed_->accounts, .cases = *cases_, .list_officers = [](db::Snapshot&) {
                   return std::vector<web::OfficeSeat>{kTomas, kMaya};
                 }});
    SigningUp ana{*bed_};
    ana_ = ana.finish();
    SigningUp ben{*bed_, "ben@example.org", "203.0.113.10", {.token = {}, .peer = "203.0.113.10", .language = "en"}};
    ben_ = ben.finish();
    bed_->take_told();
    take_in_case();
  }
  void TearDown() override {
    messages_.reset();
    cases_.reset();
    bed_.reset();
    DatabaseContract::TearDown();
  }
  void take_in_case() {
    auto records = testing::RecordsOf(kReceipt, "I-130")
                       .party("pat", cases::Role::petitioner)
                       .party("ben", cases::Role::beneficiary)
                       .records();
    for (auto& record : records) record.id = bed_->ids.next_value();
    cases::Intake intake(*cases_);
    database().write([&](db::Transaction& tx) {
      intake.begin(bed_->clock.now());
      for (const auto& record : records) intake.take_in(tx, record);
      intake.write_back(tx);
      tx.run(kConnect, {ana_, "pat"});
      tx.run(kConnect, {ben_, "ben"});
    });
  }
  Messages& messages() { return *messages_; }
  static NewThread typed(std::string nonce = "0123456789abcdef", std::string receipt = {}) {
    return {.topic = "documents",
            .subject = "My birth certificate",
            .text = "Which copy do you need?\r\nThe long one?",
            .receipt_number = std::move(receipt),
            .nonce = std::move(nonce)};
  }
  ThreadId begin(std::string nonce = "0123456789abcdef", std::string receipt = {}) {
    const auto thread = begin_thread(messages(), ana_, typed(std::move(nonce), std::move(receipt)));
    EXPECT_EQ(said(thread), "");
    return thread.value_or(ThreadId{});
  }
  Thread read(ThreadId thread) { return *find_thread(*database().snapshot(), bed_->sealer, thread); }
  std::vector<Message> written(ThreadId thread) { return list_messages(*database().snapshot(), bed_->sealer, thread); }
  std::int64_t count_messages() {
    return *database().snapshot()->find(kCountMessages, {}, [](const db::Row& row) { return row.integer(0); });
  }
  std::string answer_with(ThreadId thread, std::string text, bool closes = false) {
    return said(answer(messages(), kTomas, thread,
                       {.version = read(thread).version, .text = std::move(text), .closes = closes}));
  }

  std::unique_ptr<AccountsBed> bed_;
  std::unique_ptr<cases::Cases> cases_;
  std::unique_ptr<Messages> messages_;
  AccountId ana_{}, ben_{};
};

TEST_P(MessagesContract, GoToTheOfficeAndComeBack) {
  const auto thread = begin();
  EXPECT_EQ(read(thread).state, ThreadState::waiting_for_office);
  EXPECT_EQ(written(thread).front().text, "Which copy do you need?\nThe long one?");
  EXPECT_EQ(answer_with(thread, "The long one, please."), "");
  EXPECT_EQ(read(thread).state, ThreadState::waiting_for_person);
  EXPECT_TRUE(read(thread).is_unread());
  EXPECT_EQ(written(thread).back().by->role, web::OfficeRole::support);
  EXPECT_EQ(said(reply(messages(), ana_, thread, "Thank you.", "another nonce 1234")), "");
  EXPECT_EQ(read(thread).state, ThreadState::waiting_for_office);
  EXPECT_EQ(written(thread).size(), 3U);
}

TEST_P(MessagesContract, TellThatThereIsAnAnswerAndNothingOfIt) {
  const auto thread = begin();
  EXPECT_EQ(answer_with(thread, "Bring the long one."), "");
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
  EXPECT_EQ(said(reply(messages(), ben_, thread, "Hello", "another nonce 1234")), "web.error.not_found");
  EXPECT_EQ(said(reply(messages(), ana_, ThreadId{4711}, "Hello", "another nonce 1234")), "web.error.not_found");
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
    browsers.emplace_back(
        [&] { EXPECT_EQ(said(reply(messages(), ana_, first, "Again", "one form, sent often")), ""); });
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

TEST_P(MessagesContract, WaitInTheOrderTheyCame) {
  const auto first = begin("0123456789abcdef");
  bed_->clock.move(std::chrono::hours{1});
  const auto second = begin("0123456789abcdeg");
  const auto list = [&](ThreadsAsked asked) {
    std::vector<ThreadId> ids;
    for (const auto& thread : list_waiting(*database().snapshot(), bed_->sealer, asked)) ids.push_back(thread.id);
    return ids;
  };
  EXPECT_EQ(list({}), (std::vector{first, second}));
  // Who writes again while they wait keeps their place.
  EXPECT_EQ(said(reply(messages(), ana_, first, "And one thing more.", "another nonce 1234")), "");
  EXPECT_EQ(list({}), (std::vector{first, second}));
  EXPECT_EQ(said(assign(messages(), kTomas, second, read(second).version, kMaya.officer)), "");
  EXPECT_EQ(list({.whose = Whose::mine, .asker = kMaya.officer}), std::vector{second});
  EXPECT_EQ(list({.whose = Whose::nobodys}), std::vector{first});
  EXPECT_EQ(list({.topic = "appointment"}), std::vector<ThreadId>{});
  EXPECT_EQ(list({.after_since = to_millis(*read(first).waits_since), .after_id = first.value}), std::vector{second});
  EXPECT_EQ(said(assign(messages(), kTomas, second, read(second).version, OfficerId{4711})),
            "assigned:messages.error.officer");
  EXPECT_EQ(answer_with(first, "Done."), "");
  EXPECT_EQ(list({}), std::vector{second});
}

TEST_P(MessagesContract, OpenAClosedThreadAgainForThirtyDays) {
  const auto thread = begin();
  EXPECT_EQ(answer_with(thread, "Done.", true), "");
  EXPECT_EQ(read(thread).state, ThreadState::closed);
  bed_->clock.move(kReopens);
  EXPECT_EQ(said(reply(messages(), ana_, thread, "One thing more.", "another nonce 1234")), "");
  EXPECT_EQ(read(thread).state, ThreadState::waiting_for_office);
  EXPECT_EQ(answer_with(thread, "", true), "") << "closing needs no words";
  bed_->clock.move(kReopens + std::chrono::seconds{1});
  EXPECT_EQ(said(reply(messages(), ana_, thread, "And now?", "a third nonce 12345")), "messages.error.closed");
}

TEST_P(MessagesContract, AreLimitedByTheHourAndByWhatIsOpen) {
  for (std::int64_t i = 0; i < kOpenThreadsMax; ++i) begin(fmt::format("nonce number {:08}", i));
  EXPECT_EQ(said(begin_thread(messages(), ana_, typed("one thread too many"))), "messages.error.open_threads");
  const auto thread = list_threads_of(*database().snapshot(), bed_->sealer, ana_, 1).front().id;
  for (int i = static_cast<int>(kOpenThreadsMax) + 1; i < kMessagesWritten.tries_max; ++i)
    EXPECT_EQ(said(reply(messages(), ana_, thread, "More", fmt::format("reply number {:08}", i))), "");
  EXPECT_EQ(said(reply(messages(), ana_, thread, "More", "one reply too many")), "messages.error.many");
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
  EXPECT_EQ(answer_with(thread, "Done.", true), "");
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
