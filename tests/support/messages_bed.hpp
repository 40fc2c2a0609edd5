// Messages on a test's database: Ana, the petitioner of a case, and Ben, its beneficiary, with accounts; and two
// officers.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "features/messages/answer_thread.hpp"
#include "features/messages/limits.hpp"
#include "features/messages/message_store.hpp"
#include "features/messages/write_message.hpp"
#include "support/accounts_bed.hpp"
#include "support/case_world.hpp"
#include "support/databases.hpp"

namespace waymark::testing {

inline const web::OfficeSeat kTomas{OfficerId{7}, web::OfficeRole::support, "Tomas", "Northport field office"};
inline const web::OfficeSeat kMaya{OfficerId{8}, web::OfficeRole::case_officer, "Maya", "Northport field office"};

class MessagesContract : public DatabaseContract {
 protected:
  static inline const std::string kReceipt = "NPT2690001234";

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
    messages_ = std::make_unique<messages::Messages>(
        messages::Messages{.accounts = bed_->accounts, .cases = *cases_, .list_officers = [](db::Snapshot&) {
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
    auto records = RecordsOf(kReceipt, "I-130")
                       .party("pat", cases::Role::petitioner)
                       .party("ben", cases::Role::beneficiary)
                       .records();
    for (auto& record : records) record.id = bed_->ids.next_value();
    cases::Intake intake(*cases_);
    database().write([&](db::Transaction& tx) {
      intake.begin(bed_->clock.now());
      for (const auto& record : records) intake.take_in(tx, record);
      intake.write_back(tx);
    });
    connect(ana_, "pat");
    connect(ben_, "ben");
  }
  // None: nobody's any more.
  void connect(std::optional<AccountId> account, std::string_view party) {
    static constexpr db::Query kConnect{"test.connect", "UPDATE parties SET account = $1 WHERE agency_party = $2"};
    database().write([&](db::Transaction& tx) { tx.run(kConnect, {account, party}); });
  }
  messages::Messages& messages() { return *messages_; }
  FixedClock& clock() { return bed_->clock; }
  std::string nonce() { return fmt::format("a fresh nonce {:06}", ++nonces_); }
  static messages::NewThread typed(std::string nonce = "0123456789abcdef", std::string receipt = {}) {
    return {.topic = "documents",
            .subject = "My birth certificate",
            .text = "Which copy do you need?\r\nThe long one?",
            .receipt_number = std::move(receipt),
            .nonce = std::move(nonce),
            .language = "en"};
  }
  messages::ThreadId begin(std::string nonce = "0123456789abcdef", std::string receipt = {}) {
    const auto thread = begin_thread(messages(), ana_, typed(std::move(nonce), std::move(receipt)));
    EXPECT_TRUE(thread.has_value());
    return thread.value_or(messages::ThreadId{});
  }
  Result<void> reply_with(messages::ThreadId thread, std::string text, std::string with_nonce = {}) {
    return messages::reply(
        messages(), ana_, thread,
        {.text = std::move(text), .nonce = with_nonce.empty() ? nonce() : std::move(with_nonce), .language = "en"});
  }
  Result<void> answer_with(messages::ThreadId thread, std::string text, bool closes = false) {
    return answer(messages(), kTomas, thread,
                  {.version = read(thread).version, .text = std::move(text), .closes = closes});
  }
  messages::Thread read(messages::ThreadId thread) {
    return *find_thread(*database().snapshot(), bed_->sealer, thread);
  }
  std::vector<messages::Message> written(messages::ThreadId thread) {
    return list_messages(*database().snapshot(), bed_->sealer, thread);
  }
  std::int64_t count_messages() {
    static constexpr db::Query kCountMessages{"test.count_messages", "SELECT COUNT(*) FROM messages"};
    return *database().snapshot()->find(kCountMessages, {}, [](const db::Row& row) { return row.integer(0); });
  }

  std::unique_ptr<AccountsBed> bed_;
  std::unique_ptr<cases::Cases> cases_;
  std::unique_ptr<messages::Messages> messages_;
  AccountId ana_{}, ben_{};

 private:
  std::atomic<int> nonces_{0};
};

}  // namespace waymark::testing
