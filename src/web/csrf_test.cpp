#include "web/csrf.hpp"

#include <gtest/gtest.h>

#include "web/cookies.hpp"

namespace waymark::web {
namespace {

struct CsrfToken : ::testing::Test {
  SeededRandom random{3};
  KeyRing keys = make_keys(random);
  KeyedHash hash{keys, "web.csrf"};
  std::string key = csrf_key_of_session(hash, "secret");
};

TEST_F(CsrfToken, IsTakenAndDiffersAtEachDrawing) {
  const std::string first = make_csrf_token(random, key);
  const std::string second = make_csrf_token(random, key);
  EXPECT_NE(first, second);
  EXPECT_TRUE(is_csrf_token(first, key));
  EXPECT_TRUE(is_csrf_token(second, key));
}

TEST_F(CsrfToken, NeverRepeatsTheKeyInAPage) {
  for (int i = 0; i < 50; ++i) {
    const std::string a = make_csrf_token(random, key);
    const std::string b = make_csrf_token(random, key);
    EXPECT_NE(a.substr(0, 20), b.substr(0, 20));
    EXPECT_NE(a.substr(23), b.substr(23));
  }
}

TEST_F(CsrfToken, OfAnotherSessionOrVisitIsRefused) {
  EXPECT_FALSE(is_csrf_token(make_csrf_token(random, csrf_key_of_session(hash, "other")), key));
  EXPECT_FALSE(is_csrf_token(make_csrf_token(random, csrf_key_of_visit(hash, "secret")), key));
  const KeyRing other_keys = make_keys(random);
  EXPECT_FALSE(
      is_csrf_token(make_csrf_token(random, csrf_key_of_session(KeyedHash(other_keys, "web.csrf"), "secret")), key));
}

TEST_F(CsrfToken, Incident_I20_EmptyOrCutIsRefused) {
  const std::string token = make_csrf_token(random, key);
  for (const std::string& wrong :
       {std::string{}, std::string(" "), std::string("null"), token.substr(0, token.size() - 1), token + "A",
        token + "=", std::string(token.size(), 'A')}) {
    EXPECT_FALSE(is_csrf_token(wrong, key)) << wrong;
  }
  EXPECT_FALSE(is_csrf_token("", ""));
  EXPECT_FALSE(is_csrf_token(token, ""));
}

TEST_F(CsrfToken, IsMadeFromAVisitCookieOfOurOwnFormOnly) {
  Request request;
  EXPECT_EQ(find_visit_cookie(request), "");
  const std::string cookie = make_visit_cookie(random);
  request.headers = {{"cookie", "__Host-visit=" + cookie}};
  EXPECT_EQ(find_visit_cookie(request), cookie);
  for (const std::string_view wrong :
       {"", "short", "AAAABBBBCCCCDDDDEEEEFFFFGGGGHHH!", "AAAABBBBCCCCDDDDEEEEFFFFGGGGHHHHA"}) {
    request.headers = {{"cookie", "__Host-visit=" + std::string(wrong)}};
    EXPECT_EQ(find_visit_cookie(request), "") << wrong;
  }
}

bool is_ours(std::string_view site, std::string_view origin) {
  Request request;
  request.headers = {{"host", "a.example"}};
  if (!site.empty()) request.headers.emplace_back("sec-fetch-site", site);
  if (!origin.empty()) request.headers.emplace_back("origin", origin);
  return is_from_our_own_page(request, true);
}

TEST(Incident_I39_OwnPage, IsToldByWhatTheBrowserSays) {
  EXPECT_TRUE(is_ours("same-origin", "https://a.example"));
  EXPECT_TRUE(is_ours("same-origin", "https://A.example"));
  EXPECT_TRUE(is_ours("none", ""));
  EXPECT_TRUE(is_ours("", "https://a.example"));
  EXPECT_TRUE(is_ours("", ""));  // the token decides
  EXPECT_TRUE(is_ours("same-origin", "null"));

  EXPECT_FALSE(is_ours("cross-site", ""));
  EXPECT_FALSE(is_ours("cross-site", "https://a.example"));
  EXPECT_FALSE(is_ours("same-site", "https://b.example"));
  EXPECT_FALSE(is_ours("same-origin", "https://evil.example"));
  EXPECT_FALSE(is_ours("", "https://evil.example"));
  EXPECT_FALSE(is_ours("", "http://a.example"));
  EXPECT_FALSE(is_ours("", "https://a.example.evil.example"));
  EXPECT_FALSE(is_ours("", "https://a.example:8443"));
  EXPECT_FALSE(is_ours("", "null"));
  EXPECT_FALSE(is_ours("Same-Origin", ""));
}

}  // namespace
}  // namespace waymark::web
