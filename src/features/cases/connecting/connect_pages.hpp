// Connecting a case, and asking for a new code by post.
#pragma once

#include "features/cases/case_types.hpp"
#include "web/page.hpp"

namespace waymark::cases::pages {

// Which second proof the page asks for: by the field `as` of what was typed or of the address ("organisation"), or by a
// registration number that was typed; a date of birth otherwise.
ProofKind proof_kind_of(const web::Exchange& exchange, const web::Form& typed);

web::Response connect_page(web::Exchange& exchange, const web::FormState& form);
web::Response new_code_page(web::Exchange& exchange, const web::FormState& form);
web::Response new_code_sent_page(web::Exchange& exchange);

}  // namespace waymark::cases::pages
