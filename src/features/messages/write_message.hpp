// The person's side: beginning a thread, answering in one, and reading it.
#pragma once

#include "features/messages/messages.hpp"

namespace waymark::messages {

struct NewThread {
  std::string topic{}, subject{}, text{};  // as typed
  std::string receipt_number{};            // the case it is about; empty: none
  std::string nonce{};                     // of the form
  std::string language{};                  // of the page it was typed on
};

struct Reply {
  std::string text{};  // as typed
  std::string nonce{}, language{};
};

// Whether the account may write about the case at that moment: an applicant, a petitioner, who represents them, and a
// helper who was let act.
bool may_write_about(db::Snapshot& snapshot, AccountId account, std::string_view receipt_number, Instant now);

// Refusals at the fields; too_many when the account wrote a lot; at "topic" with too many open threads. The same form
// twice is one thread, and the second time it is answered as the first.
Result<ThreadId> begin_thread(Messages& messages, AccountId account, const NewThread& typed);
// not_found for another's and for none alike; conflict for one that was closed too long ago, and for one about a case
// that the account may no longer write about (who represents somebody no more is told nothing more).
Result<void> reply(Messages& messages, AccountId account, ThreadId thread, const Reply& typed);

struct OpenedThread {
  Thread thread{};
  std::vector<Message> messages{};
  bool may_write = true;  // the account; not about a case that is no longer theirs to write about
};
std::optional<OpenedThread> find_opened(const Messages& messages, db::Snapshot& snapshot, AccountId account,
                                        ThreadId thread);

// What a message's text is once the ends are trimmed and line ends are one kind; refusal at `field`.
Result<std::string> read_text(std::string_view field, std::string_view typed);

}  // namespace waymark::messages
