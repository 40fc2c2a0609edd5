#include "features/cases/working/office_guests.hpp"

#include <algorithm>

#include "features/cases/consenting/consent_store.hpp"
#include "features/cases/firms/firm.hpp"
#include "features/cases/representing/verify.hpp"
#include "features/cases/sharing/helper_store.hpp"

namespace waymark::cases {

Guests list_guests(const Cases& cases, db::Snapshot& snapshot, CaseId on_case, Instant now) {
  Guests guests;
  for (const auto& one : list_standing_of_case(snapshot, on_case)) {
    auto who = find_own_representative(cases, snapshot, *one.representative);
    if (!who) continue;
    GuestRepresentative guest{.of = std::move(*who), .since = *one.began_at};
    if (one.firm) {
      guest.firm = find_opened_name(cases, snapshot, *one.firm).value_or("");
      guest.members = list_colleagues(snapshot, *one.firm, one.representative, now).size();
    }
    guests.representatives.push_back(std::move(guest));
  }
  for (const auto& one : list_given(snapshot, on_case, now))
    guests.helpers.push_back({one.may_act, one.accepted_at.has_value(), one.ends_at});
  guests.consented = list_consented(snapshot, on_case);
  std::ranges::sort(guests.consented);
  guests.consented.erase(std::ranges::unique(guests.consented).begin(), guests.consented.end());
  return guests;
}

}  // namespace waymark::cases
