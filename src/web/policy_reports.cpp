#include "web/policy_reports.hpp"

#include <boost/json.hpp>

#include <algorithm>

#include "web/site.hpp"

namespace waymark::web {
namespace {

namespace json = boost::json;

constexpr std::size_t kBodyBytesMax = std::size_t{64} * 1024;
constexpr std::string_view kOther = "other";

// Labels of metrics are constants of ours, never what somebody sent.
constexpr std::string_view kDirectives[] = {"default-src", "script-src",     "script-src-elem", "script-src-attr",
                                            "style-src",   "style-src-elem", "style-src-attr",  "img-src",
                                            "font-src",    "connect-src",    "manifest-src",    "media-src",
                                            "object-src",  "child-src",      "frame-src",       "worker-src",
                                            "form-action", "base-uri",       "frame-ancestors"};

std::string_view known_directive(const json::value* said) {
  const auto* text = said != nullptr ? said->if_string() : nullptr;
  if (text == nullptr) return kOther;
  // Older browsers repeat the whole directive with its sources.
  const std::string_view all(text->data(), text->size());
  const auto name = all.substr(0, all.find(' '));
  const auto* const found = std::ranges::find(kDirectives, name);
  return found == std::end(kDirectives) ? kOther : *found;
}

const json::value* member(const json::object& of, std::string_view name) {
  const auto* const found = of.find(name);
  return found == of.end() ? nullptr : &found->value();
}

Result<Response> take_report(Exchange& exchange) {
  const auto directive = find_reported_directive(exchange.request.body);
  if (directive.empty()) return refuse(FailureKind::malformed, "web.error.malformed_form");
  exchange.site.parts()
      .metrics.counter("waymark_policy_reports_total", "What browsers kept out of our pages", "directive", directive)
      .add();
  return Response::text("");
}

}  // namespace

std::string_view find_reported_directive(std::string_view body) {
  if (body.size() > kBodyBytesMax) return {};
  boost::system::error_code error;
  const auto value = json::parse({body.data(), body.size()}, error, {}, {.max_depth = 8});
  if (error || !value.is_object()) return {};
  const auto* report = member(value.get_object(), "csp-report");
  if (report == nullptr || !report->is_object()) return {};
  const auto* effective = member(report->get_object(), "effective-directive");
  return known_directive(effective != nullptr ? effective : member(report->get_object(), "violated-directive"));
}

void add_policy_report_route(Router& router) {
  router.program(Method::post, std::string(kPolicyReportsPath), take_report);
}

}  // namespace waymark::web
