#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <thread>

#include "support/page_browser.hpp"
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

int count(const std::string& page, std::string_view text) {
  int found = 0;
  for (auto at = page.find(text); at != std::string::npos; at = page.find(text, at + text.size())) ++found;
  return found;
}

// Each page has a mask of its own.
std::string without_tokens(std::string page) {
  const std::string token = testing::PageBrowser::token_in(page);
  for (auto at = page.find(token); at != std::string::npos; at = page.find(token)) page.erase(at, token.size());
  return page;
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

// Frames are made once and shared: what is one visitor's may not be in them.
TEST(PageFrame, GivesEachPageItsOwnTokenAddressAndTimes) {
  PageSite site;
  PageVisit ana(site, "en", "/cases"), ben(site, "en", "/account");
  ana.sign_in();
  ben.sign_in("Ben");
  ben.exchange.visitor.csrf_secret = "a secret of another session";
  ana.exchange.visitor.idle_ends_at = ana.exchange.now + std::chrono::minutes{10};
  ana.exchange.visitor.ends_at = ana.exchange.now + std::chrono::hours{1};
  ben.exchange.visitor.idle_ends_at = ben.exchange.now + std::chrono::minutes{20};
  ben.exchange.visitor.ends_at = ben.exchange.now + std::chrono::hours{2};
  const auto of_ana = draw(ana), of_ben = draw(ben);
  EXPECT_THAT(of_ana, HasSubstr("data-idle-ms=\"600000\" data-left-ms=\"3600000\""));
  EXPECT_THAT(of_ben, HasSubstr("data-idle-ms=\"1200000\" data-left-ms=\"7200000\""));
  EXPECT_THAT(of_ana, HasSubstr("name=\"return_to\" value=\"/cases\""));
  EXPECT_THAT(of_ben, HasSubstr("name=\"return_to\" value=\"/account\""));
  EXPECT_TRUE(ana.exchange.is_csrf_token(testing::PageBrowser::token_in(of_ana)));
  EXPECT_TRUE(ben.exchange.is_csrf_token(testing::PageBrowser::token_in(of_ben)));
  EXPECT_FALSE(ben.exchange.is_csrf_token(testing::PageBrowser::token_in(of_ana)));
  EXPECT_EQ(count(of_ben, "<form"), count(of_ben, "name=\"csrf\" value=\"" + testing::PageBrowser::token_in(of_ben)));
}

TEST(PageFrame, ShowsASharedComputersBarToWhoSaidSo) {
  PageSite site;
  PageVisit own(site), shared(site);
  own.sign_in();
  shared.sign_in();
  shared.exchange.visitor.is_shared_computer = true;
  EXPECT_THAT(draw(own), Not(HasSubstr("shared-bar")));
  EXPECT_THAT(draw(shared), HasSubstr("shared-bar"));
  EXPECT_THAT(draw(own), Not(HasSubstr("shared-bar")));
}

TEST(PageFrame, ShowsEachOfficerTheirRolesPlaces) {
  PageSite page_site;
  auto parts = page_site.site.parts();
  parts.office_nav = {
      {.path = "/office/cases", .words = "web.nav.cases", .active = "cases", .roles = {OfficeRole::case_officer}},
      {.path = "/office/audit", .words = "web.nav.account", .active = "audit", .roles = {OfficeRole::auditor}}};
  const Site site(parts, Router{});
  const auto draw_for = [&](std::optional<OfficeRole> role) {
    Request request;
    request.path = "/office";
    Exchange exchange(request, site, page_site.clock.now());
    exchange.visitor.standing = role ? Standing::signed_in : Standing::stranger;
    if (role) exchange.visitor.seat = OfficeSeat{.role = *role};
    return render_page(exchange, {.title = "Office"}, Html{}).body;
  };
  for (int twice = 0; twice < 2; ++twice) {
    const auto of_officer = draw_for(OfficeRole::case_officer), of_auditor = draw_for(OfficeRole::auditor);
    EXPECT_THAT(of_officer, HasSubstr("href=\"/office/cases\""));
    EXPECT_THAT(of_officer, Not(HasSubstr("href=\"/office/audit\"")));
    EXPECT_THAT(of_officer, HasSubstr("action=\"/office/sign-out\""));
    EXPECT_THAT(of_auditor, HasSubstr("href=\"/office/audit\""));
    EXPECT_THAT(of_auditor, Not(HasSubstr("href=\"/office/cases\"")));
    EXPECT_THAT(draw_for(std::nullopt), Not(HasSubstr("href=\"/office/cases\"")));
    EXPECT_THAT(draw_for(std::nullopt), Not(HasSubstr("/office/sign-out")));
  }
}

TEST(PageFrame, IsTheSameForThreadsThatRaceForTheFirst) {
  constexpr int kThreads = 4;
  PageSite site;
  std::array<std::string, kThreads> drawn;
  {
    std::vector<std::jthread> threads;
    for (auto& page : drawn) {
      threads.emplace_back([&site, &page] {
        for (const std::string_view language : {"en", "es", "en-XA", "en-XB"}) {
          PageVisit stranger(site, language), ana(site, language);
          ana.sign_in();
          for (auto* visit : {&stranger, &ana}) page += without_tokens(draw(*visit));
        }
      });
    }
  }
  for (const auto& page : drawn) EXPECT_EQ(page, drawn[0]);
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
