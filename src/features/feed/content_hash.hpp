// One text for one content, however the line was written: by which a record played again is told from a changed one.
#pragma once

#include <string>

#include "features/cases/intake/agency_record.hpp"

namespace waymark::feed {

// Everything of the record but its name and id. What it gives for a record must never change from release to release:
// its keyed hash is what databases remember.
std::string canonical_text(const cases::AgencyRecord& record);

}  // namespace waymark::feed
