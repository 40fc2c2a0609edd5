// What stands on the dashboard, in its order: what is asked first, then what is coming, then each case.
#pragma once

#include <optional>
#include <vector>

#include "base/time.hpp"
#include "features/cases/case_access.hpp"

namespace waymark::overview {

struct Dashboard {
  cases::VisibleCases all;
  // Into `all`:
  std::vector<const cases::VisibleCase*> asked;          // open requests for documents, the first day due first
  std::vector<const cases::VisibleCase*> active;         // asked ones first, then the newest change
  std::vector<const cases::VisibleCase*> closed;         // the newest change first
  std::vector<const cases::VisibleAppointment*> coming;  // of active cases, the soonest first

  Dashboard() = default;
  Dashboard(Dashboard&&) = default;
  Dashboard& operator=(Dashboard&&) = default;

  const cases::VisibleCase& case_of(const cases::VisibleAppointment& appointment) const;
  const cases::VisibleAppointment* find_next_appointment(const cases::VisibleCase& of) const;
};
Dashboard arrange_dashboard(cases::VisibleCases visible);

// Whether something happened to the case since then.
bool has_changed_since(const cases::VisibleCase& visible, std::optional<Instant> previous_visit);

}  // namespace waymark::overview
