// People who are helped back into their accounts.
#pragma once

#include <vector>

#include "features/office/help_person.hpp"
#include "web/page.hpp"

namespace waymark::office::pages {

web::Response recoveries_page(web::Exchange& exchange, const std::vector<HelpedPerson>& people);
web::Response person_page(web::Exchange& exchange, const web::FormState& form, const HelpedPerson& person);

}  // namespace waymark::office::pages
