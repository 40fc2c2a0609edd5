#include "web/exchange.hpp"

#include <gtest/gtest.h>

#include "support/page_site.hpp"

namespace waymark::web {
namespace {

using testing::PageSite;
using testing::PageVisit;

struct ExchangeInHand : ::testing::Test {
  PageSite page_site;
  PageVisit visit{page_site};
  std::string query(std::string text, std::string_view name) {
    visit.request.query = std::move(text);
    return visit.exchange.query(name);
  }
};

TEST_F(ExchangeInHand, DecodesAQueryParameter) {
  EXPECT_EQ(query("a=1&name=Ana+Mar%C3%ADa", "name"), "Ana María");
  EXPECT_EQ(query("a=1&name", "name"), "");
  EXPECT_EQ(query("", "name"), "");
  EXPECT_EQ(query("&&=&name=x", "name"), "x");
}

TEST_F(ExchangeInHand, Incident_I18_TakesNoParameterThatIsSaidTwice) {
  EXPECT_EQ(query("to=/a&to=/b", "to"), "");
  EXPECT_EQ(query("to=/a&%74o=/b", "to"), "");
}

TEST_F(ExchangeInHand, TakesNoBrokenParameter) {
  EXPECT_EQ(query("to=%ff", "to"), "");
  EXPECT_EQ(query("to=%0", "to"), "");
  EXPECT_EQ(query("to=%00", "to"), "");
}

TEST_F(ExchangeInHand, MakesAStrangersCookieAtTheFirstFormOnly) {
  EXPECT_EQ(visit.exchange.fresh_csrf_cookie(), "");
  const std::string first = visit.exchange.csrf_field().text();
  const std::string cookie = visit.exchange.fresh_csrf_cookie();
  EXPECT_EQ(cookie.size(), 32U);
  EXPECT_EQ(visit.exchange.csrf_field().text(), first) << "one mask a page";
  EXPECT_EQ(visit.exchange.fresh_csrf_cookie(), cookie);
}

TEST_F(ExchangeInHand, MasksTheSameKeyAnewOnEachPage) {
  PageVisit next{page_site};
  visit.sign_in();
  next.sign_in();
  EXPECT_NE(next.exchange.csrf_token(), visit.exchange.csrf_token()) << "or compression would give it away (BREACH)";
  EXPECT_TRUE(next.exchange.is_csrf_token(visit.exchange.csrf_token()));
}

TEST_F(ExchangeInHand, MakesNoCookieForWhoSignedIn) {
  visit.sign_in();
  EXPECT_TRUE(visit.exchange.is_csrf_token(visit.exchange.csrf_token()));
  EXPECT_EQ(visit.exchange.fresh_csrf_cookie(), "");
}

TEST_F(ExchangeInHand, TellsTimeWhereThePersonIsOrTheAgency) {
  EXPECT_EQ(visit.exchange.time_zone(), page_site.catalogue.brand().time_zone);
  visit.exchange.visitor.time_zone = "Europe/Madrid";
  EXPECT_EQ(visit.exchange.time_zone(), "Europe/Madrid");
}

}  // namespace
}  // namespace waymark::web
