// Backup and restore: the database in one folder, with a manifest that tells what must be there; the keys never beside
// it.
#pragma once

#include <filesystem>
#include <ostream>

#include "app/config.hpp"
#include "app/foundation.hpp"

namespace waymark::app {

// Writes DIR/database.sqlite or DIR/database.pgdump, consistent at one moment and beside running work, and
// DIR/manifest.json with its SHA-256. DIR must be new or empty. Afterwards the copy is opened and checked.
void back_up(Foundation& foundation, const std::filesystem::path& folder, std::ostream& out);

// Brings a backup back into an installation that has no data yet; refuses where there is any, when the copy is not what
// the manifest says, or when the installation's keys don't open what is sealed in it. Needs the data folder's lock.
void restore(const Config& config, const std::filesystem::path& folder, std::ostream& out);

}  // namespace waymark::app
