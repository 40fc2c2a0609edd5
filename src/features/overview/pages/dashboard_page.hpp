// The dashboard as a page and as JSON.
#pragma once

#include "features/overview/dashboard.hpp"
#include "features/overview/overview.hpp"
#include "web/page.hpp"

namespace waymark::overview::pages {

// `draw_notes`: what stands above the cases; may be empty.
web::Response dashboard_page(web::Exchange& exchange, const Dashboard& dashboard,
                             const Overview::DrawNotes& draw_notes = {});
web::Response dashboard_json(web::Exchange& exchange, const Dashboard& dashboard);

}  // namespace waymark::overview::pages
