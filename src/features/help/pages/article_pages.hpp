// The help centre: its first page, an article, what a search found.
#pragma once

#include "features/help/help.hpp"
#include "web/page.hpp"

namespace waymark::help::pages {

web::Response help_page(web::Exchange& exchange, const Help& help);
web::Response article_page(web::Exchange& exchange, const Help& help, const catalogue::HelpArticle& article);
web::Response search_page(web::Exchange& exchange, const Help& help, std::string_view query);

}  // namespace waymark::help::pages
