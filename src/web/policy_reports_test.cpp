#include "web/policy_reports.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/scripted_site.hpp"

namespace waymark::web {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::ScriptedSite;

TEST(PolicyReports, NameTheDirective) {
  EXPECT_EQ(find_reported_directive(R"({"csp-report": {"document-uri": "https://a/cases/NPT1",
      "effective-directive": "script-src-elem", "violated-directive": "script-src 'self'"}})"),
            "script-src-elem");
  EXPECT_EQ(find_reported_directive(R"({"csp-report": {"violated-directive": "img-src 'self'"}})"), "img-src");
}

TEST(PolicyReports, NeverGiveBackWhatSomebodySent) {
  EXPECT_EQ(find_reported_directive(R"({"csp-report": {"effective-directive": "<script>"}})"), "other");
  EXPECT_EQ(find_reported_directive(R"({"csp-report": {"effective-directive": 7}})"), "other");
  EXPECT_EQ(find_reported_directive(R"({"csp-report": {}})"), "other");
}

TEST(PolicyReports, AreNotTakenFromAnythingElse) {
  for (const std::string body : {"", "x", "7", "{}", "[]", R"({"csp-report": "x"})"}) {
    EXPECT_EQ(find_reported_directive(body), "") << body;
  }
  EXPECT_EQ(find_reported_directive(std::string(100, '[')), "");
  EXPECT_EQ(find_reported_directive("{\"csp-report\": {\"x\": \"" + std::string(70'000, 'x') + "\"}}"), "");
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
  const auto metrics = site.metrics.to_prometheus();
  EXPECT_THAT(metrics, HasSubstr("waymark_policy_reports_total{directive=\"img-src\"} 1"));
  EXPECT_THAT(metrics, Not(HasSubstr("NPT2690001234")));
  report.body = "no report";
  EXPECT_EQ(site.answer(report).status, 400);
}

}  // namespace
}  // namespace waymark::web
