// Serving: the features on the foundation, the sockets on top, until SIGTERM or SIGINT.
#pragma once

#include <ostream>

#include "app/config.hpp"

namespace waymark::app {

// Returns the exit status after a graceful stop; throws StartProblem when it can't start. What a person at the terminal
// should know (address, demo people) goes to `out`; logs go to standard error.
int serve(const Config& config, std::ostream& out);

}  // namespace waymark::app
