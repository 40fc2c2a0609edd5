// How a limit counts, as plain functions over its row: no database, no clock.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "base/time.hpp"
#include "features/accounts/limits.hpp"

namespace waymark::accounts {

struct ThrottleRow {
  std::int64_t failures = 0;  // wrong tries, or events, in the present window
  std::int64_t places = 0;    // tries being checked just now
  std::optional<Instant> places_lapse_at{};
  std::optional<Instant> window_started_at{};
  std::optional<Instant> locked_until{};
  std::int64_t rounds = 0;  // how often the limit was used up before, where that makes it longer
};

// A try whose outcome never came (the server died in the middle) counts as wrong after this long.
inline constexpr std::chrono::seconds kPlaceLapses{30};

// What time alone has changed: windows that ended, locks that opened, places that lapsed.
void let_time_pass(ThrottleRow& row, const Limit& limit, Instant now);

enum class Admission {
  admitted,  // the row holds a place more
  full,      // every remaining try is being checked by somebody else: wait for one of them
  locked,    // until row.locked_until
};
Admission admit(ThrottleRow& row, const Limit& limit, Instant now);
// True when this try was the last one there was.
bool settle_wrong(ThrottleRow& row, const Limit& limit, Instant now);
void settle_right(ThrottleRow& row, const Limit& limit);
void give_back(ThrottleRow& row);
// One event; false, and nothing counted, when there were enough.
bool count_event(ThrottleRow& row, const Limit& limit, Instant now);

// When the row says nothing any more and may be deleted; none: only a right try ends it.
std::optional<Instant> forget_at(const ThrottleRow& row, const Limit& limit, Instant now);

}  // namespace waymark::accounts
