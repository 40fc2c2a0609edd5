#include "web/request.hpp"

#include <gtest/gtest.h>

namespace waymark::web {
namespace {

Request with_cookies(std::string value) {
  Request request;
  request.headers = {{"accept", "text/html"}, {"cookie", std::move(value)}};
  return request;
}

TEST(Request, FindsAHeaderOrNothing) {
  const Request request = with_cookies("");
  EXPECT_EQ(request.header("accept"), "text/html");
  EXPECT_EQ(request.header("absent"), "");
}

TEST(Request, FindsACookieByItsWholeName) {
  const Request request = with_cookies("a=1; __Host-session=x=y; b=;  c=3;novalue; =4");
  EXPECT_EQ(request.cookie("a"), "1");
  EXPECT_EQ(request.cookie("__Host-session"), "x=y");
  EXPECT_EQ(request.cookie("b"), "");
  EXPECT_EQ(request.cookie("c"), "3");
  EXPECT_EQ(request.cookie("session"), std::nullopt);
  EXPECT_EQ(request.cookie("novalue"), std::nullopt);
  EXPECT_EQ(request.cookie("A"), std::nullopt);
  EXPECT_EQ(Request().cookie("a"), std::nullopt);
}

TEST(Request, ADoubledCookieIsNone) {
  EXPECT_EQ(with_cookies("a=1; a=2").cookie("a"), std::nullopt);
  EXPECT_EQ(with_cookies("a=1; b=2; a=1").cookie("a"), std::nullopt);
  EXPECT_EQ(with_cookies("a=1; b=2; a=1").cookie("b"), "2");
}

TEST(NetworkOf, IsTheAddressOfIpv4AndThe64OfIpv6) {
  EXPECT_EQ(network_of("203.0.113.9"), "203.0.113.9");
  EXPECT_EQ(network_of("::ffff:203.0.113.9"), "203.0.113.9");
  EXPECT_EQ(network_of("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
  EXPECT_EQ(network_of("2001:db8:1:2::7"), "2001:db8:1:2::/64");
  EXPECT_NE(network_of("2001:db8:1:3::7"), "2001:db8:1:2::/64");
  EXPECT_EQ(network_of("::1"), "::/64");
  EXPECT_EQ(network_of("unknown"), "unknown");
}

}  // namespace
}  // namespace waymark::web
