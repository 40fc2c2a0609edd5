#include "features/help/security_contact.hpp"

#include <gtest/gtest.h>

#include "support/page_browser.hpp"
#include "support/page_site.hpp"

namespace waymark::help {
namespace {

struct WellKnown {
  WellKnown() : site(parts(), routes()) {}
  static web::Router routes() {
    web::Router router;
    add_well_known_routes(router, {.contact = "mailto:security@northport.example", .policy = {}});
    return router;
  }
  web::Site::Parts parts() {
    return {.catalogue = surroundings.catalogue,
            .words = surroundings.words,
            .database = surroundings.database,
            .clock = surroundings.clock,
            .random = surroundings.random,
            .keys = surroundings.keys,
            .metrics = surroundings.metrics,
            .visitors = surroundings.visitors,
            .origin = "https://account.northport.example"};
  }
  web::Response get(const std::string& path) {
    return testing::PageBrowser(site, "account.northport.example").get(path);
  }
  testing::PageSite surroundings;
  web::Site site;
};

TEST(SecurityTxt, SaysWhereToReportAWeakness) {
  WellKnown well_known;
  const auto answer = well_known.get("/.well-known/security.txt");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.content_type, "text/plain; charset=utf-8");
  EXPECT_EQ(answer.body,
            "Contact: mailto:security@northport.example\n"
            "Expires: 2027-05-22T00:00:00Z\n"
            "Preferred-Languages: en, es\n"
            "Canonical: https://account.northport.example/.well-known/security.txt\n"
            "Policy: https://account.northport.example/security\n");
  EXPECT_EQ(well_known.get("/security").status, 200);
}

TEST(SecurityTxt, NamesThePolicyOfTheConfigurationAndNeverExpiresInAYear) {
  const std::vector<std::string> languages{"en"};
  for (const auto hours : {0, 1, 23, 24, 5000}) {
    const Instant now = Instant{std::chrono::sys_days{std::chrono::January / 1 / 2027}} + std::chrono::hours{hours};
    const auto text =
        security_txt({.contact = "https://agency.example/report", .policy = "https://agency.example/policy"},
                     "https://account.agency.example", languages, now);
    EXPECT_NE(text.find("Policy: https://agency.example/policy\n"), std::string::npos);
    const auto at = text.find("Expires: ") + 9;
    const auto expires = parse_iso_date(text.substr(at, 10));
    ASSERT_TRUE(expires);
    const auto ahead = Instant{std::chrono::sys_days{*expires}} - now;
    EXPECT_GT(ahead, std::chrono::days{170});
    EXPECT_LT(ahead, std::chrono::days{365});
  }
}

TEST(WellKnownPages, SendPasswordManagersToThePasswordPage) {
  WellKnown well_known;
  const auto answer = well_known.get("/.well-known/change-password");
  EXPECT_EQ(answer.status, 303);
  EXPECT_EQ(testing::PageBrowser::location_of(answer), "/account/password");
}

TEST(WellKnownPages, Incident_I67_NothingElseIsFoundAroundThem) {
  WellKnown well_known;
  for (const std::string path :
       {"/.well-known", "/.well-known/", "/.well-known/security.txt/", "/.well-known/security.txt/a.css",
        "/.well-known/security.txt;a.css", "/.well-known/security.css", "/.well-known/xsecurity.txt",
        "/.well-known/securityxtxt", "/xwell-known/security.txt", "/.well-known/change-password/a.css",
        "/.well-known/resource-that-should-not-exist-whose-status-code-should-not-be-200", "/security.css"}) {
    EXPECT_EQ(well_known.get(path).status, 404) << path;
  }
}

}  // namespace
}  // namespace waymark::help
