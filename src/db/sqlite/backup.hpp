// SQLite's online backup.
#pragma once

#include <string>

#include "db/sqlite/connection.hpp"

namespace waymark::db::sqlite {

// Copies the whole database as it is at one moment; writers go on meanwhile. The file must not exist; it is made 0600,
// and is durable when this returns. Throws DatabaseError, and then leaves no file.
void back_up(Connection& source, const std::string& file);

}  // namespace waymark::db::sqlite
