// Opens the database that the configuration names.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>

#include "db/database.hpp"
#include "platform/metrics.hpp"

namespace waymark::db {

struct SqliteOptions {
  std::filesystem::path file;
  unsigned readers_max = 8;                  // read-only connections
  std::chrono::milliseconds wait_max{2000};  // for a reader, or a place in the writer's line
  std::size_t waiting_units_max = 4096;      // past that: DatabaseBusy at once
  std::string vfs{};                         // SQLite's name of a VFS, for the tests' faulty disk; empty: the default
};

struct PostgresOptions {
  std::string address;  // postgres://user:password@host:port/name
  unsigned connections_max = 16;
  std::chrono::milliseconds wait_max{2000};
};

// Both throw DatabaseError when the database can't be opened. `metrics` must outlive the database.
std::unique_ptr<Database> open_sqlite(const SqliteOptions& options, Metrics& metrics);
std::unique_ptr<Database> open_postgres(const PostgresOptions& options, Metrics& metrics);

}  // namespace waymark::db
