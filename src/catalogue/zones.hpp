// Time zones by IANA name, kept by thread: making one reads ICU's data.
#pragma once

#include <unicode/basictz.h>

#include <string_view>

#include "base/time.hpp"

namespace waymark::catalogue {

// Throws std::runtime_error for a name that is_time_zone refuses. Belongs to the thread; valid as long as it.
const icu::BasicTimeZone& zone_named(std::string_view zone);

// What the clocks of the zone show, as if it were UTC.
Instant local_clock(Instant at, std::string_view zone);

}  // namespace waymark::catalogue
