// The rows that an import left in an SQLite file, inserted again by a loop that does nothing else.
#pragma once

#include <cstdint>
#include <filesystem>

namespace waymark::bench {

struct InsertFigures {
  std::int64_t rows = 0;
  double seconds = 0, cpu_seconds = 0;
};

// `into`: a migrated, empty database. Reads all rows first; then, under the product's own durability, inserts them a
// thousand a transaction.
InsertFigures insert_again(const std::filesystem::path& from, const std::filesystem::path& into);

}  // namespace waymark::bench
