// Asking a question without signing in: the address, its code, the question, and that it arrived.
#pragma once

#include "features/help/types.hpp"
#include "web/page.hpp"

namespace waymark::help::pages {

web::Response ask_email_page(web::Exchange& exchange, const web::FormState& form);
web::Response ask_code_page(web::Exchange& exchange, const web::FormState& form, const Asking& asking);
web::Response ask_question_page(web::Exchange& exchange, const web::FormState& form, const Asking& asking);
// The time was over before the question was sent: its text, to copy.
web::Response ask_ended_page(web::Exchange& exchange, std::string_view typed);
web::Response ask_sent_page(web::Exchange& exchange, std::string_view reference);

}  // namespace waymark::help::pages
