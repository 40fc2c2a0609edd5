#include "web/policy_reports.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/scripted_site.hpp"

namespace waymark::web {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::ScriptedSite;

TEST(PolicyReports, NameTheDirectiveInBothForms) {
  EXPECT_THAT(find_reported_directives(R"({"csp-report": {"document-uri": "https://a/cases/NPT1",
      "effective-directive": "script-src-elem", "violated-directive": "script-src 'self'"}})"),
              ElementsAre("script-src-elem"));
  EXPECT_THAT(find_reported_directives(R"({"csp-report": {"violated-directive": "img-src 'self'"}})"),
              ElementsAre("img-src"));
  EXPECT_THAT(find_reported_directives(R"([{"type": "csp-violation", "url": "https://a/cases/NPT1",
      "body": {"effectiveDirective": "style-src-attr"}}, {"type": "deprecation", "body": {}},
      {"type": "csp-violation", "body": {"effectiveDirective": "frame-ancestors"}}])"),
              ElementsAre("style-src-attr", "frame-ancestors"));
}

TEST(PolicyReports, NeverGiveBackWhatSomebodySent) {
  EXPECT_THAT(find_reported_directives(R"({"csp-report": {"effective-directive": "<script>"}})"), ElementsAre("other"));
  EXPECT_THAT(find_reported_directives(R"({"csp-report": {"effective-directive": 7}})"), ElementsAre("other"));
  EXPECT_THAT(find_reported_directives(R"({"csp-report": {}})"), ElementsAre("other"));
}

TEST(PolicyReports, AreNotTakenFromAnythingElse) {
  for (const std::string body :
       {"", "x", "7", "{}", "[]", "[7]", R"({"csp-report": "x"})", "[{\"type\": \"other\"}]"}) {
    EXPECT_THAT(find_reported_directives(body), IsEmpty()) << body;
  }
  EXPECT_THAT(find_reported_directives(std::string(100, '[')), IsEmpty());
  EXPECT_THAT(find_reported_directives("{\"csp-report\": {\"x\": \"" + std::string(70'000, 'x') + "\"}}"), IsEmpty());
  std::string many = "[";
  for (int i = 0; i < 100; ++i) many += R"({"type": "csp-violation", "body": {"effectiveDirective": "img-src"}},)";
  many.back() = ']';
  EXPECT_EQ(find_reported_directives(many).size(), 10U);
}

TEST(PolicyReports, AreCountedWithoutASessionAndLeadToOurselves) {
  ScriptedSite site;
  Request report;
  report.method = Method::post;
  report.path = kPolicyReportsPath;
  report.headers = {{"host", std::string(site.site.authority())}, {"content-type", "application/csp-report"}};
  report.body =
      R"({"csp-report": {"document-uri": "https://a/cases/NPT2690001234", "effective-directive": "img-src"}})";
  const Response taken = site.answer(report);
  EXPECT_EQ(taken.status, 200);
  EXPECT_THAT(std::string(testing::header_of(taken, "content-security-policy")),
              HasSubstr(fmt::format("report-uri {}", kPolicyReportsPath)));
  EXPECT_THAT(std::string(testing::header_of(taken, "reporting-endpoints")),
              HasSubstr(fmt::format("\"{}\"", kPolicyReportsPath)));
  const auto metrics = site.metrics.to_prometheus();
  EXPECT_THAT(metrics, HasSubstr("waymark_policy_reports_total{directive=\"img-src\"} 1"));
  EXPECT_THAT(metrics, Not(HasSubstr("NPT2690001234")));
  report.body = "no report";
  EXPECT_EQ(site.answer(report).status, 400);
}

}  // namespace
}  // namespace waymark::web
