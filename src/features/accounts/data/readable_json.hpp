// JSON that a person can read in any editor: two blanks a level, a member a line.
#pragma once

#include <boost/json.hpp>
#include <string>

namespace waymark::accounts {

std::string readable_json(const boost::json::value& value);

}  // namespace waymark::accounts
