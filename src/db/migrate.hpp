// Brings a database's tables up to what this binary expects. Migrations are forward only and never change once shipped:
// the SHA-256 of each is stored when it is applied, and a difference stops the start.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "db/database.hpp"

namespace waymark::db {

// "0007_case_events.sql" for both databases; where "0007_case_events.postgres.sql" exists, PostgreSQL takes that
// instead. Types are written once: ID (a row id or foreign key), INTEGER, BOOL, TEXT, BYTES; the migrator maps them to
// the database's own and adds STRICT on SQLite. Each column line ends with "-- sensitive: yes" or "-- sensitive: no".
struct Migration {
  int number = 0;
  std::string name;  // file name
  std::string sql;
};

// The binary's own, for the database's kind, in order.
std::vector<Migration> shipped_migrations(std::string_view kind);

// Applies what is missing, each in a transaction of its own, under a lock that a second node waits for. Returns how
// many were applied. Throws DatabaseError when an applied one differs or the database is newer than this binary.
int migrate(Database& database, std::span<const Migration> migrations);
// How many are missing; throws as migrate() does.
int count_pending(Database& database, std::span<const Migration> migrations);

// "CREATE TABLE case (id ID PRIMARY KEY, …)" to the dialect's own words. Exposed for its test.
std::string to_dialect(std::string_view sql, std::string_view kind);

}  // namespace waymark::db
