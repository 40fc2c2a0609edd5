// How values of this feature stand in columns.
#pragma once

#include <optional>
#include <string>

#include "db/value.hpp"
#include "features/cases/case_state.hpp"

namespace waymark::cases {

inline std::optional<std::string> iso(const std::optional<Date>& date) {
  return date ? std::optional(to_iso(*date)) : std::nullopt;
}
inline std::optional<std::string_view> text_of(const std::optional<catalogue::Outcome>& outcome) {
  return outcome ? std::optional(to_text(*outcome)) : std::nullopt;
}

// The columns stage, stage_since, step, furthest_step, has_returned, outcome, is_closed, last_kind, last_stage,
// last_on, last_received_at, beginning at `first`.
void read_state(const db::Row& row, int first, CaseState& into);
// sequence, requested_on, due_on, documents, answered_on, is_withdrawn.
EvidenceRequest read_request(const db::Row& row);

// Text of a column that only this feature writes: anything unknown is a broken promise.
Role role_of(std::string_view text);
EventKind event_kind_of(std::string_view text);
AppointmentKind appointment_kind_of(std::string_view text);
AppointmentState appointment_state_of(std::string_view text);

}  // namespace waymark::cases
