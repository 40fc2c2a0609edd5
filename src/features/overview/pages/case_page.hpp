// The page of one case, and its JSON.
#pragma once

#include "features/cases/case_access.hpp"
#include "web/page.hpp"

namespace waymark::overview::pages {

web::Response case_page(web::Exchange& exchange, const cases::VisibleCase& visible, const cases::CasePicture& picture);
web::Response case_json(web::Exchange& exchange, const cases::VisibleCase& visible, const cases::CasePicture& picture);

}  // namespace waymark::overview::pages
