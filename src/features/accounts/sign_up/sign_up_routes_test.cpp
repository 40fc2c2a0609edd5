#include "features/accounts/sign_up/sign_up_routes.hpp"

#include "support/accounts_bed.hpp"
#include "support/page_browser.hpp"
#include "web/cookies.hpp"

namespace waymark::accounts {
namespace {

using testing::PageBrowser;
using ::testing::Test;

class SignUpPages : public Test {
 protected:
  SignUpPages()
      : site_({.catalogue = bed_.catalogue,
               .words = bed_.words,
               .database = made_.database(),
               .clock = bed_.clock,
               .random = bed_.random,
               .keys = bed_.keys,
               .metrics = made_.metrics(),
               .visitors = bed_.accounts.sessions,
               .origin = "https://account.northport.example"},
              routes(bed_.accounts)) {}
  static web::Router routes(Accounts& accounts) {
    web::Router router;
    add_sign_up_routes(router, accounts);
    router.get("/cases", web::Access::signed_in,
               [](web::Exchange&) -> Result<web::Response> { return web::Response::text("cases"); });
    return router;
  }
  PageBrowser browser() { return PageBrowser(site_, "account.northport.example"); }
  std::string told_code() {
    const auto told = bed_.take_told();
    return told.empty() ? std::string{} : testing::argument_of(told.back(), "code");
  }
  static std::string went_to(const web::Response& response) {
    EXPECT_EQ(response.status, 303) << response.body;
    return PageBrowser::location_of(response);
  }
  static bool shows(const web::Response& response, std::string_view text) {
    return response.body.find(text) != std::string::npos;
  }
  // Through the pages to the step; the browser stands before it.
  void go_until(PageBrowser& ana, std::string_view path, const std::string& email = "ana@example.org") {
    std::string at = "/sign-up/email";
    while (at != path) at = answer(ana, at, email);
  }
  std::string answer(PageBrowser& ana, const std::string& at, const std::string& email) {
    if (at == "/sign-up/email") return went_to(ana.submit(at, {{"email", email}}));
    if (at == "/sign-up/code") return went_to(ana.submit(at, {{"code", told_code()}}));
    if (at == "/sign-up/consent") return went_to(ana.submit(at, {{"consent", "yes"}}));
    if (at == "/sign-up/about-you") return went_to(ana.submit(at, about_you("Ana")));
    if (at == "/sign-up/password") {
      return went_to(ana.submit(at, {{"password", std::string(testing::kGoodPassword)}}));
    }
    if (at == "/sign-up/phone") {
      return went_to(ana.submit(at, {{"phone_country", "US"}, {"phone", "(555) 555-0123"}, {"phone_way", "text"}}));
    }
    if (at == "/sign-up/phone-code") return went_to(ana.submit(at, {{"code", told_code()}}));
    if (at == "/sign-up/authenticator") return went_to(ana.submit(at, {{"totp", app_code(ana)}}));
    if (at == "/sign-up/backup-codes") return went_to(ana.submit(at, {{"kept", "yes"}}));
    throw std::runtime_error("no way on from " + at);
  }
  static std::vector<std::pair<std::string, std::string>> about_you(std::string given) {
    return {{"given_name", std::move(given)}, {"family_name", "Morales"},     {"date_of_birth_day", "27"},
            {"date_of_birth_month", "03"},    {"date_of_birth_year", "1984"}, {"language", "en"}};
  }
  std::string app_code(PageBrowser& ana) {
    const auto sign_up = find_sign_up(bed_.accounts, {.token = ana.cookie(std::string(web::kSignUpCookie))});
    return totp_code(sign_up->draft.totp_secret, bed_.clock.now());
  }

