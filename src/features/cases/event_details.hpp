// What the agency wrote about an event, for people to read; sealed in the event's row.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/cases/intake/agency_record.hpp"

namespace waymark::cases {

struct AppointmentDetails {
  AppointmentKind kind{};
  Instant starts_at{};
  std::string place;
};

struct EventDetails {
  Texts text{};                // a sentence
  std::vector<Texts> items{};  // the documents asked for, one text each
  std::optional<AppointmentDetails> appointment{};
};

// JSON; empty when there is nothing to keep.
std::string to_json(const EventDetails& details);
// The text must come from to_json; anything else is a broken promise (throws).
EventDetails parse_details(std::string_view json);

// In the reader's language, or English; empty when there is none.
std::string_view text_in(const Texts& texts, std::string_view language);

}  // namespace waymark::cases
