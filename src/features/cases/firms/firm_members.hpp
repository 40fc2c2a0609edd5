// Who is in a firm: its owners invite, change and remove; whom an invitation went to joins, or says no.
#pragma once

#include <string>
#include <string_view>

#include "features/cases/firms/firm.hpp"

namespace waymark::cases {

struct FirmInvitation {
  std::string email, standing;  // as typed
};
// By an owner; for everybody else not_found, here and below. Refusals at "email" and "standing"; too_many after twenty
// in a day. Whether the address has an account does not show.
Result<void> invite_to_firm(const Firms& firms, const FirmActor& owner, const FirmInvitation& invitation);
// By the owner of the address. not_found for what is not (or no longer) theirs to take; conflict when they are in a
// firm already.
Result<void> join_firm(const Firms& firms, const FirmActor& by, FirmMemberId invitation);
Result<void> decline_invitation(const Firms& firms, const FirmActor& by, FirmMemberId invitation);

Result<void> change_standing(const Firms& firms, const FirmActor& owner, FirmMemberId member,
                             std::string_view typed_standing);
// Somebody who is in, or an invitation that waits.
Result<void> remove_from_firm(const Firms& firms, const FirmActor& owner, FirmMemberId member);
// Where the invitation went; empty once it was erased, and of the founder.
std::string invited_address(const Cases& cases, const FirmMember& member);

}  // namespace waymark::cases
