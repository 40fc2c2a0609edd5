// What the command line does besides serving. Each runs against a Foundation: in the command's own process when the
// data folder is free, or inside the running server, asked through the control socket.
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "app/features.hpp"
#include "app/foundation.hpp"

namespace waymark::app {

// words: ["feed", "import", "/abs/file.ndjson"], ["feed", "key", "issue" | "list" | "rotate" | "revoke", …],
// ["letters", "export", DIR], ["backup", DIR], ["keys", "check"],
// ["office", "invite-admin", EMAIL, NAME, UNIT (, "even-so")], ["account", "lock" | "unlock", EMAIL], ["outbox",
// "dead"], ["audit", "verify"]. Gives the exit status: 0 done; 1 done in part (refused rows), or found something that
// is not right; 2 not done.
int run_command(Foundation& foundation, Features& features, const std::vector<std::string>& words, std::ostream& out,
                std::ostream& errors);

}  // namespace waymark::app
