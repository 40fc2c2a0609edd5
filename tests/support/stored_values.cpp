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

namespace {

struct Place {
  std::string table, column;
};

std::vector<Place> list_columns(db::Snapshot& snapshot, bool is_sqlite) {
  const std::string columns =
      is_sqlite ? "SELECT m.name, c.name FROM sqlite_schema m, pragma_table_info(m.name) c WHERE m.type = 'table' "
                  "AND m.name NOT LIKE 'sqlite%' ORDER BY 1, 2"
                : "SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT) FROM information_schema.columns "
                  "WHERE table_schema = 'public' ORDER BY 1, 2";
  return snapshot.list({{}, columns}, {},
                       [](const db::Row& row) { return Place{std::string(row.text(0)), std::string(row.text(1))}; });
}

}  // namespace

std::vector<std::string> list_tables_of_accounts(db::Database& database, bool is_sqlite) {
  std::vector<std::string> found;
  for (const auto& [table, column] : list_columns(*database.snapshot(), is_sqlite)) {
    if (column == "account") found.push_back(table);
  }
  return found;
}

std::vector<std::string> list_tables_naming(db::Database& database, bool is_sqlite, std::int64_t account) {
  auto snapshot = database.snapshot();
  std::vector<std::string> found;
  for (const auto& [table, column] : list_columns(*snapshot, is_sqlite)) {
    if (column != "account") continue;
    if (snapshot->has({{}, fmt::format("SELECT 1 FROM {} WHERE account = $1", table)}, {account}))
      found.push_back(table);
  }
  return found;
}

std::vector<SealedOf> list_sealed_of(db::Database& database, bool is_sqlite, const std::string& table,
                                     std::int64_t id) {
  auto snapshot = database.snapshot();
  std::vector<SealedOf> found;
  for (const auto& [of, column] : list_columns(*snapshot, is_sqlite)) {
    if (of != table || !column.ends_with("_sealed")) continue;
    snapshot->each({{}, fmt::format("SELECT {0} FROM {1} WHERE id = $1 AND {0} IS NOT NULL", column, table)}, {id},
                   [&](const db::Row& row) { found.push_back({column, std::string(row.bytes(0))}); });
  }
  return found;
}

}  // namespace waymark::testing
