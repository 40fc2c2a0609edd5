// `waymark`'s words and options: what they mean, and where they run.
#pragma once

#include <iosfwd>

namespace waymark::app {

// The exit status of the process.
int run_command_line(int argc, const char* const* argv, std::ostream& out, std::ostream& errors);

}  // namespace waymark::app
