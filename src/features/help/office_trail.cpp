#include "features/help/office_trail.hpp"

namespace waymark::help {

Result<void> as_result(OfficeOutcome outcome) {
  if (outcome == OfficeOutcome::missing) return refuse(FailureKind::not_found, "web.error.not_found");
  if (outcome == OfficeOutcome::not_yours) return refuse(FailureKind::conflict, "help.error.taken_by_another");
  return {};
}

}  // namespace waymark::help
