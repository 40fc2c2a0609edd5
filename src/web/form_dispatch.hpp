// What a POST must pass before its handler sees it: the content type, the check of where it came from, the token.
#pragma once

#include "web/exchange.hpp"
#include "web/router.hpp"

namespace waymark::web {

inline constexpr std::string_view kTokenField = "csrf";

// application/x-www-form-urlencoded, with no charset but UTF-8: the one type that other sites could send as well, so
// the checks of a POST are written for it; anything else is not from a form of ours.
bool is_url_encoded_form(std::string_view content_type);

// Runs the route's handler. A refusal at a field is drawn again by route.show with what was typed.
Response answer_form(Exchange& exchange, const Route& route);

}  // namespace waymark::web
