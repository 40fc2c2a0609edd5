// "Who has looked at my case" (B1).
#pragma once

#include <string>
#include <vector>

#include "features/cases/case_access.hpp"
#include "features/cases/working/case_looks.hpp"
#include "web/page.hpp"

namespace waymark::cases::pages {

// The newest first; what one seat did for one reason on one day is one line.
// The looks of those whom a party let in, the newest first, stand by themselves: theirs is no role of the office, and
// they gave no reason.
struct ShownGuestLook {
  Instant hour{};
  std::string who;  // in words
};
web::Response looks_page(web::Exchange& exchange, const VisibleCase& visible, const std::vector<LookRow>& looks,
                         const std::vector<ShownGuestLook>& guest_looks);

}  // namespace waymark::cases::pages
