#include "features/cases/case_columns.hpp"

#include "base/assert.hpp"

namespace waymark::cases {
namespace {

template <typename T>
T known(const std::optional<T>& value) {
  WAYMARK_ASSERT(value.has_value());
  return *value;
}

}  // namespace

void read_state(const db::Row& row, int first, CaseState& into) {
  into.stage = row.maybe_text(first);
  into.stage_since = row.maybe_date(first + 1);
  into.step = static_cast<int>(row.integer(first + 2));
  into.furthest_step = static_cast<int>(row.integer(first + 3));
  into.has_returned = row.boolean(first + 4);
  if (!row.is_null(first + 5)) into.outcome = known(find_outcome(row.text(first + 5)));
  into.is_closed = row.boolean(first + 6);
  if (row.is_null(first + 7)) return;
  into.last = LastChange{.kind = event_kind_of(row.text(first + 7)),
                         .stage = row.maybe_text(first + 8),
                         .on = row.date(first + 9),
                         .received_at = row.instant(first + 10)};
}

EvidenceRequest read_request(const db::Row& row) {
  return {.sequence = row.integer(0),
          .requested_on = row.date(1),
          .due_on = row.maybe_date(2),
          .documents = static_cast<int>(row.integer(3)),
          .answered_on = row.maybe_date(4),
          .is_withdrawn = row.boolean(5)};
}

Role role_of(std::string_view text) { return known(find_role(text)); }
EventKind event_kind_of(std::string_view text) { return known(find_event_kind(text)); }
AppointmentKind appointment_kind_of(std::string_view text) { return known(find_appointment_kind(text)); }
AppointmentState appointment_state_of(std::string_view text) { return known(find_appointment_state(text)); }

}  // namespace waymark::cases
