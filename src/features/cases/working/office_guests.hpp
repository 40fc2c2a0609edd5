// Who sees a case beside its parties, as the office may know it: representatives by passcode and their firms, helpers,
// and what a petitioner lets the beneficiary see. A helper's name and address are the giver's alone.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "features/cases/case_access.hpp"
#include "features/cases/cases.hpp"
#include "features/cases/representing/representative.hpp"

namespace waymark::cases {

struct GuestRepresentative {
  Representative of;
  Instant since{};
  std::string firm{};       // that the case is shared with; empty: with none
  std::size_t members = 0;  // of it, beside the representative
};
struct GuestHelper {
  bool may_act = false;
  bool has_accepted = false;
  Instant ends_at{};
};
struct Guests {
  std::vector<GuestRepresentative> representatives{};
  std::vector<GuestHelper> helpers{};
  std::vector<Facet> consented{};  // each once
};
// Only what holds at `now`.
Guests list_guests(const Cases& cases, db::Snapshot& snapshot, CaseId on_case, Instant now);

}  // namespace waymark::cases
