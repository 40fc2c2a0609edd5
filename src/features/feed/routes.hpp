// /api/feed/v1/… for the agency's own systems, and /office/feed/… for those who keep their keys.
#pragma once

#include "features/feed/receive_batch.hpp"
#include "web/router.hpp"

namespace waymark::feed {

void add_program_routes(web::Router& router, FeedDoor& door);
void add_office_routes(web::Router& router, FeedDoor& door);
std::vector<web::OfficeNavLink> office_navigation();

inline constexpr web::OfficeRoles kMayKeepKeys{web::OfficeRole::administrator};
inline constexpr web::OfficeRoles kMaySeeRefused{web::OfficeRole::administrator, web::OfficeRole::auditor};

}  // namespace waymark::feed
