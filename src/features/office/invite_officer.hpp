// How somebody becomes an officer, changes their role, and stops being one.
#pragma once

#include "base/result.hpp"
#include "features/office/office.hpp"

namespace waymark::office {

struct NewOfficer {
  std::string email{}, name{}, unit{};  // as typed
  web::OfficeRole role{};
  std::string language{};
};

// The one-time link of the first administrator, for the terminal of whoever runs the installation: good for an hour,
// and only while there is no active administrator, or by `even_so` (all of them lost their keys; the audit trail shows
// it). conflict otherwise. Asked again it ends the link before.
Result<std::string> invite_first_administrator(Office& office, const NewOfficer& wanted, bool even_so);

// By an administrator; the invitation goes by mail. Refusals at the fields; conflict at "email" for an address that is
// an officer's.
Result<OfficerId> invite_officer(Office& office, OfficerId by, const NewOfficer& wanted);
// A new link for one who lost the mail, or every key: their keys stop with it. not_found for a stopped one.
Result<void> invite_again(Office& office, OfficerId by, OfficerId officer);

// conflict for the last active administrator. Their sessions end, so that no page of the old role stays open.
Result<void> change_seat(Office& office, OfficerId by, OfficerId officer, web::OfficeRole role, std::string_view unit);
Result<void> stop_officer(Office& office, OfficerId by, OfficerId officer);

// For the demo: a link for an officer who is there already or is made now; never mailed.
std::string demo_link(Office& office, const NewOfficer& wanted);

}  // namespace waymark::office
