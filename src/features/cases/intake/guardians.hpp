// Parents and guardians: a party who acts in the place of a child under 14, in the child's role, because the agency
// says so (8 CFR 103.2(a)(2)). What they may is what the child may; their part ends on the child's 14th birthday, and
// as soon as the child's own part does.
#pragma once

#include <optional>

#include "features/cases/intake/intake_effects.hpp"
#include "features/cases/party_store.hpp"

namespace waymark::cases {

// The day from which somebody born on that day is not under 14. Born on 29 February: 1 March, outside leap years.
Date fourteenth_birthday(Date born_on);

// Of a party that a record tells about: the day that makes them 14, when it is still to come after `today`.
std::optional<Date> find_under_14_until(const PartyContent& content, Date today);

// Why a record must not make its party a guardian. Nothing when it makes them none.
std::optional<Refusal> find_guardian_refusal(db::Transaction& tx, const RecordOnCase& what,
                                             const PartyContent& content);

// After a record about a party that was there before: their guardians follow its role, or end with it.
void settle_guardians(db::Transaction& tx, const RecordOnCase& what, PartyId child, const PartyContent& content,
                      bool is_under_14);

// Ends the parts of those whose child is 14 today in the agency's time zone: how many. For the server's upkeep.
int end_guardians_of_grown(const Cases& cases);

}  // namespace waymark::cases
