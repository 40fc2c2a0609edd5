// The members "opening_hours" and "holidays" of brand.json.
#pragma once

#include "catalogue/json_object.hpp"

namespace waymark::catalogue {

// Empty where the brand says nothing of them.
OpeningHours read_hours(JsonObject& brand);

}  // namespace waymark::catalogue
