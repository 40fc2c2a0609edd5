#include "features/overview/case_words.hpp"

#include "web/site.hpp"

namespace waymark::overview {
namespace {

using cases::VisibleCase;

struct Greeting {
  catalogue::MessageKey named, nameless;
};
constexpr Greeting kMorning{"overview.greeting.morning", "overview.greeting.nameless.morning"};
constexpr Greeting kAfternoon{"overview.greeting.afternoon", "overview.greeting.nameless.afternoon"};
constexpr Greeting kEvening{"overview.greeting.evening", "overview.greeting.nameless.evening"};

}  // namespace

CaseWords::CaseWords(web::Exchange& exchange)
    : exchange_(exchange),
      locale_(exchange.words()),
      catalogue_(exchange.site.parts().catalogue),
      today_(catalogue::day_in_zone(exchange.now, exchange.time_zone())) {}

const catalogue::Form* CaseWords::find_form(const VisibleCase& of) const {
  if (last_form_ == nullptr || last_form_->number != of.form) last_form_ = catalogue_.find_form(of.form);
  return last_form_;
}

std::string_view CaseWords::short_title(const VisibleCase& of) const {
  const auto* form = find_form(of);
  return form == nullptr ? std::string_view(of.form) : form->short_title.in(locale_.tag());
}

std::string CaseWords::title(const VisibleCase& of) const {
  return text("overview.case_title", {{"title", short_title(of)}, {"form", of.form}});
}

std::string_view CaseWords::stage_title(const VisibleCase& of) const {
  const auto* form = find_form(of);
  const auto* stage = form && of.state.stage ? form->find_stage(*of.state.stage) : nullptr;
  return stage == nullptr ? text("overview.stage.none") : stage->title.in(locale_.tag());
}

std::string CaseWords::step_sentence(const VisibleCase& of) const {
  const auto* form = find_form(of);
  if (form == nullptr || of.state.step == 0) return std::string(stage_title(of));
  return text(of.state.has_returned ? "overview.step_back" : "overview.step",
              {{"step", std::int64_t{of.state.step}},
               {"steps", std::int64_t{form->count_steps()}},
               {"stage", stage_title(of)}});
}

std::string_view CaseWords::part(cases::Role role, bool as_guardian) const {
  return text({as_guardian ? "cases.guardian_of." : "cases.role.", to_text(role)});
}
std::string_view CaseWords::outcome(catalogue::Outcome outcome) const {
  return text({"overview.outcome.", cases::to_text(outcome)});
}
std::string_view CaseWords::appointment_kind(cases::AppointmentKind kind) const {
  return text({"overview.appointment.kind.", to_text(kind)});
}
std::string_view CaseWords::appointment_state_now(const cases::VisibleAppointment& appointment, Instant now) const {
  using cases::AppointmentState;
  const bool stands =
      appointment.state == AppointmentState::scheduled || appointment.state == AppointmentState::rescheduled;
  if (stands && appointment.starts_at < now) return text("overview.appointment.state.past");
  return text({"overview.appointment.state.", to_text(appointment.state)});
}

std::string CaseWords::event(const VisibleCase& of, cases::EventKind kind, std::string_view stage, int documents,
                             const std::optional<catalogue::Outcome>& outcome) const {
  using cases::EventKind;
  if (kind == EventKind::stage_entered) {
    const auto* form = find_form(of);
    const auto* entered = form == nullptr ? nullptr : form->find_stage(stage);
    return text("overview.event.stage_entered",
                {{"stage", entered == nullptr ? stage : entered->title.in(locale_.tag())}});
  }
  if (kind == EventKind::evidence_requested) {
    return text("overview.event.evidence_requested", {{"count", std::int64_t{documents}}});
  }
  // A case that is closed after its decision says so itself; only these outcomes are the closing's own.
  const bool is_own_outcome = outcome && (kind == EventKind::decided ||
                                          (kind == EventKind::closed && *outcome != catalogue::Outcome::approved &&
                                           *outcome != catalogue::Outcome::denied));
  if (is_own_outcome) return std::string(text({"overview.event.outcome.", cases::to_text(*outcome)}));
  return std::string(text({"overview.event.", to_text(kind)}));
}

std::string CaseWords::asked(const VisibleCase& of, int documents) const {
  return text("overview.asked.documents", {{"form", short_title(of)}, {"count", std::int64_t{documents}}});
}

std::string CaseWords::due(Date due_on) const {
  const auto days = (to_days(due_on) - to_days(today_)).count();
  const auto date = locale_.long_date(due_on);
  if (days < 0) return text("overview.asked.overdue", {{"date", date}});
  return text("overview.asked.due", {{"date", date}, {"days", std::int64_t{days}}});
}

std::string_view CaseWords::place_name(std::string_view place) const {
  const auto* found = catalogue_.find_place(place);
  return found == nullptr ? place : std::string_view(found->name);
}

std::string_view CaseWords::zone_of(std::string_view place) const {
  const auto* found = catalogue_.find_place(place);
  return found == nullptr ? exchange_.time_zone() : std::string_view(found->time_zone);
}

std::string CaseWords::short_time(const cases::VisibleAppointment& appointment) const {
  return locale_.short_date_time(appointment.starts_at, zone_of(appointment.place));
}

std::string CaseWords::long_time(const cases::VisibleAppointment& appointment) const {
  return locale_.long_date_time(appointment.starts_at, zone_of(appointment.place));
}

std::string CaseWords::relative_day(Date day) const { return locale_.relative_day(day, today_); }

std::string CaseWords::greeting() const {
  const auto hour = catalogue::hour_in_zone(exchange_.now, exchange_.time_zone());
  const auto& [named, nameless] = hour >= 5 && hour < 12 ? kMorning : hour >= 12 && hour < 18 ? kAfternoon : kEvening;
  if (exchange_.visitor.given_name.empty()) return std::string(text(nameless));
  return text(named, {{"name", exchange_.visitor.given_name}});
}

}  // namespace waymark::overview
