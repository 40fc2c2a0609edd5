// The page on which a petitioner says what the beneficiary may see.
#pragma once

#include <vector>

#include "features/cases/consenting/consent_store.hpp"
#include "web/page.hpp"

namespace waymark::cases::pages {

web::Response consents_page(web::Exchange& exchange, const web::FormState& form, const VisibleCase& visible,
                            const std::vector<Facet>& consentable, const std::vector<Consent>& given);

}  // namespace waymark::cases::pages
