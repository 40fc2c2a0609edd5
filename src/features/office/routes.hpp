// /office/…: who works here, how they sign in, and what they work on.
#pragma once

#include "features/office/office.hpp"
#include "web/router.hpp"

namespace waymark::office {

void add_entry_routes(web::Router& router, Office& office);  // /office/sign-in /office/welcome/TOKEN /office/session/…
void add_officer_routes(web::Router& router, Office& office);  // /office /office/keys /office/officers/…
void add_search_routes(web::Router& router, Office& office);   // /office/search /office/searches/ID /office/queue
void add_case_routes(web::Router& router, Office& office);     // /office/cases/RECEIPT/…
void add_person_routes(web::Router& router, Office& office);   // /office/recoveries/…
void add_representative_routes(web::Router& router, Office& office);  // /office/representatives/…

// What stands in the navigation, in its order.
std::vector<web::OfficeNavLink> office_navigation();

// Who may do what: each named once. A route says one of these.
inline constexpr web::OfficeRoles kMayFind{web::OfficeRole::case_officer, web::OfficeRole::identity_reviewer,
                                           web::OfficeRole::support};
inline constexpr web::OfficeRoles kMayOpenCases{web::OfficeRole::case_officer, web::OfficeRole::support};
inline constexpr web::OfficeRoles kMayWorkCases{web::OfficeRole::case_officer};
inline constexpr web::OfficeRoles kMayRecover{web::OfficeRole::identity_reviewer, web::OfficeRole::support};
inline constexpr web::OfficeRoles kMayVerify{web::OfficeRole::identity_reviewer};
inline constexpr web::OfficeRoles kMayAudit{web::OfficeRole::auditor};
inline constexpr web::OfficeRoles kMayAdminister{web::OfficeRole::administrator};

}  // namespace waymark::office
