#include "web/policy_reports.hpp"

#include <boost/json.hpp>

#include <algorithm>

#include "web/site.hpp"

namespace waymark::web {
namespace {

namespace json = boost::json;

constexpr std::size_t kBodyBytesMax = std::size_t{64} * 1024;
constexpr std::size_t kReportsMax = 10;
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

std::string_view directive_of_object(const json::object& report) {
  const auto* effective = member(report, "effective-directive");
  return known_directive(effective != nullptr ? effective : member(report, "violated-directive"));
}

void add_of_list(const json::array& reports, std::vector<std::string_view>& directives) {
  for (const auto& one : reports) {
    const auto* report = one.if_object();
    if (report == nullptr || directives.size() == kReportsMax) return;
    const auto* type = member(*report, "type");
    const auto* body = member(*report, "body");
    if (type == nullptr || *type != json::value("csp-violation") || body == nullptr || !body->is_object()) continue;
    directives.push_back(known_directive(member(body->get_object(), "effectiveDirective")));
  }
}

Result<Response> take_report(Exchange& exchange) {
  const auto directives = find_reported_directives(exchange.request.body);
  if (directives.empty()) return refuse(FailureKind::malformed, "web.error.malformed_form");
  for (const auto directive : directives) {
    exchange.site.parts()
        .metrics.counter("waymark_policy_reports_total", "What browsers kept out of our pages", "directive", directive)
        .add();
  }
  return Response::text("");
}

}  // namespace

std::vector<std::string_view> find_reported_directives(std::string_view body) {
  std::vector<std::string_view> directives;
  if (body.size() > kBodyBytesMax) return directives;
  boost::system::error_code error;
  const auto value = json::parse({body.data(), body.size()}, error, {}, {.max_depth = 8});
  if (error) return directives;
  if (const auto* list = value.if_array()) {
    add_of_list(*list, directives);
  } else if (const auto* object = value.if_object()) {
    const auto* report = member(*object, "csp-report");
    if (report != nullptr && report->is_object()) directives.push_back(directive_of_object(report->get_object()));
  }
  return directives;
}

void add_policy_report_route(Router& router) {
  router.program(Method::post, std::string(kPolicyReportsPath), take_report);
}

}  // namespace waymark::web
