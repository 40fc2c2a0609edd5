// Asks before a case is taken off the account.
#pragma once

#include "features/cases/case_access.hpp"
#include "web/page.hpp"

namespace waymark::cases::pages {

web::Response disconnect_page(web::Exchange& exchange, const VisibleCase& visible);

}  // namespace waymark::cases::pages
