#include "web/access_check.hpp"

#include <gtest/gtest.h>

#include "support/scripted_site.hpp"

namespace waymark::web {
namespace {

using testing::header_of;
using testing::ScriptedSite;

// Says in the body who the handler sees.
Result<Response> tell_visitor(Exchange& exchange) {
  switch (exchange.visitor.standing) {
    case Standing::stranger:
      return Response::text(exchange.visitor.account ? "stranger with an account" : "stranger");
    case Standing::half_signed_in:
      return Response::text("half");
    case Standing::signed_in:
      return Response::text("whole");
  }
  return Response::text("");
}

Router one_of_each() {
  Router router;
  router.get("/open", Access::anyone, tell_visitor);
  router.get("/sign-in", Access::strangers_only, tell_visitor);
  router.get("/sign-in/second-factor", Access::half_signed_in, tell_visitor);
  router.get("/cases", Access::signed_in, tell_visitor);
  router.get("/cases/:receipt", Access::signed_in, tell_visitor);
  router.get("/account/email", Access::recently_proved, tell_visitor);
  const auto accept = [](Exchange&, const Form&) -> Result<Response> { return Response::text("done"); };
  router.post("/cases/connect", Access::signed_in, accept);
  router.post("/sign-in", Access::strangers_only, accept);
  router.post("/account/email", Access::recently_proved, accept);
  return router;
}

struct AccessCheck : ::testing::Test {
  ScriptedSite site{one_of_each()};

  // "whole" for a page that was shown, "→ ADDRESS" for a redirect, else the status.
  std::string go(const std::string& path, std::string_view session) {
    const Response response = site.answer(site.get(path, session));
    if (response.status == 303) return "→ " + std::string(header_of(response, "location"));
    return response.status == 200 ? response.body : std::to_string(response.status);
  }
};

TEST_F(AccessCheck, LetsStrangersSeeOpenPagesOnly) {
  EXPECT_EQ(go("/open", ""), "stranger");
  EXPECT_EQ(go("/sign-in", ""), "stranger");
  EXPECT_EQ(go("/sign-in/second-factor", ""), "→ /sign-in");
  EXPECT_EQ(go("/cases/NPT1", ""), "→ /sign-in?return_to=%2Fcases%2FNPT1");
  EXPECT_EQ(go("/account/email", ""), "→ /sign-in?return_to=%2Faccount%2Femail");
}

TEST_F(AccessCheck, Incident_I44_KeepsWhoOwesTheSecondFactorToThatPage) {
  EXPECT_EQ(go("/sign-in/second-factor", "half"), "half");
  EXPECT_EQ(go("/open", "half"), "stranger");
  EXPECT_EQ(go("/sign-in", "half"), "stranger");
  EXPECT_EQ(go("/cases", "half"), "→ /sign-in/second-factor");
  EXPECT_EQ(go("/cases/NPT1", "half"), "→ /sign-in/second-factor");
  EXPECT_EQ(go("/account/email", "half"), "→ /sign-in/second-factor");
}

TEST_F(AccessCheck, LetsWhoSignedInSeeTheirPages) {
  EXPECT_EQ(go("/open", "whole"), "whole");
  EXPECT_EQ(go("/cases", "whole"), "whole");
  EXPECT_EQ(go("/sign-in", "whole"), "→ /cases");
  EXPECT_EQ(go("/sign-in/second-factor", "whole"), "→ /cases");
  EXPECT_EQ(go("/account/email", "whole"), "whole");
}

TEST_F(AccessCheck, AsksForAProofThatIsTooOld) {
  site.visitors.proved_at = site.clock.now() - std::chrono::minutes{20};
  EXPECT_EQ(go("/account/email", "whole"), "whole");
  site.visitors.proved_at -= std::chrono::milliseconds{1};
  EXPECT_EQ(go("/account/email", "whole"), "→ /sign-in/again?return_to=%2Faccount%2Femail");
  EXPECT_EQ(go("/cases", "whole"), "whole");
}

TEST_F(AccessCheck, HoldsForPostsAsWell) {
  Request post = site.post("/cases/connect");
  EXPECT_EQ(header_of(site.answer(post), "location"), "/sign-in?return_to=%2Fcases");
  ScriptedSite::set_header(post, "referer", "https://account.northport.example/cases/NPT1?x=1");
  EXPECT_EQ(header_of(site.answer(post), "location"), "/sign-in?return_to=%2Fcases%2FNPT1%3Fx%3D1");
  ScriptedSite::set_header(post, "referer", "https://evil.example/cases/NPT1");
  EXPECT_EQ(header_of(site.answer(post), "location"), "/sign-in?return_to=%2Fcases");
  EXPECT_EQ(site.answer(site.post("/cases/connect", "half")).status, 303);
  EXPECT_EQ(site.answer(site.post("/cases/connect", "whole")).body, "done");
  site.visitors.proved_at = site.clock.now() - std::chrono::minutes{21};
  EXPECT_EQ(site.answer(site.post("/account/email", "whole")).status, 303);
}

TEST_F(AccessCheck, TellsMachinesInsteadOfRedirecting) {
  Request request = site.get("/cases");
  ScriptedSite::set_header(request, "accept", "application/json");
  const Response response = site.answer(request);
  EXPECT_EQ(response.status, 401);
  EXPECT_EQ(response.content_type, "application/problem+json; charset=utf-8");
}

TEST_F(AccessCheck, KeepsTheQueryOfThePageAskedFor) {
  Request request = site.get("/cases");
  request.query = "show=closed";
  EXPECT_EQ(header_of(site.answer(request), "location"), "/sign-in?return_to=%2Fcases%3Fshow%3Dclosed");
}

TEST_F(AccessCheck, CostsAStrangerNoRead) {
  go("/open", "");
  go("/cases", "");
  go("/nothing", "");
  EXPECT_EQ(site.database.snapshots, 0);
  go("/open", "whole");
  EXPECT_EQ(site.database.snapshots, 1);
}

}  // namespace
}  // namespace waymark::web
