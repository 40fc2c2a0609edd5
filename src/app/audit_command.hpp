// The operator's side of the audit trail: looking whether it is whole, and noting that a backup was brought back.
#pragma once

#include <ostream>

#include "app/foundation.hpp"

namespace waymark::app {

// Names each thing found (place and row) in `errors`, and sums up in `out`. The exit status: 0 whole, 1 not.
int verify_audit(Foundation& foundation, std::ostream& out, std::ostream& errors);

// After a restore: signs where the restored trail ends, in the database and in the file outside of it, so that what the
// file knows beyond that is told as taken back and not as cut off. Needs the present tables.
void note_restore(Foundation& foundation, std::ostream& out);

}  // namespace waymark::app
