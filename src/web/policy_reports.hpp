// Where browsers report what our content security policy kept out of a page. A report names the address of somebody's
// page and what stood on it, and anybody can send one: only the directive is counted, for the operator to see that
// something is being tried (or that a page of ours is wrong), and the rest is forgotten unread.
#pragma once

#include <string_view>

#include "web/router.hpp"

namespace waymark::web {

inline constexpr std::string_view kPolicyReportsPath = "/api/policy-reports";

// The directive that a report's body names, by CSP level 3 ("script-src-elem"); "other" for what is none of ours to
// know. Empty for what is no report.
std::string_view find_reported_directive(std::string_view body);

// Counts in waymark_policy_reports_total, by directive.
void add_policy_report_route(Router& router);

}  // namespace waymark::web
