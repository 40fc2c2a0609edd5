// The page that asks for a reference, and its two answers.
#pragma once

#include "catalogue/catalogue.hpp"
#include "features/notifications/genuine.hpp"
#include "web/page.hpp"

namespace waymark::notifications::pages {

web::Response genuine_page(web::Exchange& exchange, const web::FormState& form, const catalogue::Catalogue& catalogue);
web::Response ours_page(web::Exchange& exchange, const Sent& sent);
web::Response not_found_page(web::Exchange& exchange);
// The same for machines.
web::Response genuine_json(web::Exchange& exchange, const std::optional<Sent>& sent);

}  // namespace waymark::notifications::pages
