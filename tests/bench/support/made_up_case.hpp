// The same made-up case for the same number, always: what an agency would have sent about it, and where it stands.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "catalogue/catalogue.hpp"
#include "features/cases/case_state.hpp"
#include "features/cases/event_details.hpp"

namespace waymark::bench {

struct MadeUpEvent {
  cases::CaseEvent event;
  cases::EventDetails details;
};

struct MadeUpCase {
  std::string receipt_number;
  const catalogue::Form* form = nullptr;
  Date filed_on{};
  cases::Role role = cases::Role::applicant;
  std::string given_name, family_name;
  Date born_on{};
  std::vector<MadeUpEvent> events;
  std::vector<cases::EvidenceRequest> requests;
  std::optional<cases::AppointmentDetails> appointment;
  cases::CaseState state;  // folded from the events
};

// `now`: when the case stands where it stands; its appointments lie ahead of it, its events behind.
MadeUpCase make_case(std::int64_t number, const catalogue::Catalogue& catalogue, Instant now);

struct MadeUpName {
  std::string_view given, family;
};
MadeUpName make_name(std::int64_t number);
Date make_birth_date(std::int64_t number);

// Evenly spread, the same for the same number (splitmix64).
std::uint64_t mixed(std::uint64_t number);

}  // namespace waymark::bench
