#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/page_site.hpp"
#include "web/page.hpp"

namespace waymark::web {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::PageSite;
using testing::PageVisit;

std::string draw(PageVisit& visit, PageOptions options = {.title = "Sign in"}) {
  return render_page(visit.exchange, options, page_heading(options.title)).body;
}

TEST(PageFrame, NamesLanguageDirectionAndTitle) {
  PageSite site;
  PageVisit english(site), turned(site, "en-XB");
  EXPECT_THAT(draw(english), HasSubstr("<html lang=\"en\" dir=\"ltr\">"));
  EXPECT_THAT(draw(english), HasSubstr(fmt::format("<title>Sign in – {}</title>", site.catalogue.brand().agency_name)));
  EXPECT_THAT(draw(turned), HasSubstr("<html lang=\"en-XB\" dir=\"rtl\">"));
}

TEST(PageFrame, HasNoScriptOrStyleWithinThePage) {
  PageSite site;
  PageVisit visit(site);
  const auto page = draw(visit);
  EXPECT_THAT(page, Not(HasSubstr("<style")));
  EXPECT_THAT(page, Not(HasSubstr(" style=")));
  EXPECT_THAT(page, Not(HasSubstr("<script>")));
  EXPECT_THAT(page, Not(HasSubstr(" onclick")));
}

TEST(PageFrame, BeginsWithTheWayToTheMainContent) {
  PageSite site;
  PageVisit visit(site);
  const auto page = draw(visit);
  const auto skip = page.find("href=\"#main\"");
  ASSERT_NE(skip, std::string::npos);
  EXPECT_LT(skip, page.find("<header"));
  EXPECT_THAT(page, HasSubstr("<main id=\"main\""));
}

TEST(PageFrame, OffersSignInToStrangersAndTheirPlacesToPeopleSignedIn) {
  PageSite site;
  PageVisit stranger(site), ana(site);
  ana.sign_in();
  EXPECT_THAT(draw(stranger), HasSubstr("href=\"/sign-in\""));
  EXPECT_THAT(draw(stranger), Not(HasSubstr("/sign-out")));
  const auto page = draw(ana, {.title = "Your cases", .active_nav = "cases"});
  EXPECT_THAT(page, HasSubstr("<a href=\"/cases\" aria-current=\"true\">Your cases</a>"));
  EXPECT_THAT(page, HasSubstr("method=\"post\" action=\"/sign-out\""));
  EXPECT_THAT(page, Not(HasSubstr("href=\"/sign-in\"")));
}

TEST(PageFrame, LetsSomebodyHalfSignedInOnlySignOut) {
  PageSite site;
  PageVisit visit(site);
  visit.exchange.visitor.standing = Standing::half_signed_in;
  visit.exchange.visitor.csrf_secret = "a secret of the session";
  const auto page = draw(visit);
  EXPECT_THAT(page, HasSubstr("action=\"/sign-out\""));
  EXPECT_THAT(page, Not(HasSubstr("href=\"/account\"")));
}

TEST(PageFrame, OffersTheOtherLanguagesByTheirOwnNamesAndComesBack) {
  PageSite site;
  PageVisit visit(site, "en", "/help");
  visit.request.query = "q=a&b";
  const auto page = draw(visit);
  EXPECT_THAT(page, HasSubstr("action=\"/language\""));
  EXPECT_THAT(page, HasSubstr("name=\"language\" value=\"es\" lang=\"es\" dir=\"ltr\">Español</button>"));
  EXPECT_THAT(page, Not(HasSubstr("value=\"en\" lang")));
  EXPECT_THAT(page, HasSubstr("name=\"return_to\" value=\"/help?q=a&amp;b\""));
}

TEST(PageFrame, SaysErrorInTheTitleAndIsNotCompressedAfterARefusal) {
  PageSite site;
  PageVisit visit(site);
  FormState form;
  const PageOptions options{.title = "Sign in", .form = &form};
  EXPECT_EQ(render_page(visit.exchange, options, Html{}).status, 200);
  EXPECT_TRUE(render_page(visit.exchange, options, Html{}).may_compress);
  form.failure = Failure{.message = {"web.error.summary_title", {}}};
  const auto response = render_page(visit.exchange, options, Html{});
  EXPECT_EQ(response.status, 422);
  EXPECT_FALSE(response.may_compress);
  EXPECT_THAT(response.body, HasSubstr("<title>Error: Sign in"));
}

TEST(PageFrame, ExplainsTheOfficialAddress) {
  PageSite site;
  PageVisit visit(site);
  EXPECT_THAT(draw(visit), HasSubstr("account.northport.example"));
}

TEST(PageFrame, EscapesItsTitle) {
  PageSite site;
  PageVisit visit(site);
  EXPECT_THAT(draw(visit, {.title = "</title><b>"}), HasSubstr("<title>&lt;/title&gt;&lt;b&gt;"));
}

// 15,000 bytes compressed is the budget of a whole page; the frame alone must leave nearly all of it.
TEST(PageFrame, IsSmall) {
  PageSite site;
  PageVisit visit(site);
  visit.sign_in();
  EXPECT_LT(draw(visit).size(), 7'000U);
}

}  // namespace
}  // namespace waymark::web
