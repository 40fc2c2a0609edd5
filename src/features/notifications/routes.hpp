// /genuine
#pragma once

#include "features/notifications/notifications.hpp"
#include "web/router.hpp"

namespace waymark::notifications {

// `notifications` outlives the router.
void add_routes(web::Router& router, Notifications& notifications);

}  // namespace waymark::notifications
