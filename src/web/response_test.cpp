#include "web/response.hpp"

#include <gtest/gtest.h>

#include "support/scripted_site.hpp"
#include "web/cookies.hpp"

namespace waymark::web {
namespace {

using testing::header_of;

TEST(Response, RedirectsWithoutABody) {
  const Response response = Response::redirect(Url("/cases"));
  EXPECT_EQ(response.status, 303);
  EXPECT_EQ(header_of(response, "location"), "/cases");
  EXPECT_TRUE(response.body.empty());
}

TEST(Response, NamesDownloadsSafely) {
  const Response response = Response::download("../\"x\"; a=b\r\nñ.pdf", "application/pdf", "%PDF");
  EXPECT_EQ(header_of(response, "content-disposition"), "attachment; filename=\"_.__x___a_b____.pdf\"");
}

TEST(Incident_I64_ResponseDeathTest, TakesNoLineBreakInAHeaderOrCookie) {
  Response response;
  EXPECT_DEATH(response.with_header("location", "/a\r\nset-cookie: x=y"), "");
  EXPECT_DEATH(response.with_header("location", "/a\nb"), "");
  EXPECT_DEATH(response.with_header("a\r\nb", "c"), "");
  EXPECT_DEATH(response.with_cookie("a=b\r\nx: y"), "");
  EXPECT_DEATH(response.with_header("location", std::string("/a\0b", 4)), "");
}

TEST(Cookies, AreBoundToTheHostAndHiddenFromScripts) {
  EXPECT_EQ(set_cookie(kSessionCookie, "abc", std::nullopt),
            "__Host-session=abc; Path=/; Secure; HttpOnly; SameSite=Lax");
  EXPECT_EQ(set_cookie(kLanguageCookie, "es", std::chrono::hours{1}),
            "__Host-language=es; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=3600");
  EXPECT_EQ(clear_cookie(kSessionCookie), "__Host-session=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0");
}

TEST(CookiesDeathTest, TakeNoValueThatCouldAddAnAttribute) {
  EXPECT_DEATH(set_cookie(kSessionCookie, "a; Domain=evil.example", std::nullopt), "");
  EXPECT_DEATH(set_cookie(kSessionCookie, "a\r\nb", std::nullopt), "");
  EXPECT_DEATH(set_cookie("session", "a", std::nullopt), "");
}

}  // namespace
}  // namespace waymark::web
