#include "db/migrate.hpp"

#include <map>

#include "base/text.hpp"
#include "db/sql_scanner.hpp"
#include "platform/clock.hpp"
#include "platform/embedded.hpp"
#include "platform/keys.hpp"
#include "platform/log.hpp"

namespace waymark::db {

namespace {

constexpr std::string_view kTable =
    "CREATE TABLE IF NOT EXISTS schema_migrations (\n"
    "  number     ID PRIMARY KEY,    -- sensitive: no\n"
    "  name       TEXT NOT NULL,     -- sensitive: no\n"
    "  checksum   TEXT NOT NULL,     -- sensitive: no\n"
    "  applied_at INTEGER NOT NULL   -- sensitive: no\n"
    ")";
constexpr Query kHasTableSqlite{"", "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'schema_migrations'"};
constexpr Query kHasTablePostgres{"", "SELECT 1 WHERE to_regclass('schema_migrations') IS NOT NULL"};
constexpr Query kListApplied{"schema.list_applied",
                             "SELECT number, name, checksum FROM schema_migrations ORDER BY number"};
constexpr Query kInsert{"schema.insert",
                        "INSERT INTO schema_migrations (number, name, checksum, applied_at) VALUES ($1, $2, $3, $4)"};
// Any number that nobody else on this server uses for an advisory lock ("waymark" in letters' places).
constexpr Query kLock{"", "SELECT pg_advisory_xact_lock(23011325130118)::TEXT"};
constexpr Query kNoTimeout{"",
                           "SELECT set_config('statement_timeout', '0', true), set_config('lock_timeout', '0', true)"};

struct Applied {
  std::string name;
  std::string checksum;
};

std::map<std::int64_t, Applied> list_applied(Database& database, Snapshot& snapshot) {
  std::map<std::int64_t, Applied> applied;
  if (!snapshot.has(database.kind() == "sqlite" ? kHasTableSqlite : kHasTablePostgres, {})) return applied;
  snapshot.each(kListApplied, {}, [&](const Row& row) {
    applied[row.integer(0)] = {std::string{row.text(1)}, std::string{row.text(2)}};
  });
  return applied;
}

std::string checksum_of(const Migration& migration) { return to_hex(sha256(migration.sql)); }

void expect_unchanged(const std::map<std::int64_t, Applied>& applied, std::span<const Migration> migrations) {
  for (const auto& [number, row] : applied) {
    const auto known = std::find_if(migrations.begin(), migrations.end(),
                                    [&, at = number](const Migration& migration) { return migration.number == at; });
    if (known == migrations.end()) {
      throw DatabaseError(fmt::format("the database is newer than this program: it has migration {}", row.name));
    }
    if (checksum_of(*known) != row.checksum) {
      throw DatabaseError(fmt::format("migration {} was changed after it had been applied", known->name));
    }
  }
}

// A second node waits here until the first has committed.
void lock_schema(Database& database, Transaction& tx) {
  if (database.kind() != "postgres") return;
  tx.has(kNoTimeout, {});
  tx.has(kLock, {});
}

bool apply(Database& database, const Migration& migration, Instant now) {
  return database.write(
      [&](Transaction& tx) {
        lock_schema(database, tx);
        if (list_applied(database, tx).contains(migration.number)) return false;
        for (const auto& statement : split_statements(to_dialect(migration.sql, database.kind()))) {
          tx.run({"", statement}, {});
        }
        tx.run(kInsert, {migration.number, migration.name, checksum_of(migration), now});
        return true;
      },
      Urgency::bulk);
}

// "0007_case_events.sql" → 7
int number_of(std::string_view name) {
  const auto number = parse_integer(name.substr(0, name.find('_')));
  if (!number || *number <= 0) throw DatabaseError(fmt::format("migration {} begins with no number", name));
  return static_cast<int>(*number);
}

}  // namespace

std::vector<Migration> shipped_migrations(std::string_view kind) {
  constexpr std::string_view kFolder = "migrations/";
  constexpr std::string_view kOverride = ".postgres.sql";
  std::map<int, Migration> found;
  for (const auto& file : embedded_files()) {
    if (!file.path.starts_with(kFolder) || !file.path.ends_with(".sql")) continue;
    const auto name = file.path.substr(kFolder.size());
    const bool is_override = name.ends_with(kOverride);
    if (is_override && kind != "postgres") continue;
    Migration migration{number_of(name), std::string{name}, std::string{file.content}};
    auto& place = found[migration.number];
    // Sorted by path, an override stands before the file it replaces.
    const bool is_replaced = place.name.ends_with(kOverride) && !is_override;
    if (place.number != 0 && !is_replaced) {
      throw DatabaseError(fmt::format("migrations {} and {} have one number", place.name, name));
    }
    if (!is_replaced) place = std::move(migration);
  }
  std::vector<Migration> migrations;
  for (auto& [number, migration] : found) migrations.push_back(std::move(migration));
  return migrations;
}

int migrate(Database& database, std::span<const Migration> migrations) {
  if (count_pending(database, migrations) == 0) return 0;
  database.write([&](Transaction& tx) {
    lock_schema(database, tx);
    tx.run({"", to_dialect(kTable, database.kind())}, {});
  });
  int count = 0;
  for (const auto& migration : migrations) {
    if (!apply(database, migration, SystemClock{}.now())) continue;
    ++count;
    log(LogLevel::info, "db.migrated", {{"migration", std::string_view{migration.name}}});
  }
  return count;
}

int count_pending(Database& database, std::span<const Migration> migrations) {
  const auto snapshot = database.snapshot();
  const auto applied = list_applied(database, *snapshot);
  expect_unchanged(applied, migrations);
  return static_cast<int>(migrations.size() - applied.size());
}

}  // namespace waymark::db
