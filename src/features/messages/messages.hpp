// Messages between people and the office (S20). Built once by app; threads: safe.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "features/accounts/accounts.hpp"
#include "features/cases/cases.hpp"
#include "web/office.hpp"

namespace waymark::messages {

using ThreadId = Id<struct ThreadTag>;
using MessageId = Id<struct MessageTag>;
using SavedReplyId = Id<struct SavedReplyTag>;

enum class ThreadState { waiting_for_office, waiting_for_person, closed };
inline constexpr ThreadState kThreadStates[] = {ThreadState::waiting_for_office, ThreadState::waiting_for_person,
                                                ThreadState::closed};
std::string_view to_text(ThreadState state);
std::optional<ThreadState> find_thread_state(std::string_view text);

// What a thread may be about. Locale keys "messages.topic.TOPIC".
inline constexpr std::string_view kTopics[] = {"case_progress", "documents", "appointment", "address",
                                               "account",       "mistake",   "other"};
bool is_topic(std::string_view text);

struct Thread {
  ThreadId id{};
  AccountId account{};
  std::optional<CaseId> on_case{};
  std::string receipt_number{};  // of that case; empty: none
  std::string topic{}, subject{};
  std::string language{};  // of the pages on which the person wrote last
  ThreadState state = ThreadState::waiting_for_office;
  std::optional<OfficerId> assigned{};
  std::int64_t version = 1;  // counts every message, assignment and closing
  Instant created_at{}, last_at{};
  std::optional<Instant> waits_since{};      // for the office
  std::optional<Instant> office_wrote_at{};  // last
  std::optional<Instant> person_read_at{};   // for the office's eyes alone
  std::optional<Instant> closed_at{};

  bool is_unread() const { return office_wrote_at && (!person_read_at || *person_read_at < *office_wrote_at); }
};

struct Message {
  MessageId id{};
  std::optional<web::OfficeSeat> by{};  // an officer (their name is not kept here); none: the person
  std::string text{};
  Instant at{};
};

struct SavedReply {
  SavedReplyId id{};
  std::string title{}, text_en{}, text_es{};
};

// References outlive the messages.
struct Messages {
  accounts::Accounts& accounts;
  const cases::Cases& cases;
  // Whom a thread can be given to.
  std::function<std::vector<web::OfficeSeat>(db::Snapshot&)> list_officers{};

  const accounts::AccountsParts& base() const { return accounts.parts; }
  db::Database& database() const { return base().database; }
};

// Threads closed longer ago than kClosedKept.
void delete_old_threads(Messages& messages);

}  // namespace waymark::messages
