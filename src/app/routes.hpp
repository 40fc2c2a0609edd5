// Every address of the product, on one screen.
#pragma once

#include "app/features.hpp"
#include "web/router.hpp"

namespace waymark::app {

web::Router make_routes(Features& features);

}  // namespace waymark::app
