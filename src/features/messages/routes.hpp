// /messages/… for people, /office/messages and /office/replies for the office.
#pragma once

#include "features/messages/messages.hpp"
#include "web/exchange.hpp"
#include "web/router.hpp"

namespace waymark::messages {

void add_routes(web::Router& router, Messages& messages);
void add_office_routes(web::Router& router, Messages& messages);
std::vector<web::OfficeNavLink> office_navigation();

inline constexpr web::OfficeRoles kMayAnswer{web::OfficeRole::support, web::OfficeRole::case_officer};
inline constexpr web::OfficeRoles kMayKeepReplies{web::OfficeRole::support, web::OfficeRole::administrator};

// For the dashboard: that there are unread answers. Empty when there are none.
void add_unread_note(web::Exchange& exchange, web::Html& page, std::int64_t unread);

}  // namespace waymark::messages
