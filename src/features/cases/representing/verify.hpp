// The office's word that somebody is a representative: they say what they are, an officer checks it against the roll of
// the bar or the list of accredited people, and only then can they be linked to a client. Withdrawn, all of it ends.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "features/cases/cases.hpp"
#include "features/cases/representing/representative.hpp"

namespace waymark::cases {

struct RepresentativeRequest {
  std::string kind, organisation, licence;  // as typed
};
// Refusals at "kind", "organisation" and "licence"; conflict when they are verified; too_many after five in a day.
Result<void> ask_to_represent(const Cases& cases, AccountId account, const RepresentativeRequest& request,
                              std::string_view network);
// None: the account never asked.
std::optional<Representative> find_own_representative(const Cases& cases, db::Snapshot& snapshot, AccountId account);

bool is_verified(db::Snapshot& snapshot, AccountId account);

// For the office. The longest waiting first; of another state the latest first.
std::vector<Representative> list_all_representatives(const Cases& cases, db::Snapshot& snapshot,
                                                     RepresentativeState state, int most);
// Verifies or refuses who waits, withdraws who is verified, and tells them; with the withdrawal all that they had begun
// ends, and their clients are told. `actor`: the officer, as the audit trail names them. conflict when another officer
// was faster, or they asked again since `seen_asked_at`: then what was seen is not what would be decided.
Result<void> decide_representative(const Cases& cases, AccountId account, RepresentativeState to, OfficerId by,
                                   std::string_view actor, Instant seen_asked_at);

// Within the unit of the withdrawal.
void end_with_verification(const Cases& cases, db::Transaction& tx, AccountId representative, Instant now);

}  // namespace waymark::cases
