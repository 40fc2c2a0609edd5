// When somebody may ask to be called: parts of the next open days, cut to the hours of each.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalogue/opening_hours.hpp"

namespace waymark::help {

struct CallTime {
  std::string name;  // "2026-11-27-morning": what a form sends
  Instant from{}, until{};
};

// In their order; none where the hours are not known.
std::vector<CallTime> list_call_times(const catalogue::OpeningHours& hours, Instant now, std::string_view zone);

}  // namespace waymark::help
