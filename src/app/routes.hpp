// Every address of the product, on one screen.
#pragma once

#include "app/features.hpp"
#include "web/router.hpp"
#include "web/site.hpp"

namespace waymark::app {

web::Router make_routes(Features& features);

// What the site shares with its features, which outlive it.
web::Site::Parts site_parts(Foundation& foundation, Features& features);

// The office's navigation, of every feature that has a part in it.
std::vector<web::OfficeNavLink> office_navigation();

}  // namespace waymark::app
