// Everything that stands in a database: for tests that look for what must not.
#pragma once

#include <string>
#include <vector>

#include "db/database.hpp"

namespace waymark::testing {

// Each value of each text and bytes column of each table.
std::vector<std::string> list_stored(db::Database& database, bool is_sqlite);

}  // namespace waymark::testing
