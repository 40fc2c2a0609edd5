// The office's side of call-backs. Each look and act is written to the audit trail in the unit that makes it true.
#pragma once

#include <vector>

#include "base/result.hpp"
#include "features/help/help.hpp"
#include "web/office.hpp"

namespace waymark::help {

// The queue, without names and numbers.
std::vector<Callback> look_at_callbacks(Help& help, const web::OfficeSeat& by);
// One of them; not_found otherwise. Name and number are there for who took it alone.
Result<Callback> look_at_callback(Help& help, const web::OfficeSeat& by, CallbackId id);
// conflict when another officer has it, or it is closed.
Result<void> take_callback(Help& help, const web::OfficeSeat& by, CallbackId id);
// Refuses at "outcome"; conflict when it is not this officer's to close.
Result<void> close_callback(Help& help, const web::OfficeSeat& by, CallbackId id, std::string_view outcome);

}  // namespace waymark::help
