// What a POST must pass before its handler sees it: the content type, the check of where it came from, the token.
#pragma once

#include "web/exchange.hpp"
#include "web/router.hpp"

namespace waymark::web {

// Runs the route's handler. A refusal at a field is drawn again by route.show with what was typed.
Response answer_form(Exchange& exchange, const Route& route);

}  // namespace waymark::web
