// A case and what happened to it, in the reader's words. Shared by the dashboard, the page of a case and their JSON.
#pragma once

#include <string>
#include <string_view>

#include "catalogue/catalogue.hpp"
#include "features/cases/case_access.hpp"
#include "web/exchange.hpp"

namespace waymark::overview {

// For one reader and one request.
class CaseWords {
 public:
  explicit CaseWords(web::Exchange& exchange);

  const catalogue::Locale& locale() const { return locale_; }
  std::string_view text(catalogue::MessageKey key) const { return locale_.text(key); }
  std::string text(catalogue::MessageKey key, catalogue::Arguments arguments) const {
    return locale_.text(key, arguments);
  }

  const catalogue::Form* find_form(const cases::VisibleCase& of) const;
  std::string_view short_title(const cases::VisibleCase& of) const;  // "Work permit"
  std::string title(const cases::VisibleCase& of) const;             // "Work permit (I-765)"
  // The present stage's own name; where there is none yet, words that say so.
  std::string_view stage_title(const cases::VisibleCase& of) const;
  // "Step 3 of 8 · Fingerprints and photo", "Back at step 2 of 8 · …"; the stage alone before the first step.
  std::string step_sentence(const cases::VisibleCase& of) const;
  // "applicant"; or, of who acts in the place of a child in that role, "parent or guardian of the applicant".
  std::string_view part(cases::Role role, bool as_guardian) const;
  std::string_view outcome(catalogue::Outcome outcome) const;
  std::string_view appointment_kind(cases::AppointmentKind kind) const;

  // "We asked for 2 documents": what an event was, in a short sentence without its day.
  std::string event(const cases::VisibleCase& of, cases::EventKind kind, std::string_view stage, int documents,
                    const std::optional<catalogue::Outcome>& outcome) const;

  // "Work permit: send 2 documents".
  std::string asked(const cases::VisibleCase& of, int documents) const;
  // "By Friday, 18 December 2026 · 25 days left".
  std::string due(Date due_on) const;

  // What became of an appointment; one that stands but whose time has passed is "past".
  std::string_view appointment_state_now(const cases::VisibleAppointment& appointment, Instant now) const;
  const catalogue::Place* find_place(std::string_view place) const { return catalogue_.find_place(place); }
  std::string_view place_name(std::string_view place) const;
  // Day and time at the place.
  std::string short_time(const cases::VisibleAppointment& appointment) const;
  std::string long_time(const cases::VisibleAppointment& appointment) const;

  Date today() const { return today_; }
  std::string relative_day(Date day) const;
  // "Good morning, Ana"
  std::string greeting() const;

 private:
  std::string_view zone_of(std::string_view place) const;

  const web::Exchange& exchange_;
  const catalogue::Locale& locale_;
  const catalogue::Catalogue& catalogue_;
  Date today_;
  mutable const catalogue::Form* last_form_ = nullptr;  // several words are said of one case before the next comes
};

}  // namespace waymark::overview
