// The way of a case, step by step: from the form's stages in the catalogue and what happened so far.
#pragma once

#include <optional>
#include <vector>

#include "base/time.hpp"
#include "catalogue/catalogue.hpp"
#include "features/cases/case_access.hpp"
#include "web/page.hpp"

namespace waymark::overview {

struct CaseStep {
  const catalogue::Stage* stage = nullptr;
  web::MarkState state = web::MarkState::ahead;
  std::optional<Date> entered_on{};  // the last time that the case came here
  bool was_left_again = false;       // it was here, and went back to an earlier step since
};

// The counted stages in order, of a closed case those that it came to; a detour stands behind the step that it left,
// while the case is in it or once it was.
std::vector<CaseStep> list_steps(const catalogue::Form& form, const cases::CaseState& state,
                                 const std::vector<cases::HistoryEntry>& history);

}  // namespace waymark::overview
