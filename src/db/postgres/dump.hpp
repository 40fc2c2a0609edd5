// pg_dump as a child process.
#pragma once

#include <string>

namespace waymark::db::postgres {

// Writes pg_dump's custom format to `file`, which must not exist (0600, durable when this returns). The password goes
// by the environment, never by the command line. Throws DatabaseError with pg_dump's own words, and then leaves no
// file.
void dump_to(const std::string& address, const std::string& file);

}  // namespace waymark::db::postgres
