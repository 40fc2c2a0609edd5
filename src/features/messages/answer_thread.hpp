// The office's side: reading, answering, giving to somebody, closing. Each takes the version of the thread that the
// officer saw: at the field "version" when somebody was quicker; nothing was written then.
#pragma once

#include "features/messages/messages.hpp"
#include "features/messages/write_message.hpp"

namespace waymark::messages {

// The officer's opening: a look at the case, where there is one, and in the audit trail. Committed before the page goes
// out. None: no such thread.
std::optional<OpenedThread> open_for_office(Messages& messages, const web::OfficeSeat& by, ThreadId thread);

struct Answer {
  std::int64_t version = 0;
  std::string text{};  // as typed; empty is allowed where it only closes
  bool closes = false;
};
// The person is told that there is an answer, and nothing of it.
Result<void> answer(Messages& messages, const web::OfficeSeat& by, ThreadId thread, const Answer& typed);
// To one of Messages::list_officers, or to nobody.
Result<void> assign(Messages& messages, const web::OfficeSeat& by, ThreadId thread, std::int64_t version,
                    std::optional<OfficerId> to);

// Saved replies. Refusals at the fields; not_found for one that was retired.
Result<void> save_reply(Messages& messages, const web::OfficeSeat& by, const SavedReply& typed);  // id 0: a new one
Result<void> retire_reply(Messages& messages, const web::OfficeSeat& by, SavedReplyId reply);

}  // namespace waymark::messages
