// places.json and phone_countries.json.
#pragma once

#include <vector>

#include "catalogue/json_object.hpp"

namespace waymark::catalogue {

std::vector<Place> read_places(const boost::json::value& value, ProblemSink& sink);
std::vector<PhoneCountry> read_phone_countries(const boost::json::value& value, ProblemSink& sink);

}  // namespace waymark::catalogue
