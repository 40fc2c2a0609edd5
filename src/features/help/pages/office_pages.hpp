// The office's pages of the help feature: call-backs, questions, and what people thought of the articles.
#pragma once

#include <vector>

#include "features/help/help.hpp"
#include "web/page.hpp"

namespace waymark::help::pages {

web::Response callbacks_page(web::Exchange& exchange, const std::vector<Callback>& waiting);
web::Response callback_work_page(web::Exchange& exchange, const web::FormState& form, const Callback& callback);
web::Response help_requests_page(web::Exchange& exchange, const std::vector<HelpRequest>& waiting);
web::Response help_request_page(web::Exchange& exchange, const web::FormState& form, const HelpRequest& request);
web::Response votes_page(web::Exchange& exchange, const Help& help, const std::vector<VoteSum>& votes);

// Whether this officer may take it now: it is open, or whoever took it is long gone.
bool may_take(const web::Exchange& exchange, RequestState state, OfficerId officer, std::optional<Instant> taken_at);

}  // namespace waymark::help::pages
