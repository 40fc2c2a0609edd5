#include "features/cases/case_state.hpp"

#include <algorithm>

#include "base/assert.hpp"

namespace waymark::cases {
namespace {

void enter_stage(CaseState& state, const CaseEvent& event, const catalogue::Form& form) {
  const auto* stage = form.find_stage(*event.stage);
  WAYMARK_ASSERT(stage != nullptr);
  if (state.stage != event.stage) state.stage_since = event.occurred_on;
  state.stage = event.stage;
  // A detour belongs to the step that it left, and is no step back.
  if (stage->is_detour) return;
  state.step = form.step_of(*event.stage);
  state.has_returned = state.step < state.furthest_step;
  state.furthest_step = std::max(state.furthest_step, state.step);
}

void answer_request(CaseState& state, const CaseEvent& event) {
  auto& open = state.open_requests;
  const auto answered =
      event.answers ? std::ranges::find(open, *event.answers, &EvidenceRequest::sequence) : open.begin();
  if (answered != open.end()) open.erase(answered);
}

}  // namespace

void fold(CaseState& state, const CaseEvent& event, const catalogue::Form& form) {
  if (!is_history(event.kind)) return;
  switch (event.kind) {
    case EventKind::stage_entered:
      enter_stage(state, event, form);
      break;
    case EventKind::evidence_requested:
      state.open_requests.push_back({.sequence = event.sequence,
                                     .requested_on = event.occurred_on,
                                     .due_on = event.due_on,
                                     .documents = event.documents});
      break;
    case EventKind::evidence_received:
      answer_request(state, event);
      break;
    case EventKind::decided:
      state.outcome = event.outcome;
      break;
    case EventKind::closed:
      state.is_closed = true;
      if (event.outcome) state.outcome = event.outcome;
      break;
    case EventKind::reopened:
      state.is_closed = false;
      state.outcome.reset();
      break;
    default:
      break;
  }
  state.last = LastChange{event.kind, event.stage, event.occurred_on, event.received_at};
}

CaseState fold_all(std::span<const CaseEvent> events, const catalogue::Form& form) {
  CaseState state;
  for (const auto& event : events) fold(state, event, form);
  return state;
}

const EvidenceRequest* find_most_urgent(const CaseState& state) {
  const auto earliest = std::ranges::min_element(state.open_requests, [](const auto& left, const auto& right) {
    if (left.due_on.has_value() != right.due_on.has_value()) return left.due_on.has_value();
    return left.due_on < right.due_on;
  });
  return earliest == state.open_requests.end() ? nullptr : &*earliest;
}

}  // namespace waymark::cases
