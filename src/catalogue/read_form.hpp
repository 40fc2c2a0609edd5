// forms/*.json: one form a file.
#pragma once

#include <string_view>

#include "catalogue/json_object.hpp"

namespace waymark::catalogue {

// `file_name` is the last part of the path: "i-765.json" holds form I-765.
Form read_form(const boost::json::value& value, std::string_view file_name, ProblemSink& sink);

}  // namespace waymark::catalogue
