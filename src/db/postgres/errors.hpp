// PostgreSQL's SQLSTATEs as the exceptions of db/database.hpp.
#pragma once

#include <libpq-fe.h>

#include <string_view>

#include "db/database.hpp"

namespace waymark::db::postgres {

// The connection is gone; what it had not committed is too.
class ConnectionLost : public DatabaseBusy {
  using DatabaseBusy::DatabaseBusy;
};
// Two transactions were in each other's way: the same unit may succeed when it runs again.
class MustRunAgain : public DatabaseError {
  using DatabaseError::DatabaseError;
};

// Throws what the failed result means. The message holds the query's name, the SQLSTATE and names of tables, columns
// and constraints; PostgreSQL's own words only where they can't hold a value.
[[noreturn]] void throw_error(const PGresult* result, std::string_view query);

}  // namespace waymark::db::postgres
