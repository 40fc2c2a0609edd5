// How to reach the agency, and asking to be called.
#pragma once

#include "features/help/help.hpp"
#include "web/page.hpp"

namespace waymark::help::pages {

web::Response contact_page(web::Exchange& exchange);
web::Response callback_page(web::Exchange& exchange, const web::FormState& form, const Help& help);
web::Response callback_sent_page(web::Exchange& exchange, std::string_view reference);

}  // namespace waymark::help::pages
