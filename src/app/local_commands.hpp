// What the command line does in its own process: with the settings checked, and the data folder locked where it must
// be.
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "app/config.hpp"
#include "app/data_folder.hpp"

namespace waymark::app {

// Throws StartProblem with every problem of the settings.
const Config& checked(const ReadConfig& read);
// Throws StartProblem when a server holds the folder.
FolderLock lock_or_explain(const Config& config);

// Where the data folder is held by a server, the words go there, and the server's own settings count; else they run
// here.
int run_beside(const ReadConfig& read, const std::vector<std::string>& words, std::ostream& out, std::ostream& errors);

int init_keys(const Config& config, std::ostream& out);
int rotate_keys(const Config& config, std::ostream& out);
int migrate_database(const Config& config, std::ostream& out);

}  // namespace waymark::app
