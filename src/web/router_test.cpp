#include "web/router.hpp"

#include <gtest/gtest.h>

namespace waymark::web {
namespace {

GetHandler nothing() {
  return [](Exchange&) -> Result<Response> { return Response{}; };
}
PostHandler accept() {
  return [](Exchange&, const Form&) -> Result<Response> { return Response{}; };
}

Router sample() {
  Router router;
  router.get("/", Access::anyone, nothing());
  router.get("/cases", Access::signed_in, nothing());
  router.get("/cases/:receipt", Access::signed_in, nothing());
  router.form(
      "/cases/connect", Access::signed_in, [](Exchange&, const FormState&) -> Result<Response> { return Response{}; },
      accept());
  router.post("/cases/:receipt/disconnection", Access::signed_in, accept());
  router.get("/cases/:receipt/history/:event", Access::signed_in, nothing());
  return router;
}

std::string pattern_at(Method method, std::string_view path) {
  static const Router router = sample();
  const auto match = router.match(method, path);
  EXPECT_EQ(match.route, router.find_route(method, path));
  return match.route == nullptr ? std::string("none") : match.route->pattern;
}

TEST(Router, MatchesFixedSegmentsBeforeParts) {
  EXPECT_EQ(pattern_at(Method::get, "/"), "/");
  EXPECT_EQ(pattern_at(Method::get, "/cases"), "/cases");
  EXPECT_EQ(pattern_at(Method::get, "/cases/connect"), "/cases/connect");
  EXPECT_EQ(pattern_at(Method::get, "/cases/connected"), "/cases/:receipt");
}

TEST(Router, GoesBackToAPartWhenTheFixedSegmentLeadsNowhere) {
  EXPECT_EQ(pattern_at(Method::post, "/cases/connect/disconnection"), "/cases/:receipt/disconnection");
}

TEST(Router, GivesThePartsByName) {
  const Router router = sample();
  const auto match = router.match(Method::get, "/cases/NPT2690001234/history/17");
  ASSERT_EQ(match.parts.size(), 2U);
  EXPECT_EQ(match.parts[0], (std::pair<std::string_view, std::string>("receipt", "NPT2690001234")));
  EXPECT_EQ(match.parts[1], (std::pair<std::string_view, std::string>("event", "17")));
}

TEST(Router, AnswersHeadAsGet) { EXPECT_EQ(pattern_at(Method::head, "/cases"), "/cases"); }

TEST(Router, TellsWhichMethodsAPathHas) {
  const Router router = sample();
  const auto get_only = router.match(Method::post, "/cases");
  EXPECT_TRUE(get_only.path_exists);
  EXPECT_EQ(get_only.allowed, "GET, HEAD, OPTIONS");
  EXPECT_EQ(router.match(Method::delete_, "/cases/connect").allowed, "GET, HEAD, OPTIONS, POST");
  EXPECT_EQ(router.match(Method::get, "/cases/X/disconnection").allowed, "OPTIONS, POST");
  EXPECT_FALSE(router.match(Method::get, "/nothing").path_exists);
}

TEST(Incident_I67_Router, TakesNoOtherSpellingOfAPath) {
  for (const std::string_view path : {"/cases/", "/cases//", "//cases", "/Cases", "/cases/X/a.css", "/cases/X;a.css",
                                      "/cases/a.css", "/cases;a.css", "/cases.css", "/cases/X/", "/cases/%2e", "cases",
                                      "", "/cases/X/history", "/cases/ñ", "/cases/a b", "/cases/X/history/17/more"}) {
    EXPECT_EQ(pattern_at(Method::get, path), "none") << path;
  }
}

TEST(RouterDeathTest, RefusesAPatternTwice) {
  Router router = sample();
  EXPECT_DEATH(router.get("/cases", Access::anyone, nothing()), "");
  EXPECT_DEATH(router.get("/cases/:other_name", Access::anyone, nothing()), "");
}

TEST(RouterDeathTest, RefusesBrokenPatterns) {
  Router router;
  EXPECT_DEATH(router.get("cases", Access::anyone, nothing()), "");
  EXPECT_DEATH(router.get("/cases/", Access::anyone, nothing()), "");
  EXPECT_DEATH(router.get("/cases//x", Access::anyone, nothing()), "");
  EXPECT_DEATH(router.get("/cases", Access::anyone, GetHandler{}), "");
}

}  // namespace
}  // namespace waymark::web
