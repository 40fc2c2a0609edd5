// What the pages of both sides are put together from.
#pragma once

#include <string>
#include <string_view>

#include "features/cases/pages/page_parts.hpp"
#include "features/cases/representing/pages.hpp"
#include "features/cases/representing/represent.hpp"
#include "web/page.hpp"

namespace waymark::cases::pages {

std::string day_of(web::Exchange& exchange, Instant at);
web::Html end_button(web::Exchange& exchange, const web::Url& action, const Representation& one, std::string_view key,
                     std::string_view name);
web::Response form_page(web::Exchange& exchange, const web::FormState& form, std::string_view title_key,
                        std::string_view lead_key, const web::Url& action, const web::Html& fields,
                        const web::Html& after, std::string_view nav);
// What is typed off paper, or as it was heard.
web::Html code_field(web::Exchange& exchange, const web::FormState& form, std::string_view name,
                     std::string_view label_key, std::string_view hint_key, int size_max);
web::Html passcode_field(web::Exchange& exchange, const web::FormState& form);

}  // namespace waymark::cases::pages
