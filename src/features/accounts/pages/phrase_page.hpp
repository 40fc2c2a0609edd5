// The page of the person's own phrase.
#pragma once

#include "web/page.hpp"

namespace waymark::accounts::pages {

// `phrase`: the present one; empty: none.
web::Response phrase_page(web::Exchange& exchange, const web::FormState& form, std::string_view phrase);

}  // namespace waymark::accounts::pages
