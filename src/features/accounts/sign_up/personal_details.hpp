// Names and birth dates as people type them.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/time.hpp"

namespace waymark::accounts {

struct Names {
  std::string given{};  // may be empty: some people have one name only
  std::string family{};
};
// Refuses at "given_name" and "family_name", both at once.
Result<Names> read_names(std::string_view given, std::string_view family);

// A real day, not before 1900 and not after `today`; refuses at "date_of_birth".
Result<Date> read_date_of_birth(std::string_view day, std::string_view month, std::string_view year, Date today);

}  // namespace waymark::accounts
