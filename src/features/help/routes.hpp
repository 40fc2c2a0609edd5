// The help centre, and the pages that need no account: what this place is, privacy, accessibility, contact; with the
// office's side of what people ask there.
#pragma once

#include <vector>

#include "catalogue/catalogue.hpp"
#include "features/help/help.hpp"
#include "web/office.hpp"
#include "web/router.hpp"

namespace waymark::help {

// All of the below. `help` outlives the router.
void add_routes(web::Router& router, Help& help);

void add_front_routes(web::Router& router);                // / /privacy /accessibility
void add_contact_routes(web::Router& router, Help& help);  // /contact /contact/call-back/…
void add_article_routes(web::Router& router, Help& help);  // /help /help/search /help/ARTICLE /help/fix/…
void add_ask_routes(web::Router& router, Help& help);      // /help/ask/…
void add_office_routes(web::Router& router, Help& help);   // /office/callbacks /office/help-requests /office/help

// Of the office's navigation.
std::vector<web::OfficeNavLink> office_nav_links();

// Links of the articles that no route answers: problems of the catalogue that only the whole router can find.
std::vector<catalogue::CatalogueProblem> list_dead_links(const catalogue::Catalogue& catalogue,
                                                         const web::Router& router);

}  // namespace waymark::help
