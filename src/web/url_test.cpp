#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "web/html.hpp"
#include "web/url_encoding.hpp"

namespace waymark::web {
namespace {

TEST(Url, EncodesPartsAndParameters) {
  EXPECT_EQ(Url("/cases/").part("a/b c?ñ").text(), "/cases/a%2Fb%20c%3F%C3%B1");
  EXPECT_EQ(Url("/x").with("a", "1&2").with("b", "#").text(), "/x?a=1%262&b=%23");
}

TEST(Url, TakesLocalAddresses) {
  for (const std::string_view path : {"/", "/cases", "/cases/NPT2690001234?x=a%2Fb&y=https://e.example",
                                      "/a-b_c~d/%C3%B1", "/cases#history", "/a?next=//x"}) {
    EXPECT_TRUE(Url::is_local(path)) << path;
  }
}

TEST(Url, RefusesEveryWayOutOfTheSite) {
  for (const std::string_view path : {"",
                                      "cases",
                                      "//evil.example",
                                      "///evil.example",
                                      "/\\evil.example",
                                      "\\\\evil.example",
                                      "/\\/evil.example",
                                      "/%2fevil.example",
                                      "/%2Fevil.example",
                                      "/%5cevil.example",
                                      "/%5Cevil.example",
                                      "/\tevil",
                                      "/\t/evil.example",
                                      "\t//evil.example",
                                      " //evil.example",
                                      "/\n/evil.example",
                                      "/\r\nset-cookie: a=b",
                                      "/a%0d%0ab",
                                      "/a%00",
                                      "/%09/evil",
                                      "https:evil.example",
                                      "https://evil.example",
                                      "https:/evil.example",
                                      "HTTPS://evil.example",
                                      "javascript:alert(1)",
                                      "data:text/html,x",
                                      "/a//evil.example",
                                      "/./x",
                                      "/../x",
                                      "/x/..//evil.example",
                                      "/%2e%2e/evil.example",
                                      "/x:y",
                                      "/\x7f",
                                      "/ñ",
                                      "/a b",
                                      "/%",
                                      "/%4",
                                      "@evil.example",
                                      "?x",
                                      "#x",
                                      ".evil.example"}) {
    EXPECT_FALSE(Url::is_local(path)) << path;
  }
  EXPECT_FALSE(Url::is_local("/" + std::string(2048, 'a')));
  EXPECT_FALSE(Url::is_local(std::string_view("/a\0b", 4)));
}

TEST(Url, FallsBackWhenAnAddressIsNotLocal) {
  EXPECT_EQ(Url::local_or("//evil.example", "/cases").text(), "/cases");
  EXPECT_EQ(Url::local_or("/account", "/cases").text(), "/account");
}

TEST(Url, TakesOnlyHarmlessSchemesFromTheConfiguration) {
  for (const std::string_view good : {"https://a.example/x", "mailto:help@a.example", "tel:+15555550123",
                                      "http://localhost:8080", "http://127.0.0.1", "/contact"}) {
    EXPECT_EQ(Url::from_configuration(good).text(), good);
  }
  for (const std::string_view bad : {"javascript:alert(1)", "http://a.example", "http://localhost.evil.example",
                                     "data:x", "//a.example", "https://a.example/\"x", "https://a.example/ x", ""}) {
    EXPECT_EQ(Url::from_configuration(bad).text(), "/") << bad;
  }
}

RC_GTEST_PROP(UrlEncoding, IsUndoneByTheFormDecoder, (const std::vector<std::uint16_t>& code_units)) {
  std::string text;
  for (const auto unit : code_units) {  // two-byte UTF-8 and ASCII, without NUL
    const unsigned c = 1U + unit % 0x7FEU;
    if (c < 0x80U) {
      text.push_back(static_cast<char>(c));
    } else {
      text.push_back(static_cast<char>(0xC0U | (c >> 6U)));
      text.push_back(static_cast<char>(0x80U | (c & 0x3FU)));
    }
  }
  RC_ASSERT(decode_form_text(percent_encode(text)) == text);
}

}  // namespace
}  // namespace waymark::web
