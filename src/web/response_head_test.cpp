#include "web/response_head.hpp"

#include <gtest/gtest.h>

namespace waymark::web {
namespace {

std::string head_of(const Response& response, bool closes = false) {
  std::string out = "what was there before";
  return write_response_head(out, response, "DATE", closes) ? out : "refused";
}

// Past Response's own check, as a mistake in it would be.
Response with_header(const std::string& name, const std::string& value) {
  Response response;
  response.headers = {{name, value}};
  return response;
}

TEST(ResponseHead, HoldsStatusDateTypeAndLength) {
  EXPECT_EQ(head_of(Response{.status = 404, .content_type = "text/plain", .body = "twelve bytes"}),
            "HTTP/1.1 404 Not Found\r\nDate: DATE\r\nContent-Type: text/plain\r\nContent-Length: 12\r\n"
            "Cache-Control: no-store\r\n\r\n");
}

TEST(ResponseHead, HoldsHeadersAndCookiesInTheirOrder) {
  Response response{.content_type = "", .body = {}, .fixed_body = "abc", .caching = Caching::immutable};
  response.headers = {{"x-a", "1"}, {"x-b", "caf\xc3\xa9\t2"}};
  response.cookies = {"a=1; Path=/", "b=2"};
  EXPECT_EQ(
      head_of(response, true),
      "HTTP/1.1 200 OK\r\nDate: DATE\r\nContent-Length: 3\r\nConnection: close\r\nx-a: 1\r\nx-b: caf\xc3\xa9\t2\r\n"
      "Set-Cookie: a=1; Path=/\r\nSet-Cookie: b=2\r\n\r\n");
}

TEST(ResponseHead, PersonalPagesAreNeverStoredUnlessSaidOtherwise) {
  Response response;
  response.headers = {{"cache-control", "no-cache"}};
  const std::string head = head_of(response);
  EXPECT_NE(head.find("cache-control: no-cache\r\n"), std::string::npos);
  EXPECT_EQ(head.find("no-store"), std::string::npos);
}

TEST(ResponseHead, StatusesWithoutABodySayNoLength) {
  for (const int status : {204, 304}) {
    const std::string head = head_of(Response{.status = status, .body = "x"});
    EXPECT_EQ(head.find("Content-Length"), std::string::npos);
    EXPECT_EQ(head.find("Content-Type"), std::string::npos);
  }
}

TEST(ResponseHead, Incident_I64_RefusesWhatWouldEndALine) {
  for (const std::string& bad :
       {std::string("a\rb"), std::string("a\nb"), std::string("a\0b", 3), std::string("\x7f")}) {
    EXPECT_EQ(head_of(Response{.content_type = bad, .body = {}}), "refused");
    EXPECT_EQ(head_of(with_header("x", bad)), "refused");
    EXPECT_EQ(head_of(with_header(bad, "x")), "refused");
    Response with_cookie;
    with_cookie.cookies = {bad};
    EXPECT_EQ(head_of(with_cookie), "refused");
  }
  EXPECT_EQ(head_of(with_header("", "x")), "refused");
  EXPECT_EQ(head_of(with_header("a:b", "x")), "refused");
  EXPECT_EQ(head_of(Response{.status = 99, .body = {}}), "refused");
  EXPECT_EQ(head_of(Response{.status = 600, .body = {}}), "refused");
}

TEST(ResponseHead, WritesDatesAsTheStandardDoes) {
  EXPECT_EQ(to_http_date(from_millis(0)), "Thu, 01 Jan 1970 00:00:00 GMT");
  EXPECT_EQ(to_http_date(from_millis(784111777999)), "Sun, 06 Nov 1994 08:49:37 GMT");
  EXPECT_EQ(to_http_date(from_millis(1709251199000)), "Thu, 29 Feb 2024 23:59:59 GMT");
}

}  // namespace
}  // namespace waymark::web
