// The demo's dates are days from today, so that its cases never look old: "today-30" in the demo's feed and people
// files becomes a day before anything else reads them. A real feed holds real days, and the importer knows no other.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace waymark::catalogue {

// A demo file with an offset that can't be read; what() names the line.
class DemoDateProblem : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Puts days and moments in the place of JSON strings that are nothing but an offset:
//   "today", "today-30", "today+25"   a day: "2026-12-18"
//   "today+15T09:40"                  a moment at that time of day in `zone`: "2026-12-08T14:40:00Z"
// Everything else stays as it is, byte for byte. Pure: `today` and `zone` (IANA) are the caller's.
std::string with_demo_dates(std::string_view text, Date today, std::string_view zone);

}  // namespace waymark::catalogue
