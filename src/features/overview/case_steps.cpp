#include "features/overview/case_steps.hpp"

#include <algorithm>

namespace waymark::overview {
namespace {

using web::MarkState;

std::optional<Date> last_entered(std::string_view stage, const std::vector<cases::HistoryEntry>& history) {
  std::optional<Date> day;
  for (const auto& entry : history) {
    const auto& event = entry.event;
    if (entry.is_corrected) continue;
    if (event.kind == cases::EventKind::stage_entered && event.stage == stage) day = event.occurred_on;
  }
  return day;
}

MarkState mark_of(const catalogue::Stage& stage, int step, const cases::CaseState& state) {
  if (state.is_closed && step <= state.step) return MarkState::done;
  if (state.stage == stage.name)
    return state.has_returned && !stage.is_detour ? MarkState::returned : MarkState::present;
  // During a detour, the step that it left is done.
  return step <= state.step ? MarkState::done : MarkState::ahead;
}

}  // namespace

std::vector<CaseStep> list_steps(const catalogue::Form& form, const cases::CaseState& state,
                                 const std::vector<cases::HistoryEntry>& history) {
  std::vector<CaseStep> steps;
  for (const auto& stage : form.stages) {
    const auto entered_on = last_entered(stage.name, history);
    if (stage.is_detour && !entered_on) continue;
    const int step = form.step_of(stage.name);
    // A closed case has nothing ahead.
    if (state.is_closed && !entered_on && step > state.step) continue;
    CaseStep one{.stage = &stage, .state = mark_of(stage, step, state), .entered_on = entered_on};
    one.was_left_again = entered_on && step > state.step;
    steps.push_back(one);
  }
  return steps;
}

}  // namespace waymark::overview
