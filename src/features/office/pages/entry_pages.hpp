// The pages of the office's doors.
#pragma once

#include "features/office/officer.hpp"
#include "web/page.hpp"

namespace waymark::office::pages {

web::Response welcome_page(web::Exchange& exchange, const web::FormState& form, const Officer& officer,
                           std::string_view token);
web::Response sign_in_page(web::Exchange& exchange, const web::FormState& form);
web::Response prove_again_page(web::Exchange& exchange, const web::FormState& form);
web::Response signed_out_page(web::Exchange& exchange);

// "Case officer"
std::string_view role_words(const web::Exchange& exchange, web::OfficeRole role);

}  // namespace waymark::office::pages
