// "Who has looked at my case" (B1).
#pragma once

#include <vector>

#include "features/cases/case_access.hpp"
#include "features/cases/case_looks.hpp"
#include "web/page.hpp"

namespace waymark::cases::pages {

// The newest first; what one seat did for one reason on one day is one line.
web::Response looks_page(web::Exchange& exchange, const VisibleCase& visible, const std::vector<LookRow>& looks);

}  // namespace waymark::cases::pages
