// The dashboard as a page and as JSON.
#pragma once

#include "features/overview/dashboard.hpp"
#include "web/page.hpp"

namespace waymark::overview::pages {

// `notes`: what stands above the cases.
web::Response dashboard_page(web::Exchange& exchange, const Dashboard& dashboard, const web::Html& notes = {});
web::Response dashboard_json(web::Exchange& exchange, const Dashboard& dashboard);

}  // namespace waymark::overview::pages
