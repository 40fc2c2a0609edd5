// A Failure as a page for people, or as problem+json (RFC 9457) for machines.
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

}  // namespace waymark::web
