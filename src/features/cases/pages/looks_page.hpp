// "Who has looked at my case" (B1).
#pragma once

#include <vector>

#include "features/cases/case_access.hpp"
#include "features/cases/case_looks.hpp"
#include "features/cases/sharing/helper_store.hpp"
#include "web/page.hpp"

namespace waymark::cases::pages {

// The newest first; what one seat did for one reason on one day is one line.
// A helper's looks stand by themselves: theirs is no role of the office, and they gave no reason.
struct ShownHelperLook {
  Instant hour{};
  std::string address;  // empty: another party's helper
};
web::Response looks_page(web::Exchange& exchange, const VisibleCase& visible, const std::vector<LookRow>& looks,
                         const std::vector<ShownHelperLook>& helper_looks);

}  // namespace waymark::cases::pages
