// People who say that they represent others.
#pragma once

#include <vector>

#include "features/office/verify_representative.hpp"
#include "web/page.hpp"

namespace waymark::office::pages {

web::Response representatives_page(web::Exchange& exchange, const std::vector<CheckedRepresentative>& waiting,
                                   const std::vector<CheckedRepresentative>& verified);
web::Response representative_page(web::Exchange& exchange, const web::FormState& form,
                                  const CheckedRepresentative& person);

}  // namespace waymark::office::pages
