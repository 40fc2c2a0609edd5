// The pages of taking one's data along, of closing the account, and of coming back.
#pragma once

#include "web/page.hpp"

namespace waymark::accounts::pages {

web::Response data_page(web::Exchange& exchange, const web::FormState& form);
// Asks, and tells what will happen; `erased_on` is the day if it is closed now.
web::Response closure_page(web::Exchange& exchange, const web::FormState& form, Date erased_on);
web::Response closed_page(web::Exchange& exchange);
// To its owner, who has proved it: open it again?
web::Response come_back_page(web::Exchange& exchange, const web::FormState& form, Instant closed_at);

}  // namespace waymark::accounts::pages
