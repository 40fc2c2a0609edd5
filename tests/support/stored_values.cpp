#include "support/stored_values.hpp"

#include <fmt/format.h>

namespace waymark::testing {

std::vector<std::string> list_stored(db::Database& database, bool is_sqlite) {
  const std::string columns =
      is_sqlite ? "SELECT m.name, c.name, 'any' FROM sqlite_schema m, pragma_table_info(m.name) c "
                  "WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%'"
                : "SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT), CAST(data_type AS TEXT) "
                  "FROM information_schema.columns WHERE table_schema = 'public' AND data_type IN ('text', 'bytea')";
  auto snapshot = database.snapshot();
  const auto selects = snapshot->list({{}, columns}, {}, [](const db::Row& row) {
    const auto table = row.text(0);
    const auto column = row.text(1);
    const auto type = row.text(2);
    const auto* value = type == "any" ? "CAST({} AS BLOB)" : type == "text" ? "convert_to({}, 'UTF8')" : "{}";
    return fmt::format("SELECT {0} FROM {1} WHERE {2} IS NOT NULL", fmt::format(fmt::runtime(value), column), table,
                       column);
  });
  std::vector<std::string> stored;
  for (const auto& select : selects) {
    snapshot->each({{}, select}, {}, [&](const db::Row& row) { stored.emplace_back(row.bytes(0)); });
  }
  return stored;
}

}  // namespace waymark::testing
