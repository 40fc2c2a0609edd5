// The office's start page, an officer's own keys, and the administrator's pages of officers.
#pragma once

#include <vector>

#include "features/office/officer.hpp"
#include "web/page.hpp"

namespace waymark::office::pages {

web::Response start_page(web::Exchange& exchange);
web::Response keys_page(web::Exchange& exchange, const web::FormState& form, const std::vector<OfficerPasskey>& keys);
web::Response officers_page(web::Exchange& exchange, const std::vector<Officer>& officers);
web::Response new_officer_page(web::Exchange& exchange, const web::FormState& form);
web::Response officer_page(web::Exchange& exchange, const web::FormState& form, const Officer& officer);

}  // namespace waymark::office::pages
