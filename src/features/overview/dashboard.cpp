#include "features/overview/dashboard.hpp"

#include <algorithm>

#include "base/assert.hpp"

namespace waymark::overview {
namespace {

using cases::VisibleCase;

bool is_due_before(const VisibleCase* left, const VisibleCase* right) {
  const auto& one = left->evidence_due_on;
  const auto& other = right->evidence_due_on;
  if (one.has_value() != other.has_value()) return one.has_value();
  if (one != other) return one < other;
  return left->receipt_number < right->receipt_number;
}

bool has_newer_change(const VisibleCase* left, const VisibleCase* right) {
  const auto changed_at = [](const VisibleCase* one) {
    return one->state.last ? one->state.last->received_at : Instant{};
  };
  const auto one = changed_at(left), other = changed_at(right);
  return one != other ? one > other : left->receipt_number < right->receipt_number;
}

}  // namespace

Dashboard arrange_dashboard(cases::VisibleCases visible) {
  Dashboard dashboard;
  dashboard.all = std::move(visible);
  std::vector<const VisibleCase*> others;
  others.reserve(dashboard.all.cases.size());
  for (const auto& one : dashboard.all.cases) {
    auto& list = one.state.is_closed ? dashboard.closed : one.open_requests > 0 ? dashboard.asked : others;
    list.push_back(&one);
  }
  std::ranges::sort(dashboard.asked, is_due_before);
  std::ranges::sort(others, has_newer_change);
  std::ranges::sort(dashboard.closed, has_newer_change);
  dashboard.active.reserve(dashboard.asked.size() + others.size());
  dashboard.active = dashboard.asked;
  dashboard.active.insert(dashboard.active.end(), others.begin(), others.end());
  for (const auto& appointment : dashboard.all.coming) {
    if (!dashboard.case_of(appointment).state.is_closed) dashboard.coming.push_back(&appointment);
  }
  return dashboard;
}

const VisibleCase& Dashboard::case_of(const cases::VisibleAppointment& appointment) const {
  const auto of = std::ranges::find(all.cases, appointment.on_case, &VisibleCase::id);
  WAYMARK_ASSERT(of != all.cases.end());
  return *of;
}

const cases::VisibleAppointment* Dashboard::find_next_appointment(const VisibleCase& of) const {
  const auto next = std::ranges::find(all.coming, of.id, &cases::VisibleAppointment::on_case);
  return next == all.coming.end() ? nullptr : &*next;
}

bool has_changed_since(const VisibleCase& visible, std::optional<Instant> previous_visit) {
  return previous_visit && visible.state.last && visible.state.last->received_at > *previous_visit;
}

}  // namespace waymark::overview
