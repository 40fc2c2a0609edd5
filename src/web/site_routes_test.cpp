#include "web/site_routes.hpp"

#include <gtest/gtest.h>

#include "support/scripted_site.hpp"

namespace waymark::web {
namespace {

using testing::header_of;
using testing::ScriptedSite;

TEST(LanguageChoice, IsKeptInACookieAndReturnsToThePage) {
  ScriptedSite site;
  const Response response = site.answer(site.post("/language", {}, "language=es&return_to=%2Fcases%2FNPT1%3Fa%3Db"));
  EXPECT_EQ(response.status, 303);
  EXPECT_EQ(header_of(response, "location"), "/cases/NPT1?a=b");
  ASSERT_EQ(response.cookies.size(), 1U);
  EXPECT_TRUE(response.cookies.front().starts_with("__Host-language=es; "));
  EXPECT_EQ(site.visitors.kept_language, "") << "a stranger has no account";
}

TEST(LanguageChoice, IsKeptWithTheAccountOfWhoSignedIn) {
  ScriptedSite site;
  EXPECT_EQ(site.answer(site.post("/language", "whole", "language=es")).status, 303);
  EXPECT_EQ(site.visitors.kept_language, "es");
  EXPECT_EQ(site.answer(site.post("/language", "half", "language=en")).status, 303);
  EXPECT_EQ(site.visitors.kept_language, "es") << "half signed in is not";
}

TEST(LanguageChoice, ReturnsToOurOwnPagesOnly) {
  ScriptedSite site;
  for (const char* away : {"%2F%2Fevil.example", "https%3A%2F%2Fevil.example", "%2F%5Cevil.example", ""}) {
    const Response response = site.answer(site.post("/language", {}, std::string("language=es&return_to=") + away));
    EXPECT_EQ(header_of(response, "location"), "/") << away;
  }
}

TEST(LanguageChoice, RefusesALanguageWeLack) {
  ScriptedSite site;
  const Response response = site.answer(site.post("/language", {}, "language=x-unknown"));
  EXPECT_EQ(response.status, 400);
  EXPECT_TRUE(response.cookies.empty());
}

TEST(Robots, KeepsCrawlersOffPersonalPages) {
  ScriptedSite site;
  const Response response = site.answer(site.get("/robots.txt"));
  EXPECT_EQ(response.content_type, "text/plain; charset=utf-8");
  EXPECT_NE(response.body.find("Disallow: /cases\n"), std::string::npos);
}

TEST(BrandStyle, IsServedByEverySite) {
  ScriptedSite site;
  EXPECT_EQ(site.answer(site.get("/brand.css")).content_type, "text/css; charset=utf-8");
}

}  // namespace
}  // namespace waymark::web
