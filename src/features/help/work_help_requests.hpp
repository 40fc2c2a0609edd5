// The office's side of questions from people who can't sign in. Each look and act is written to the audit trail in the
// unit that makes it true.
#pragma once

#include <vector>

#include "base/result.hpp"
#include "features/help/help.hpp"
#include "web/office.hpp"

namespace waymark::help {

// The queue, without addresses and texts.
std::vector<HelpRequest> look_at_help_requests(Help& help, const web::OfficeSeat& by);
// One of them; not_found otherwise.
Result<HelpRequest> look_at_help_request(Help& help, const web::OfficeSeat& by, HelpRequestId id);
// conflict when another officer has it, or it is answered or closed.
Result<void> take_help_request(Help& help, const web::OfficeSeat& by, HelpRequestId id);
// Mails the reply to the proved address, in the language of the question, which is not said again in it. Refuses at
// "reply"; conflict when it is not this officer's, or was answered.
Result<void> answer_help_request(Help& help, const web::OfficeSeat& by, HelpRequestId id, std::string_view typed);
// conflict when it is not this officer's to close.
Result<void> close_help_request(Help& help, const web::OfficeSeat& by, HelpRequestId id);

}  // namespace waymark::help
