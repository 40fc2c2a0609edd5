// Checking who says that they represent others: against the roll of the bar, or the list of accredited people.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "features/cases/representing/representative.hpp"
#include "features/office/office.hpp"

namespace waymark::office {

struct CheckedRepresentative {
  cases::Representative of;
  std::string name, email;
};
// At most a hundred; those who wait the longest first.
std::vector<CheckedRepresentative> list_representatives(Office& office, cases::RepresentativeState state);
// The look is in the account's own record, which its owner reads. None: it never asked, or is closed.
std::optional<CheckedRepresentative> open_representative(Office& office, const web::OfficeSeat& by, AccountId account);
// conflict when another officer was faster, or what was seen is not what is asked any more.
Result<void> decide(Office& office, const web::OfficeSeat& by, AccountId account, cases::RepresentativeState to,
                    Instant seen_asked_at);

}  // namespace waymark::office
