// What several pages about a case are put together from.
#pragma once

#include <string_view>

#include "web/page.hpp"

namespace waymark::cases::pages {

web::Html receipt_line(web::Exchange& exchange, std::string_view receipt_number);
// Nothing, unless the address says that this was done.
web::Html flash_of(web::Exchange& exchange, std::string_view done, std::string_view key);
web::Html back_link(web::Exchange& exchange, const web::Url& to, std::string_view key);

}  // namespace waymark::cases::pages
