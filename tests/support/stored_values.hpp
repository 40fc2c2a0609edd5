// Everything that stands in a database: for tests that look for what must not.
#pragma once

#include <string>
#include <vector>

#include "db/database.hpp"

namespace waymark::testing {

// Each value of each text and bytes column of each table.
std::vector<std::string> list_stored(db::Database& database, bool is_sqlite);

// The tables with a column `account`, by name.
std::vector<std::string> list_tables_of_accounts(db::Database& database, bool is_sqlite);
// The tables that have a row whose column `account` is this one, by name.
std::vector<std::string> list_tables_naming(db::Database& database, bool is_sqlite, std::int64_t account);

struct SealedOf {
  std::string column, value;
};
// What stands in the sealed columns of a table's row; NULLs are left out.
std::vector<SealedOf> list_sealed_of(db::Database& database, bool is_sqlite, const std::string& table, std::int64_t id);

}  // namespace waymark::testing
