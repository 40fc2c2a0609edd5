// A party whom the feed names with an email address is invited to connect their case: noted with the party, mailed a
// little later, when the history that came along tells whether the case is still open.
#pragma once

#include "base/email.hpp"
#include "features/cases/cases.hpp"

namespace waymark::cases {

// Within the unit that takes the party in. The row holds the address as a keyed hash. Queued.
void queue_invitation(db::Transaction& tx, const Cases& cases, PartyId party, const Email& email, Instant now);

// For the server's upkeep, on any number of nodes: settles what was noted at least kInvitedAfter ago. One mail for a
// party and an address, and one a day for an address, whatever number of cases name it: the mail says nothing of the
// case, so that one serves them all. None for a case that is over, nor for a party that left it, is connected already,
// or has another address by now. At most 2,000 a turn. Gives how many were mailed.
int send_invitations(const Cases& cases);

}  // namespace waymark::cases