  testing::TestDatabase made_{"sqlite"};
  testing::AccountsBed bed_{made_.database()};
  web::Site site_;
};

TEST_F(SignUpPages, LeadFromAnAddressToTheCases) {
  auto ana = browser();
  go_until(ana, "/sign-up/check");
  const auto check = ana.get("/sign-up/check");
  EXPECT_EQ(check.status, 200);
  EXPECT_TRUE(shows(check, "ana@example.org"));
  EXPECT_TRUE(shows(check, "ends in 23"));
  EXPECT_FALSE(shows(check, "5550123"));
  EXPECT_EQ(went_to(ana.submit("/sign-up/check", {})), "/cases");
  EXPECT_EQ(ana.get("/cases").body, "cases");
  EXPECT_EQ(ana.cookie(std::string(web::kSignUpCookie)), "");
  EXPECT_EQ(went_to(ana.get("/sign-up")), "/cases");
}

TEST_F(SignUpPages, SendWhoComesTooEarlyToTheRightStep) {
  auto ana = browser();
  for (const std::string path : {"/sign-up", "/sign-up/code", "/sign-up/password", "/sign-up/check",
                                 "/sign-up/welcome-back", "/sign-up/backup-codes/file"}) {
    EXPECT_EQ(went_to(ana.get(path)), "/sign-up/email") << path;
  }
  go_until(ana, "/sign-up/password");
  for (const std::string path :
       {"/sign-up", "/sign-up/code", "/sign-up/phone", "/sign-up/check", "/sign-up/backup-codes/file"}) {
    EXPECT_EQ(went_to(ana.get(path)), "/sign-up/password") << path;
  }
  EXPECT_EQ(ana.get("/sign-up/about-you").status, 200);
}

TEST_F(SignUpPages, ShowWhatWasAnsweredWhenAStepIsVisitedAgain) {
  auto ana = browser();
  go_until(ana, "/sign-up/check");
  const auto page = ana.get("/sign-up/about-you");
  EXPECT_TRUE(shows(page, "value=\"Morales\""));
  EXPECT_TRUE(shows(page, "value=\"1984\""));
  EXPECT_EQ(went_to(ana.submit("/sign-up/about-you", about_you("Anabel"))), "/sign-up/check");
  EXPECT_TRUE(shows(ana.get("/sign-up/check"), "Anabel Morales"));
}

TEST_F(SignUpPages, KeepWhatWasTypedWhenTheyRefuse) {
  auto ana = browser();
  go_until(ana, "/sign-up/about-you");
  const auto page = ana.submit("/sign-up/about-you", {{"given_name", "Ana \"<b>\""},
                                                      {"family_name", ""},
                                                      {"date_of_birth_day", "31"},
                                                      {"date_of_birth_month", "2"},
                                                      {"date_of_birth_year", "1984"},
                                                      {"language", "en"}});
  EXPECT_EQ(page.status, 422);
  EXPECT_TRUE(shows(page, "Ana &quot;&lt;b&gt;&quot;") || shows(page, "Ana &#34;&lt;b&gt;&#34;"));
  EXPECT_TRUE(shows(page, "Enter your family name"));
  EXPECT_TRUE(shows(page, "href=\"#date_of_birth\""));
  EXPECT_FALSE(page.may_compress);
}

TEST_F(SignUpPages, GiveTheBackupCodesAsAFileUntilThePersonHasThem) {
  auto ana = browser();
  go_until(ana, "/sign-up/backup-codes");
  const auto page = ana.get("/sign-up/backup-codes");
  const auto file = ana.get("/sign-up/backup-codes/file");
  EXPECT_EQ(file.content_type, "text/plain; charset=utf-8");
  EXPECT_TRUE(shows(file, "Northport"));
  const auto code = page.body.substr(page.body.find("<li class=\"code\">") + 17, 17);
  EXPECT_TRUE(shows(file, code));
  EXPECT_EQ(ana.submit("/sign-up/backup-codes", {}).status, 422);
  EXPECT_EQ(went_to(ana.submit("/sign-up/backup-codes", {{"kept", "yes"}})), "/sign-up/check");
  EXPECT_EQ(went_to(ana.get("/sign-up/backup-codes/file")), "/sign-up/check");
}

TEST_F(SignUpPages, SpeakTheLanguageThatWasChosen) {
  auto ana = browser();
  go_until(ana, "/sign-up/about-you");
  auto fields = about_you("Ana");
  fields.back().second = "es";
  EXPECT_EQ(went_to(ana.submit("/sign-up/about-you", fields)), "/sign-up/password");
  EXPECT_TRUE(shows(ana.get("/sign-up/password"), "Elija cómo va a entrar"));
}

TEST_F(SignUpPages, LetAPersonStopAndComeBack) {
  auto ana = browser();
  go_until(ana, "/sign-up/about-you");
  EXPECT_EQ(went_to(ana.submit("/sign-up/about-you", "/sign-up/pause", {})), "/sign-up/paused");
  EXPECT_EQ(ana.get("/sign-up/paused").status, 200);
  EXPECT_EQ(ana.cookie(std::string(web::kSignUpCookie)), "");
  go_until(ana, "/sign-up/code");
  EXPECT_EQ(went_to(ana.submit("/sign-up/code", {{"code", told_code()}})), "/sign-up/about-you");
}

TEST_F(SignUpPages, SayThatAnOldSignUpHasEnded) {
  auto ana = browser();
  go_until(ana, "/sign-up/password");
  bed_.clock.move(kSignUpLifetime);
  EXPECT_EQ(went_to(ana.get("/sign-up")), "/sign-up/email?ended=yes");
  EXPECT_TRUE(shows(ana.get("/sign-up/email?ended=yes"), "has ended"));
}

TEST_F(SignUpPages, SayHowLongToWaitAfterTooManyMessages) {
  auto ana = browser();
  go_until(ana, "/sign-up/code");
  EXPECT_EQ(went_to(ana.submit("/sign-up/code", "/sign-up/code/again", {})), "/sign-up/code?sent=yes");
  const auto page = ana.submit("/sign-up/code", "/sign-up/code/again", {});
  EXPECT_EQ(page.status, 429);
  EXPECT_TRUE(shows(page, "10 seconds"));
}

TEST_F(SignUpPages, DrawEveryStepInBothLanguages) {
  for (const std::string language : {"en", "es"}) {
    auto ana = browser();
    ana.accept_language = language;
    std::string at = "/sign-up/email";
    while (at != "/sign-up/check") {
      EXPECT_EQ(ana.get(at).status, 200) << at;
      at = answer(ana, at, language + "@example.org");
      bed_.clock.move(1min);
    }
    EXPECT_EQ(ana.get("/sign-up/authenticator").status, 200);
  }
}

TEST_F(SignUpPages, Incident_I18_DoubledAddressIsRefusedAndNothingIsSent) {
  auto ana = browser();
  EXPECT_EQ(ana.submit("/sign-up/email", {{"email", "ana@example.org"}, {"email", "eve@example.org"}}).status, 400);
  EXPECT_EQ(ana.submit("/sign-up/email", {{"email[]", "ana@example.org"}, {"email[]", "eve@example.org"}}).status, 400);
  EXPECT_TRUE(bed_.take_told().empty());
}

TEST_F(SignUpPages, Incident_I25_NoFieldMarksAnAddressAsProved) {
  auto ana = browser();
  go_until(ana, "/sign-up/code");
  const auto page = ana.submit("/sign-up/code", {{"code", "000000"}, {"email_proved_at", "1"}, {"state", "active"}});
  EXPECT_EQ(page.status, 422);
  EXPECT_EQ(went_to(ana.get("/sign-up")), "/sign-up/code");
}

TEST_F(SignUpPages, Incident_I20_EmptyAndAbsentCodesAreRefused) {
  auto ana = browser();
  go_until(ana, "/sign-up/code");
  EXPECT_EQ(ana.submit("/sign-up/code", {{"code", ""}}).status, 422);
  EXPECT_EQ(ana.submit("/sign-up/code", {}).status, 422);
}

TEST_F(SignUpPages, Incident_I71_KnownAndUnknownAddressesGetTheSamePages) {
  auto owner = browser();
  go_until(owner, "/sign-up/check", "known@example.org");
  ASSERT_EQ(went_to(owner.submit("/sign-up/check", {})), "/cases");
  bed_.clock.move(10min);

  auto at_known = browser();
  auto at_unknown = browser();
  const auto known_start = at_known.submit("/sign-up/email", {{"email", "known@example.org"}});
  const auto unknown_start = at_unknown.submit("/sign-up/email", {{"email", "other@example.org"}});
  EXPECT_EQ(went_to(known_start), went_to(unknown_start));
  ASSERT_EQ(known_start.cookies.size(), unknown_start.cookies.size());
  for (std::size_t i = 0; i < known_start.cookies.size(); ++i) {
    EXPECT_EQ(known_start.cookies[i].size(), unknown_start.cookies[i].size());
  }
  const auto known_page = at_known.get("/sign-up/code");
  const auto unknown_page = at_unknown.get("/sign-up/code");
  EXPECT_EQ(known_page.status, unknown_page.status);
  EXPECT_EQ(known_page.body.size(), unknown_page.body.size());
  const auto known_wrong = at_known.submit("/sign-up/code", {{"code", "123456"}});
  const auto unknown_wrong = at_unknown.submit("/sign-up/code", {{"code", "123456"}});
  EXPECT_EQ(known_wrong.status, unknown_wrong.status);
  EXPECT_EQ(known_wrong.body.size(), unknown_wrong.body.size());
}

}  // namespace
}  // namespace waymark::accounts
