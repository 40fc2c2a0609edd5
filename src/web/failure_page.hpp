// A Failure as a page for people, or as problem+json (RFC 9457) for machines. None of these throws: what can't be drawn
// as a whole page comes as a plain one.
#pragma once

#include "base/result.hpp"
#include "web/exchange.hpp"

namespace waymark::web {

int status_of(FailureKind kind);
// By Accept: JSON is asked for, and HTML is not preferred to it.
bool wants_json(const Request& request);
Response failure_response(Exchange& exchange, const Failure& failure);
// 403, 404, 405, 413, 429, 500, 503 …: what happened, what still works, who helps, the request's id.
Response status_page(Exchange& exchange, int status);
// 403 for a form that we can't tell to be our own page's: why, and the way back to it.
Response forged_form_page(Exchange& exchange, std::string_view text_key);

// The same words without the frame of a page: no form, no cookie, no visitor. For what is refused before there is a
// request, for other sites' names, and for when a whole page can't be drawn. `request_id` may be empty.
Response plain_status_page(const Site& site, const catalogue::Locale& words, int status, std::string_view request_id);

}  // namespace waymark::web
