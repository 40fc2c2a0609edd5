// Every sealed column of the product, found in the migrations: a BYTES column named …_sealed, bound to its table, its
// own name and the row's id. What rotates and checks keys walks them all, so no feature can be forgotten.
#pragma once

#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "app/foundation.hpp"

namespace waymark::app {

struct SealedColumn {
  std::string table;
  std::string column;
};

std::vector<SealedColumn> list_sealed_columns(std::string_view kind);

struct SealCheck {
  std::int64_t read = 0;
  std::int64_t unreadable = 0;  // changed, moved, or sealed with a key that is gone
  std::int64_t outdated = 0;    // sealed with an older root than the newest
};
// Opens up to `most_per_column` values of each column, the newest rows first; 0: all of them.
SealCheck check_sealed(Foundation& foundation, std::int64_t most_per_column);

// Seals every outdated value anew with the newest root, in bulk turns beside running work; may be stopped and begun
// again. Returns how many were rewritten.
std::int64_t reseal_all(Foundation& foundation, std::ostream& out);

}  // namespace waymark::app
