#include "web/session_end.hpp"
#include "features/accounts/limits.hpp"
#include "features/accounts/sessions/session_routes.hpp"
#include "support/account_pages.hpp"

namespace waymark::accounts {
namespace {

using testing::PageBrowser;

class SessionEnd : public testing::AccountPagesContract {
 protected:
  static std::string refresh_of(const web::Response& page) {
    static const std::regex refresh(
        "<noscript><meta http-equiv=\"refresh\" content=\"([0-9]+;url=[^\"]*)\"></noscript>");
    std::smatch match;
    return std::regex_search(page.body, match, refresh) ? match[1].str() : "";
  }
};

TEST_P(SessionEnd, IsSaidOnEveryPageOfSomebodySignedIn) {
  auto here = signed_in();
  const auto page = here.get("/account/devices?done=over");
  EXPECT_TRUE(shows(page, "id=\"session-ending\"")) << page.body;
  EXPECT_TRUE(shows(page, fmt::format("data-idle-ms=\"{}\"", std::chrono::milliseconds{kSessionIdle}.count())));
  EXPECT_EQ(refresh_of(page), fmt::format("{};url=/session/ending?return_to=%2Faccount%2Fdevices%3Fdone%3Dover",
                                          std::chrono::seconds{kSessionIdle - web::kEndingWarned}.count()));
  PageBrowser stranger(site(), "account.northport.example");
  const auto public_page = stranger.get("/sign-in");
  EXPECT_EQ(refresh_of(public_page), "");
  EXPECT_FALSE(shows(public_page, "session-ending"));
}

TEST_P(SessionEnd, NeverTakesAFormAwayThatMayBeHalfFilledIn) {
  auto here = signed_in();
  const auto page = here.get("/account/preferences");
  EXPECT_EQ(refresh_of(page), "");
  EXPECT_TRUE(shows(page, "id=\"session-ending\"")) << "with scripts it is said there too";
}

TEST_P(SessionEnd, IsNotMovedByAskingAboutIt) {
  for (const std::string asked : {"/session/left", "/session/ending"}) {
    auto here = signed_in();
    for (int minute = 0; minute < 15; ++minute) {
      ASSERT_TRUE(here.get(asked).status == 200) << asked << " after " << minute << " minutes";
      clock().move(1min);
    }
    EXPECT_FALSE(is_signed_in(here)) << asked << " kept the session alive";
  }
}

TEST_P(SessionEnd, IsToldToTheSecond) {
  auto here = signed_in();
  clock().move(14min + 59s + 999ms);
  EXPECT_EQ(here.get("/session/left").body,
            fmt::format("{{\"idle_ms\":1,\"left_ms\":{}}}", std::chrono::milliseconds{12h - 15min + 1ms}.count()));
  clock().move(1ms);
  EXPECT_EQ(here.get("/session/left").body, "{\"idle_ms\":0,\"left_ms\":0}");
  EXPECT_FALSE(is_signed_in(here));
}

TEST_P(SessionEnd, OnASharedComputerComesAfterFiveMinutesToTheMillisecondAndAnHourInAll) {
  auto idle = signed_in(SharedComputer::yes);
  clock().move(5min - 1ms);
  EXPECT_NE(idle.get("/session/left").body.find("\"idle_ms\":1,"), std::string::npos);
  clock().move(1ms);
  EXPECT_FALSE(is_signed_in(idle));

  auto busy = signed_in(SharedComputer::yes);
  for (int i = 0; i < 14; ++i) {
    clock().move(4min);
    ASSERT_TRUE(is_signed_in(busy));
  }
  clock().move(4min - 1ms);
  EXPECT_TRUE(is_signed_in(busy)) << "59 minutes 59.999 seconds";
  clock().move(1ms);
  EXPECT_FALSE(is_signed_in(busy)) << "an hour";
}

TEST_P(SessionEnd, IsMovedByStaying) {
  auto here = signed_in();
  clock().move(14min);
  const auto page = here.get("/session/ending?return_to=%2Faccount%2Fdevices");
  EXPECT_TRUE(shows(page, "Your session ends in about 1 minute")) << page.body;
  EXPECT_EQ(refresh_of(page), "61;url=/session/ending?return_to=%2Faccount%2Fdevices");
  EXPECT_EQ(went_to(here.post("/session/stay", PageBrowser::token_in(page.body), {{"return_to", "/account/devices"}})),
            "/account/devices");
  clock().move(14min);
  EXPECT_TRUE(is_signed_in(here));
}

TEST_P(SessionEnd, StayingLeadsToNoAddressOfOthers) {
  auto here = signed_in();
  const auto page = here.get("/session/ending?return_to=https%3A%2F%2Fevil.example");
  EXPECT_FALSE(shows(page, "value=\"https://evil.example"));
  EXPECT_EQ(went_to(here.post("/session/stay", PageBrowser::token_in(page.body), {{"return_to", "//evil.example"}})),
            "/cases");
}

TEST_P(SessionEnd, PageThatComesByItselfLeadsOnWhenItIsOver) {
  auto here = signed_in();
  clock().move(15min);
  EXPECT_EQ(went_to(here.get("/session/ending?return_to=%2Fcases")), "/signed-out?why=idle&return_to=%2Fcases");
  const auto out = here.get("/signed-out?why=idle&return_to=%2Fcases");
  EXPECT_TRUE(shows(out, "Nothing was done for a while"));
  EXPECT_TRUE(shows(out, "href=\"/sign-in?return_to=%2Fcases\""));
}

TEST_P(SessionEnd, PageThatCameTooEarlySaysThatTheSessionGoesOn) {
  auto here = signed_in();
  clock().move(12min);
  ASSERT_TRUE(is_signed_in(here)) << "in another tab";
  const auto page = here.get("/session/ending?return_to=%2Fcases");
  EXPECT_TRUE(shows(page, "You are still signed in"));
  EXPECT_EQ(refresh_of(page), "750;url=/session/ending?return_to=%2Fcases");
}

TEST_P(SessionEnd, StayingIsRefusedAfterTheEnd) {
  auto here = signed_in();
  const auto token = PageBrowser::token_in(here.get("/session/ending").body);
  clock().move(15min);
  EXPECT_TRUE(went_to(here.post("/session/stay", token, {})).starts_with("/sign-in"));
  EXPECT_FALSE(is_signed_in(here));
}

TEST_P(SessionEnd, OnASharedComputerTheWayOutIsAlwaysThere) {
  auto here = signed_in(SharedComputer::yes);
  const auto page = here.get("/account");
  EXPECT_TRUE(shows(page, "class=\"shared-bar\"")) << page.body;
  EXPECT_TRUE(shows(page, "Shared computer"));
  EXPECT_EQ(header(page, "cache-control"), "no-store");
  const auto out = here.submit("/account", "/sign-out", {});
  EXPECT_EQ(header(out, "clear-site-data"), "\"cache\", \"storage\", \"cookies\"");
  auto own = signed_in();
  EXPECT_FALSE(shows(own.get("/account"), "shared-bar"));
  EXPECT_EQ(header(own.submit("/account", "/sign-out", {}), "clear-site-data"), "\"cache\", \"storage\"")
      << "the cookie of a known device stays";
}

ON_BOTH_DATABASES(SessionEnd);

}  // namespace
}  // namespace waymark::accounts
