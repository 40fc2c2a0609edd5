#include "web/host_check.hpp"

#include <gtest/gtest.h>

namespace waymark::web {
namespace {

TEST(AuthorityOf, LeavesOutTheSchemeAndItsOwnPort) {
  EXPECT_EQ(authority_of("https://Account.Example.org"), "account.example.org");
  EXPECT_EQ(authority_of("https://account.example.org:443"), "account.example.org");
  EXPECT_EQ(authority_of("https://account.example.org:8443"), "account.example.org:8443");
  EXPECT_EQ(authority_of("http://localhost:80"), "localhost");
  EXPECT_EQ(authority_of("http://localhost:8080"), "localhost:8080");
}

TEST(Incident_I19_IsOurHost, TakesTheConfiguredNameOnly) {
  EXPECT_TRUE(is_our_host("account.example.org", "account.example.org", true));
  EXPECT_TRUE(is_our_host("ACCOUNT.example.org:443", "account.example.org", true));
  for (const std::string_view host :
       {"", "evil.example", "account.example.org.evil.example", "account.example.org:8443", "account.example.org:80",
        "localhost", "127.0.0.1", "example.org", "account.example.org."}) {
    EXPECT_FALSE(is_our_host(host, "account.example.org", true)) << host;
  }
}

TEST(IsOurHost, TakesEveryLoopbackNameAtTheSamePort) {
  for (const std::string_view host : {"localhost:8080", "127.0.0.1:8080", "[::1]:8080", "LOCALHOST:8080"}) {
    EXPECT_TRUE(is_our_host(host, "localhost:8080", false)) << host;
    EXPECT_TRUE(is_our_host(host, "127.0.0.1:8080", false)) << host;
  }
  for (const std::string_view host : {"localhost", "localhost:8081", "127.0.0.1.evil.example:8080",
                                      "localhost.evil:8080", "evil.example:8080", "127.0.0.2:8080", "0.0.0.0:8080"}) {
    EXPECT_FALSE(is_our_host(host, "localhost:8080", false)) << host;
  }
}

}  // namespace
}  // namespace waymark::web
