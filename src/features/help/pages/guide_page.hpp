// One step of a common access problem.
#pragma once

#include "features/help/guides.hpp"
#include "web/page.hpp"

namespace waymark::help::pages {

web::Response guide_page(web::Exchange& exchange, const GuideStep& step);

}  // namespace waymark::help::pages
