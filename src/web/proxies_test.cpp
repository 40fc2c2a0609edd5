#include "web/proxies.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include "support/server_fixture.hpp"

namespace waymark::web {
namespace {

bool trusts(const std::vector<std::string>& ranges, std::string_view address) {
  return TrustedProxies(ranges).contains(parse_ip_address(address).value());
}

TEST(TrustedProxies, ContainsTheNamedAddressesAndRanges) {
  EXPECT_TRUE(trusts({"10.0.0.7"}, "10.0.0.7"));
  EXPECT_FALSE(trusts({"10.0.0.7"}, "10.0.0.8"));
  EXPECT_TRUE(trusts({"10.0.0.0/8"}, "10.255.0.1"));
  EXPECT_FALSE(trusts({"10.0.0.0/8"}, "11.0.0.1"));
  EXPECT_TRUE(trusts({"192.168.4.0/22"}, "192.168.7.255"));
  EXPECT_FALSE(trusts({"192.168.4.0/22"}, "192.168.8.0"));
  EXPECT_TRUE(trusts({"2001:db8::/33"}, "2001:db8:7fff::1"));
  EXPECT_FALSE(trusts({"2001:db8::/33"}, "2001:db8:8000::1"));
  EXPECT_TRUE(trusts({"10.0.0.7"}, "::ffff:10.0.0.7"));
  EXPECT_FALSE(trusts({"0.0.0.0/0"}, "2001:db8::1"));
  EXPECT_FALSE(trusts({}, "127.0.0.1"));
}

TEST(TrustedProxies, RefusesWhatIsNoRange) {
  for (const std::string text : {"", "proxy", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "10.0.0.0/x", "::/129"}) {
    EXPECT_THROW(TrustedProxies({text}), std::runtime_error) << text;
  }
}

TEST(TrustedProxies, Incident_I62_TheClientIsTheRightmostHopThatNoProxyIs) {
  const TrustedProxies proxies({"10.0.0.0/8"});
  const auto client = [&](std::string_view forwarded) { return proxies.client_behind("10.0.0.1", forwarded); };
  EXPECT_EQ(client("203.0.113.9"), "203.0.113.9");
  EXPECT_EQ(client("6.6.6.6, 203.0.113.9"), "203.0.113.9");
  EXPECT_EQ(client("6.6.6.6, 203.0.113.9, 10.1.1.1 ,10.2.2.2"), "203.0.113.9");
  EXPECT_EQ(client("10.3.3.3, 10.2.2.2"), "10.3.3.3");
  EXPECT_EQ(client("203.0.113.9:4711"), "203.0.113.9");
  EXPECT_EQ(client("[2001:db8::1]:4711"), "2001:db8::1");
  EXPECT_EQ(client("2001:DB8:0::1"), "2001:db8::1");
  EXPECT_EQ(client("::ffff:203.0.113.9"), "203.0.113.9");
  EXPECT_EQ(client(""), "10.0.0.1");
  EXPECT_EQ(client("203.0.113.9, unknown"), "10.0.0.1");
  EXPECT_EQ(client("203.0.113.9,"), "10.0.0.1");
  EXPECT_EQ(client("6.6.6.6, garbage, 10.2.2.2"), "10.2.2.2");
}

using ServerProxyTest = ServerTest;

constexpr std::string_view kForwarded =
    "GET /a HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 6.6.6.6\r\nX-Forwarded-For: 203.0.113.9\r\n"
    "X-Forwarded-Proto: https\r\nX_Forwarded_For: 7.7.7.7\r\n\r\n";

TEST_F(ServerProxyTest, Incident_I62_ForwardedForCountsFromNamedProxiesOnly) {
  options.trusted_proxies = {"127.0.0.2"};
  start();
  auto stranger = connect();
  stranger.send(kForwarded);
  ASSERT_TRUE(stranger.read());
  EXPECT_EQ(last_request().peer, "127.0.0.1");
  EXPECT_FALSE(last_request().is_tls);

  test::RawClient proxy(server->port(), "127.0.0.2");
  proxy.send(kForwarded);
  ASSERT_TRUE(proxy.read());
  EXPECT_EQ(last_request().peer, "203.0.113.9");
  EXPECT_TRUE(last_request().is_tls);

  // The next request of the same connection is somebody else's.
  proxy.send("GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n");
  ASSERT_TRUE(proxy.read());
  EXPECT_EQ(last_request().peer, "127.0.0.2");
  EXPECT_FALSE(last_request().is_tls);
}

}  // namespace
}  // namespace waymark::web
