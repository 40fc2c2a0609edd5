// What the cases feature speaks of. Enumerators equal the database text, the feed's words and the locale keys.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"
#include "base/time.hpp"
#include "catalogue/catalogue.hpp"

namespace waymark::cases {

using AccessCodeId = Id<struct AccessCodeTag>;
using LetterId = Id<struct LetterTag>;
using CaseEventId = Id<struct CaseEventTag>;
using EvidenceRequestId = Id<struct EvidenceRequestTag>;
using AppointmentId = Id<struct AppointmentTag>;

enum class Role { applicant, petitioner, beneficiary, representative, helper };
inline constexpr Role kRoles[] = {Role::applicant, Role::petitioner, Role::beneficiary, Role::representative,
                                  Role::helper};

// What a party proves beside the access code: people their date of birth, organisations their registration number.
enum class ProofKind { birth_date, registration_number };

enum class AppointmentKind { biometrics, interview, oath };
enum class AppointmentState { scheduled, rescheduled, cancelled, kept, missed };

// What a record of the agency did to a case.
enum class EventKind {
  filed,               // the case's first record
  stage_entered,       // the case is at `stage` now
  evidence_requested,  // documents are asked for, by due_on
  evidence_received,   // a request is answered
  decided,             // with an outcome; a card or an oath may follow
  closed,              // nothing more will happen
  reopened,
  noted,  // anything else that the agency wants people to read
  appointment_scheduled,
  appointment_rescheduled,
  appointment_cancelled,
  appointment_kept,
  appointment_missed,
  party_changed,        // no history for people: who is a party shows on the page
  access_code_changed,  // no history for people
  corrected,            // the office took back an event that was a mistake
};
// Whether people read it in the history of their case.
bool is_history(EventKind kind);
bool is_about_appointment(EventKind kind);
EventKind event_kind_of(AppointmentState state);

std::string_view to_text(Role role);
std::string_view to_text(ProofKind kind);
std::string_view to_text(AppointmentKind kind);
std::string_view to_text(AppointmentState state);
std::string_view to_text(EventKind kind);
std::string_view to_text(catalogue::Outcome outcome);
std::optional<Role> find_role(std::string_view text);
std::optional<ProofKind> find_proof_kind(std::string_view text);
std::optional<AppointmentKind> find_appointment_kind(std::string_view text);
std::optional<AppointmentState> find_appointment_state(std::string_view text);
std::optional<EventKind> find_event_kind(std::string_view text);
std::optional<catalogue::Outcome> find_outcome(std::string_view text);

// A party's name as its column holds it (given and family name parted by a line end), in one line.
std::string shown_name(std::string kept);

// A party's second proof as typed or fed, put into the one form that is hashed: "2026-11-23", or the registration
// number's letters and digits in capitals. Empty when nothing is left of it.
std::string normalise_proof(ProofKind kind, std::string_view value);

}  // namespace waymark::cases
