#include "features/accounts/devices/browser_name.hpp"

#include <gtest/gtest.h>

#include <string>

namespace waymark::accounts {
namespace {

std::string name_of(std::string_view user_agent) {
  const auto name = browser_name(user_agent);
  return std::string(name.browser) + " on " + std::string(name.system);
}

TEST(BrowserName, KnowsTheCommonBrowsers) {
  EXPECT_EQ(name_of("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"), "Firefox on Linux");
  EXPECT_EQ(name_of("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 "
                    "Mobile Safari/537.36"),
            "Chrome on Android");
  EXPECT_EQ(name_of("Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
                    "Version/18.5 Mobile/15E148 Safari/604.1"),
            "Safari on iPhone");
  EXPECT_EQ(name_of("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 "
                    "Safari/537.36 Edg/140.0.0.0"),
            "Edge on Windows");
}

TEST(BrowserName, SaysNothingOfWhatItDoesNotKnow) {
  EXPECT_EQ(name_of(""), " on ");
  EXPECT_EQ(name_of("curl/8.5"), " on ");
  EXPECT_EQ(name_of("<script>alert(1)</script>"), " on ");
}

}  // namespace
}  // namespace waymark::accounts
