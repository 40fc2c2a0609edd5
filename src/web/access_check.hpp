// Who may reach a route, and where the others are sent.
#pragma once

#include <optional>

#include "web/exchange.hpp"
#include "web/router.hpp"

namespace waymark::web {

// What a route of this access sees of the visitor: whoever still owes the second factor is a stranger everywhere but on
// the pages that ask for it (incident I44).
Visitor visitor_seen_by(Access access, Visitor found);

// Nothing when the visitor may go on; otherwise the way to where it can be put right (people) or 401 (machines).
// `standing` is the visitor's own, not the one that the route sees.
std::optional<Response> check_access(Exchange& exchange, const Route& route, Standing standing);

// The sign-in page with the way back to the page that was asked for.
Url sign_in_url(const Exchange& exchange);

// The page of ours that this one was reached from, by Referer: where a form stood. None for other sites' pages.
std::optional<Url> find_page_before(const Exchange& exchange);

}  // namespace waymark::web
