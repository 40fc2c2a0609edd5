// brand.json: the agency's name, look and texts.
#pragma once

#include "catalogue/json_object.hpp"

namespace waymark::catalogue {

Brand read_brand(const boost::json::value& value, ProblemSink& sink);

}  // namespace waymark::catalogue
