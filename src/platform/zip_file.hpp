// A ZIP archive, made in memory.
#pragma once

#include <string>
#include <vector>

#include "base/time.hpp"

namespace waymark {

struct ZipEntry {
  std::string name;  // "cases.json": UTF-8, "/" parts folders
  std::string content;
};

// Every entry dated `at`. Throws std::runtime_error when the library fails.
std::string make_zip(const std::vector<ZipEntry>& entries, Instant at);

}  // namespace waymark
