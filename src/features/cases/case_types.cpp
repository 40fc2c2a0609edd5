#include "features/cases/case_types.hpp"

#include <algorithm>
#include <span>

#include "base/assert.hpp"
#include "base/text.hpp"

namespace waymark::cases {
namespace {

constexpr std::string_view kRoleTexts[] = {"applicant", "petitioner", "beneficiary", "representative", "helper"};
constexpr std::string_view kProofKindTexts[] = {"birth_date", "registration_number"};
constexpr std::string_view kAppointmentKindTexts[] = {"biometrics", "interview", "oath"};
constexpr std::string_view kAppointmentStateTexts[] = {"scheduled", "rescheduled", "cancelled", "kept", "missed"};
constexpr std::string_view kEventKindTexts[] = {"filed",
                                                "stage_entered",
                                                "evidence_requested",
                                                "evidence_received",
                                                "decided",
                                                "closed",
                                                "reopened",
                                                "noted",
                                                "appointment_scheduled",
                                                "appointment_rescheduled",
                                                "appointment_cancelled",
                                                "appointment_kept",
                                                "appointment_missed",
                                                "party_changed",
                                                "access_code_changed",
                                                "corrected"};
constexpr std::string_view kOutcomeTexts[] = {"approved", "denied", "withdrawn", "administratively_closed"};

template <typename Enum>
std::string_view text_of(std::span<const std::string_view> texts, Enum value) {
  const auto index = static_cast<std::size_t>(value);
  WAYMARK_ASSERT(index < texts.size());
  return texts[index];
}

template <typename Enum>
std::optional<Enum> find_in(std::span<const std::string_view> texts, std::string_view text) {
  for (std::size_t index = 0; index < texts.size(); ++index) {
    if (texts[index] == text) return static_cast<Enum>(index);
  }
  return std::nullopt;
}

bool is_ascii_letter_or_digit(char symbol) {
  return (symbol >= '0' && symbol <= '9') || (symbol >= 'A' && symbol <= 'Z');
}

}  // namespace

std::string_view to_text(Role role) { return text_of(kRoleTexts, role); }
std::string_view to_text(ProofKind kind) { return text_of(kProofKindTexts, kind); }
std::string_view to_text(AppointmentKind kind) { return text_of(kAppointmentKindTexts, kind); }
std::string_view to_text(AppointmentState state) { return text_of(kAppointmentStateTexts, state); }
std::string_view to_text(EventKind kind) { return text_of(kEventKindTexts, kind); }
std::string_view to_text(catalogue::Outcome outcome) { return text_of(kOutcomeTexts, outcome); }

std::optional<Role> find_role(std::string_view text) { return find_in<Role>(kRoleTexts, text); }
std::optional<ProofKind> find_proof_kind(std::string_view text) { return find_in<ProofKind>(kProofKindTexts, text); }
std::optional<AppointmentKind> find_appointment_kind(std::string_view text) {
  return find_in<AppointmentKind>(kAppointmentKindTexts, text);
}
std::optional<AppointmentState> find_appointment_state(std::string_view text) {
  return find_in<AppointmentState>(kAppointmentStateTexts, text);
}
bool is_history(EventKind kind) { return kind != EventKind::party_changed && kind != EventKind::access_code_changed; }

bool is_about_appointment(EventKind kind) {
  return kind >= EventKind::appointment_scheduled && kind <= EventKind::appointment_missed;
}

EventKind event_kind_of(AppointmentState state) {
  return static_cast<EventKind>(static_cast<int>(EventKind::appointment_scheduled) + static_cast<int>(state));
}

std::optional<EventKind> find_event_kind(std::string_view text) { return find_in<EventKind>(kEventKindTexts, text); }
std::optional<catalogue::Outcome> find_outcome(std::string_view text) {
  return find_in<catalogue::Outcome>(kOutcomeTexts, text);
}

std::string shown_name(std::string kept) {
  std::ranges::replace(kept, '\n', ' ');
  return kept;
}

std::string normalise_proof(ProofKind kind, std::string_view value) {
  if (kind == ProofKind::birth_date) {
    const auto date = parse_iso_date(trim(value));
    return date ? to_iso(*date) : std::string();
  }
  std::string kept;
  for (const char symbol : to_ascii_upper(value)) {
    if (is_ascii_letter_or_digit(symbol)) kept += symbol;
  }
  return kept;
}

}  // namespace waymark::cases
