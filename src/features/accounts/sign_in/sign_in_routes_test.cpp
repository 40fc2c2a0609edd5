#include "features/accounts/sign_in/sign_in_routes.hpp"

#include <regex>

#include "features/accounts/password_and_name_routes.hpp"
#include "features/accounts/sign_up/sign_up_routes.hpp"
#include "support/page_browser.hpp"
#include "support/signing_in.hpp"
#include "web/cookies.hpp"

namespace waymark::accounts {
namespace {

using testing::kGoodPassword;
using testing::kWrongPassword;
using testing::PageBrowser;

const std::string kSession(web::kSessionCookie);
const std::string kSecondFactor = "/sign-in/second-factor";

class SignInPages : public testing::WithAna {
 protected:
  void SetUp() override {
    WithAna::SetUp();
    if (IsSkipped()) return;
    auto& bed = ana().bed;
    site_ = std::make_unique<web::Site>(web::Site::Parts{.catalogue = bed.catalogue,
                                                         .words = bed.words,
                                                         .database = database(),
                                                         .clock = bed.clock,
                                                         .random = bed.random,
                                                         .keys = bed.keys,
                                                         .metrics = metrics(),
                                                         .visitors = bed.accounts.sessions,
                                                         .origin = "https://account.northport.example"},
                                        routes(bed.accounts));
  }
  void TearDown() override {
    site_.reset();
    WithAna::TearDown();
  }
  static web::Router routes(Accounts& accounts) {
    web::Router router;
    add_sign_up_routes(router, accounts);
    add_sign_in_routes(router, accounts);
    add_account_routes(router, accounts);
    add_password_and_name_routes(router, accounts);
    router.get("/cases", web::Access::signed_in,
               [](web::Exchange&) -> Result<web::Response> { return web::Response::text("cases"); });
    router.get("/delicate", web::Access::recently_proved,
               [](web::Exchange&) -> Result<web::Response> { return web::Response::text("delicate"); });
    return router;
  }
  PageBrowser browser() { return PageBrowser(*site_, "account.northport.example"); }

  static std::vector<std::pair<std::string, std::string>> answers(std::string_view password,
                                                                  std::string email = "ana@example.org") {
    return {{"email", std::move(email)}, {"password", std::string(password)}};
  }
  static std::string went_to(const web::Response& response) {
    EXPECT_EQ(response.status, 303) << response.body;
    return PageBrowser::location_of(response);
  }
  static std::string header(const web::Response& response, std::string_view name) {
    for (const auto& [held, value] : response.headers) {
      if (held == name) return value;
    }
    return {};
  }
  static bool shows(const web::Response& response, std::string_view text) {
    return response.body.find(text) != std::string::npos;
  }
  void give_password(PageBrowser& visitor) {
    EXPECT_EQ(went_to(visitor.submit("/sign-in", answers(kGoodPassword))), kSecondFactor);
  }
  void sign_in(PageBrowser& visitor) {
    ana().bed.clock.move(60s);
    give_password(visitor);
    EXPECT_EQ(went_to(visitor.submit(kSecondFactor, {{"totp", ana().app_code()}})), "/cases");
  }
  // A phone of hers that is used for signing in.
  PhoneId add_phone() {
    database().write([&](db::Transaction& tx) { accounts().store.set_language(tx, ana().account, "en"); });
    const Phone phone{.id = ana().bed.ids.next<PhoneId>(),
                      .account = ana().account,
                      .number = "+15555550123",
                      .proved_at = ana().bed.clock.now(),
                      .is_second_factor = true};
    database().write([&](db::Transaction& tx) { accounts().phones.add(tx, phone); });
    return phone.id;
  }
  bool is_signed_in(PageBrowser& visitor) { return visitor.get("/cases").body == "cases"; }
  // A browser with this cookie and no other.
  PageBrowser browser_with(const std::string& session) {
    auto visitor = browser();
    visitor.set_cookie(kSession, session);
    return visitor;
  }

  std::unique_ptr<web::Site> site_;
};

TEST_P(SignInPages, LeadBackToThePageThatWasAskedFor) {
  auto visitor = browser();
  const auto asked = went_to(visitor.get("/account/preferences"));
  EXPECT_EQ(asked, "/sign-in?return_to=%2Faccount%2Fpreferences");
  EXPECT_TRUE(shows(visitor.get(asked), "name=\"return_to\" value=\"/account/preferences\""));
  auto fields = answers(kGoodPassword);
  fields.emplace_back("return_to", "/account/preferences");
  const auto second = went_to(visitor.submit(asked, "/sign-in", fields));
  EXPECT_EQ(second, kSecondFactor + "?return_to=%2Faccount%2Fpreferences");
  EXPECT_TRUE(shows(visitor.get(second), "name=\"return_to\" value=\"/account/preferences\""));
  EXPECT_EQ(went_to(visitor.submit(second, kSecondFactor,
                                   {{"totp", ana().app_code()}, {"return_to", "/account/preferences"}})),
            "/account/preferences");
}

TEST_P(SignInPages, LeadToNoAddressOfOthers) {
  for (const std::string elsewhere :
       {"https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil.example", "/%2fevil.example",
        "javascript:alert(1)", "evil.example", "/cases\r\nset-cookie: a=b", "/ /evil.example", "///evil.example"}) {
    auto visitor = browser();
    std::string escaped;
    for (const char letter : elsewhere) escaped += fmt::format("%{:02X}", static_cast<unsigned char>(letter));
    const auto page = visitor.get("/sign-in?return_to=" + escaped).body;
    const auto form = page.substr(page.find("action=\"/sign-in\""));
    EXPECT_EQ(form.substr(0, form.find("</form>")).find("return_to"), std::string::npos) << elsewhere;
    auto fields = answers(kGoodPassword);
    fields.emplace_back("return_to", elsewhere);
    EXPECT_EQ(went_to(visitor.submit("/sign-in", fields)), kSecondFactor) << elsewhere;
    ana().bed.clock.move(60s);
    EXPECT_EQ(went_to(visitor.submit(kSecondFactor, {{"totp", ana().app_code()}, {"return_to", elsewhere}})), "/cases");
    EXPECT_EQ(
        went_to(visitor.submit("/sign-in/again", {{"password", std::string(kGoodPassword)}, {"return_to", elsewhere}})),
        "/cases");
  }
}

TEST_P(SignInPages, Incident_I44_HalfASessionReachesThePagesOfTheSecondFactorAndNoOther) {
  int elsewhere = 0;
  for (const auto& route : site_->router().routes()) {
    // The office's pages know nothing of a person's session: app/office_access_test.cpp.
    if (route.pattern.find(':') != std::string::npos || web::is_office_path(route.pattern)) continue;
    auto visitor = browser();
    give_password(visitor);
    const auto token = PageBrowser::token_in(visitor.get(kSecondFactor).body);
    const auto answer =
        route.method == web::Method::post ? visitor.post(route.pattern, token, {}) : visitor.get(route.pattern);
    SCOPED_TRACE(route.pattern);
    EXPECT_NE(answer.status, 403);
    // As a word: three letters stand by chance in a challenge now and then.
    EXPECT_FALSE(std::regex_search(answer.body, std::regex("\\bAna\\b"))) << answer.body;
    EXPECT_FALSE(shows(answer, "ana@example.org"));
    if (route.rule.access == web::Access::signed_in || route.rule.access == web::Access::recently_proved) {
      EXPECT_EQ(went_to(answer), kSecondFactor);
      ++elsewhere;
    }
    if (route.rule.access == web::Access::half_signed_in) EXPECT_TRUE(route.pattern.starts_with(kSecondFactor));
    EXPECT_FALSE(is_signed_in(visitor));
  }
  EXPECT_GE(elsewhere, 7);
}

TEST_P(SignInPages, Incident_I06_NoRouteGivesASessionToALockedAccount) {
  auto whole = browser();
  sign_in(whole);
  auto half = browser();
  give_password(half);
  ana().bed.clock.move(60s);
  ana().set_locked(true);
  auto stranger = browser();
  const auto refused = stranger.submit("/sign-in", answers(kGoodPassword));
  EXPECT_EQ(refused.status, 403);
  EXPECT_TRUE(shows(refused, "We have locked this account"));
  EXPECT_EQ(stranger.cookie(kSession), "");
  for (const auto& route : site_->router().routes()) {
    if (route.pattern.find(':') != std::string::npos || route.rule.access == web::Access::anyone) continue;
    for (auto* visitor : {&whole, &half}) {
      SCOPED_TRACE(route.pattern);
      const auto before = visitor->cookie(kSession);
      const auto token = PageBrowser::token_in(visitor->get("/sign-in").body);
      const auto answer = route.method == web::Method::post
                              ? visitor->post(route.pattern, token,
                                              {{"password", std::string(kGoodPassword)}, {"totp", ana().app_code()}})
                              : visitor->get(route.pattern);
      // Programs' routes take no cookie, so that there is nothing to lock.
      const bool is_open =
          route.rule.access == web::Access::strangers_only || route.rule.access == web::Access::program;
      EXPECT_TRUE(answer.status == 303 || is_open) << answer.status;
      EXPECT_EQ(visitor->cookie(kSession), before);
      EXPECT_FALSE(is_signed_in(*visitor));
    }
  }
}

TEST_P(SignInPages, Incident_I71_AnswerKnownUnknownClosedAndLockedAddressesAlike) {
  constexpr db::Query kSetState{"test.set_state", "UPDATE accounts SET state = $2 WHERE id = $1"};
  const auto body_of = [&](const std::string& email, std::string_view password) {
    auto visitor = browser();
    const auto answer = visitor.submit("/sign-in", answers(password, email));
    EXPECT_EQ(answer.status, 422);
    EXPECT_FALSE(shows(answer, password)) << "a password is never sent back";
    EXPECT_EQ(visitor.cookie(kSession), "");
    auto body = std::regex_replace(answer.body, std::regex("name=\"csrf\" value=\"[^\"]*\""), "token");
    return std::regex_replace(body, std::regex(email), "address");
  };
  const auto wrong = body_of("ana@example.org", kWrongPassword);
  EXPECT_EQ(body_of("bob@example.org", kGoodPassword), wrong);
  for (const std::string_view state : {"closed", "locked"}) {
    database().write([&](db::Transaction& tx) { tx.run(kSetState, {ana().account, state}); });
    EXPECT_EQ(body_of("ana@example.org", state == "closed" ? kGoodPassword : kWrongPassword), wrong);
  }
}

TEST_P(SignInPages, Incident_I20_EmptyAbsentAndOddSessionCookiesAreStrangers) {
  auto visitor = browser();
  sign_in(visitor);
  const auto token = visitor.cookie(kSession);
  for (const std::string& odd :
       {std::string{}, std::string{" "}, std::string{"null"}, std::string{"undefined"}, std::string(43, 'A'),
        token.substr(1), token + "A", token + "; " + kSession + "=" + token, "\"" + token + "\"", "[" + token + "]"}) {
    auto other = browser_with(odd);
    EXPECT_FALSE(is_signed_in(other)) << odd;
  }
  auto same = browser_with(token);
  EXPECT_TRUE(is_signed_in(same));
}

TEST_P(SignInPages, Incident_I21_FieldsOfAnotherShapeAreRefused) {
  auto visitor = browser();
  const auto token = PageBrowser::token_in(visitor.get("/sign-in").body);
  const auto doubled = visitor.post("/sign-in", token, {{"email", "ana@example.org"}, {"email", "x@example.org"}});
  EXPECT_EQ(doubled.status, 400);
  EXPECT_EQ(visitor.post("/sign-in", token, {{"email[]", "ana@example.org"}}).status, 400);
  give_password(visitor);
  const auto half_token = PageBrowser::token_in(visitor.get(kSecondFactor).body);
  EXPECT_EQ(visitor.post(kSecondFactor, half_token, {}).status, 422);
  EXPECT_EQ(visitor.post(kSecondFactor, half_token, {{"totp", "true"}}).status, 422);
  EXPECT_EQ(visitor.post(kSecondFactor, half_token, {{"backup_code", "{}"}}).status, 422);
  EXPECT_EQ(visitor.post(kSecondFactor, "", {{"totp", ana().app_code()}}).status, 403);
}

TEST_P(SignInPages, Incident_I35_PlantedCookieNeverSignsInAndTheTokenChangesAtEachStep) {
  auto thief = browser();
  give_password(thief);
  const auto planted = thief.cookie(kSession);
  auto victim = browser_with(planted);
  EXPECT_EQ(went_to(victim.submit("/sign-in", answers(kGoodPassword))), kSecondFactor);
  const auto half = victim.cookie(kSession);
  EXPECT_NE(half, planted);
  ana().bed.clock.move(60s);
  EXPECT_EQ(went_to(victim.submit(kSecondFactor, {{"totp", ana().app_code()}})), "/cases");
  const auto whole = victim.cookie(kSession);
  EXPECT_NE(whole, half);
  EXPECT_EQ(went_to(victim.submit("/sign-in/again", {{"password", std::string(kGoodPassword)}})), "/cases");
  EXPECT_NE(victim.cookie(kSession), whole);
  EXPECT_TRUE(is_signed_in(victim));
  for (const auto& old : {planted, half, whole}) {
    auto other = browser_with(old);
    EXPECT_FALSE(is_signed_in(other));
  }
}

TEST_P(SignInPages, SayHowLongSigningInIsLocked) {
  auto visitor = browser();
  for (int i = 0; i < 6; ++i) {
    visitor.submit("/sign-in", answers(kWrongPassword));
    if (i == 4) ana().bed.clock.move(2s);
  }
  const auto locked = visitor.submit("/sign-in", answers(kGoodPassword));
  EXPECT_EQ(locked.status, 429);
  EXPECT_EQ(header(locked, "retry-after"), "900");
  EXPECT_TRUE(shows(locked, "15 minutes"));
  EXPECT_TRUE(shows(locked, ana().bed.catalogue.brand().phone));
  EXPECT_TRUE(shows(locked, "where you signed in before")) << "what still works";
  EXPECT_TRUE(shows(locked, "href=\"/contact\""));
  EXPECT_FALSE(shows(locked, kGoodPassword));
  EXPECT_EQ(visitor.cookie(kSession), "");
}

TEST_P(SignInPages, GoOnWithAnUnfinishedSignUp) {
  testing::SigningUp bo{.bed = ana().bed, .email = "bo@example.org"};
  bo.go_until("phone");
  auto visitor = browser();
  EXPECT_EQ(went_to(visitor.submit("/sign-in", answers(kGoodPassword, "bo@example.org"))), "/sign-up");
  EXPECT_EQ(visitor.cookie(kSession), "");
  EXPECT_EQ(went_to(visitor.get("/sign-up")), "/sign-up/phone");
}

TEST_P(SignInPages, TakeABackupCodeInstead) {
  auto visitor = browser();
  give_password(visitor);
  EXPECT_TRUE(shows(visitor.get(kSecondFactor + "?with=backup-code"), "name=\"backup_code\""));
  const auto wrong = visitor.submit(kSecondFactor, {{"backup_code", "00000-00000-00000"}});
  EXPECT_EQ(wrong.status, 422);
  EXPECT_TRUE(shows(wrong, "name=\"backup_code\"")) << "the page stays with what was chosen";
  EXPECT_EQ(went_to(visitor.submit(kSecondFactor, {{"backup_code", ana().backup_codes[3]}})), "/cases");
  EXPECT_TRUE(shows(visitor.get("/account"), "9"));
}

TEST_P(SignInPages, SigningOutEndsTheSessionOnTheServer) {
  auto visitor = browser();
  sign_in(visitor);
  const auto token = visitor.cookie(kSession);
  const auto answer = visitor.submit("/sign-out", {});
  EXPECT_EQ(went_to(answer), "/signed-out");
  EXPECT_EQ(header(answer, "clear-site-data"), "\"cache\", \"storage\"");
  EXPECT_EQ(visitor.cookie(kSession), "");
  auto other = browser_with(token);
  EXPECT_FALSE(is_signed_in(other));
}

TEST_P(SignInPages, SigningOutEndsAHalfSessionToo) {
  auto visitor = browser();
  give_password(visitor);
  const auto token = visitor.cookie(kSession);
  EXPECT_EQ(went_to(visitor.submit(kSecondFactor, "/sign-out", {})), "/signed-out");
  auto other = browser_with(token);
  EXPECT_EQ(went_to(other.get(kSecondFactor)), "/sign-in");
}

TEST_P(SignInPages, ASharedComputerKeepsNoCookieAndNoLongSession) {
  auto visitor = browser();
  auto fields = answers(kGoodPassword);
  fields.emplace_back("shared_computer", "yes");
  EXPECT_EQ(went_to(visitor.submit("/sign-in", fields)), kSecondFactor);
  EXPECT_EQ(went_to(visitor.submit(kSecondFactor, {{"totp", ana().app_code()}})), "/cases");
  EXPECT_EQ(visitor.cookie("__Host-device"), "") << "by which the next person here would be known as her";
  EXPECT_EQ(header(visitor.submit("/sign-out", {}), "clear-site-data"), "\"cache\", \"storage\", \"cookies\"");
  ana().bed.clock.move(60s);
  visitor.submit("/sign-in", fields);
  visitor.submit(kSecondFactor, {{"totp", ana().app_code()}});
  EXPECT_TRUE(is_signed_in(visitor));
  ana().bed.clock.move(kSharedSessionIdle);
  EXPECT_FALSE(is_signed_in(visitor));
}

TEST_P(SignInPages, AskForThePasswordAgainBeforeADelicatePage) {
  auto visitor = browser();
  sign_in(visitor);
  EXPECT_EQ(visitor.get("/delicate").body, "delicate");
  for (int i = 0; i < 3; ++i) {
    ana().bed.clock.move(7min);
    ASSERT_TRUE(is_signed_in(visitor));
  }
  const auto again = went_to(visitor.get("/delicate"));
  EXPECT_EQ(again, "/sign-in/again?return_to=%2Fdelicate");
  const auto wrong = visitor.submit(again, "/sign-in/again", {{"password", std::string(kWrongPassword)}});
  EXPECT_EQ(wrong.status, 422);
  EXPECT_FALSE(shows(wrong, kWrongPassword));
  EXPECT_EQ(went_to(visitor.get("/delicate")), again);
  const std::vector<std::pair<std::string, std::string>> right{{"password", std::string(kGoodPassword)},
                                                               {"return_to", "/delicate"}};
  EXPECT_EQ(went_to(visitor.submit(again, "/sign-in/again", right)), "/delicate");
  EXPECT_EQ(visitor.get("/delicate").body, "delicate");
}

TEST_P(SignInPages, RememberADeviceAndAskThereForACodeBeforeADelicatePage) {
  auto visitor = browser();
  give_password(visitor);
  EXPECT_TRUE(shows(visitor.get(kSecondFactor), "name=\"remember_device\""));
  visitor.submit(kSecondFactor, {{"totp", ana().app_code()}, {"remember_device", "yes"}});
  EXPECT_TRUE(is_signed_in(visitor));
  visitor.submit("/account/preferences", "/sign-out", {});
  ana().bed.clock.move(60s);
  EXPECT_EQ(went_to(visitor.submit("/sign-in", answers(kGoodPassword))), "/cases");
  EXPECT_TRUE(is_signed_in(visitor));
  for (const std::string page : {"/delicate", "/account/password", "/account/name"}) {
    EXPECT_TRUE(went_to(visitor.get(page)).starts_with("/sign-in/again")) << page;
  }
  const std::string again = "/sign-in/again?return_to=%2Fdelicate";
  EXPECT_TRUE(shows(visitor.get(again), "name=\"totp\""));
  EXPECT_TRUE(shows(visitor.get(again + "&with=backup-code"), "name=\"backup_code\""));
  const auto submit = [&](const std::string& code) {
    return visitor.submit(again, "/sign-in/again",
                          {{"password", std::string(kGoodPassword)}, {"totp", code}, {"return_to", "/delicate"}});
  };
  EXPECT_EQ(submit("").status, 422);
  EXPECT_EQ(submit(ana().wrong_app_code()).status, 422);
  const auto before = visitor.cookie(kSession);
  EXPECT_EQ(went_to(submit(ana().app_code())), "/delicate");
  EXPECT_NE(visitor.cookie(kSession), before);
  EXPECT_EQ(visitor.get("/delicate").body, "delicate");
}

// Who has nothing but a phone would have to use up backup codes otherwise.
TEST_P(SignInPages, TextACodeToWhoTheDeviceStoodForBeforeADelicatePage) {
  const auto phone = add_phone();
  auto visitor = browser();
  give_password(visitor);
  visitor.submit(kSecondFactor, {{"totp", ana().app_code()}, {"remember_device", "yes"}});
  const auto sending = [&] {
    return visitor.submit("/account/preferences", "/sign-in/again/text",
                          {{"phone", std::to_string(phone.value)}, {"phone_way", "text"}, {"return_to", "/delicate"}});
  };
  EXPECT_EQ(sending().status, 404) << "nothing is owed in this session";
  visitor.submit("/account/preferences", "/sign-out", {});
  ana().bed.clock.move(60s);
  visitor.submit("/sign-in", answers(kGoodPassword));
  const std::string again = "/sign-in/again?with=text&return_to=%2Fdelicate";
  EXPECT_TRUE(shows(visitor.get(again), "/sign-in/again/text"));
  EXPECT_FALSE(shows(visitor.get(again), "name=\"password\"")) << "first the code";
  EXPECT_EQ(went_to(sending()), again + "&sent=yes");
  EXPECT_TRUE(shows(visitor.get(again), "name=\"text_code\""));
  const auto code = testing::argument_of(ana().bed.take_told().back(), "code");
  const auto submit = [&](const std::string& typed) {
    return visitor.submit(again, "/sign-in/again",
                          {{"password", std::string(kGoodPassword)}, {"text_code", typed}, {"return_to", "/delicate"}});
  };
  EXPECT_EQ(submit(code == "000000" ? "000001" : "000000").status, 422);
  EXPECT_EQ(went_to(submit(code)), "/delicate");
  EXPECT_EQ(visitor.get("/delicate").body, "delicate");
}

TEST_P(SignInPages, OfferNoRememberingOnASharedComputer) {
  auto visitor = browser();
  auto fields = answers(kGoodPassword);
  fields.emplace_back("shared_computer", "yes");
  visitor.submit("/sign-in", fields);
  EXPECT_FALSE(shows(visitor.get(kSecondFactor), "name=\"remember_device\""));
}

TEST_P(SignInPages, ChangeThePasswordAndTheName) {
  auto visitor = browser();
  sign_in(visitor);
  const auto before = visitor.cookie(kSession);
  const auto weak = visitor.submit("/account/password",
                                   {{"current_password", std::string(kGoodPassword)}, {"password", "anamorales"}});
  EXPECT_EQ(weak.status, 422);
  EXPECT_FALSE(shows(weak, "anamorales"));
  const std::string fresh = "lantern gravel mosaic 72 tide";
  EXPECT_EQ(went_to(visitor.submit("/account/password",
                                   {{"current_password", std::string(kGoodPassword)}, {"password", fresh}})),
            "/account");
  EXPECT_NE(visitor.cookie(kSession), before);
  EXPECT_TRUE(is_signed_in(visitor));
  EXPECT_TRUE(shows(visitor.get("/account/name"), "value=\"Morales\""));
  EXPECT_EQ(went_to(visitor.submit("/account/name", {{"given_name", "Ana"}, {"family_name", "<b>Ruiz</b>"}})),
            "/account");
  EXPECT_TRUE(shows(visitor.get("/account/details"), "&lt;b&gt;Ruiz")) << "Incident I60: inert";
}

TEST_P(SignInPages, KeepOnlyOfferedPreferences) {
  auto visitor = browser();
  sign_in(visitor);
  EXPECT_EQ(visitor.submit("/account/preferences", {{"language", "xx"}, {"time_zone", ""}}).status, 422);
  EXPECT_EQ(visitor.submit("/account/preferences", {{"language", "en"}, {"time_zone", "Mars/Olympus"}}).status, 422);
  EXPECT_EQ(went_to(visitor.submit("/account/preferences", {{"language", "en"}, {"time_zone", "Asia/Manila"}})),
            "/account");
  EXPECT_TRUE(shows(visitor.get("/account/preferences"), "<option value=\"Asia/Manila\" selected>"));
}

TEST_P(SignInPages, ShowTheVisitBeforeThisOne) {
  auto visitor = browser();
  sign_in(visitor);
  EXPECT_FALSE(shows(visitor.get("/account"), "5550123"));
  EXPECT_TRUE(shows(visitor.get("/account"), "2026"));
}

TEST_P(SignInPages, OfferTheAccountsOwnSecondWaysAndNoOthers) {
  auto visitor = browser();
  give_password(visitor);
  const auto app = visitor.get(kSecondFactor);
  EXPECT_TRUE(shows(app, "name=\"totp\""));
  EXPECT_FALSE(shows(app, "with=text")) << "there is no phone to send to";
  EXPECT_TRUE(shows(app, "with=backup-code"));
  EXPECT_TRUE(shows(app, "href=\"/contact\"")) << "help for who has none of them at hand";
  const auto phone = add_phone();
  EXPECT_TRUE(shows(visitor.get(kSecondFactor), "with=text"));
  const auto text = visitor.get(kSecondFactor + "?with=text");
  EXPECT_TRUE(shows(text, "Text the number that ends in 23"));
  EXPECT_FALSE(shows(text, "5550123"));
  EXPECT_TRUE(shows(text, "with=app")) << "the stronger way beside it";
  database().write([&](db::Transaction& tx) {
    auto& factors = accounts().factors;
    for (const auto& one : factors.list_totp(tx, ana().account)) factors.remove_totp(tx, ana().account, one.id);
  });
  const auto only = visitor.get(kSecondFactor);
  EXPECT_TRUE(shows(only, std::to_string(phone.value)));
  EXPECT_TRUE(shows(only, "When you are in, add a passkey or an authenticator app"));
  EXPECT_FALSE(shows(only, "with=app"));
}

TEST_P(SignInPages, SignInWithATextedCodeWithoutScripts) {
  const auto phone = std::to_string(add_phone().value);
  auto visitor = browser();
  give_password(visitor);
  const auto page = kSecondFactor + "?with=text&return_to=%2Faccount";
  ana().bed.take_told();
  const auto sent = went_to(visitor.submit(page, kSecondFactor + "/text",
                                           {{"phone", phone}, {"phone_way", "text"}, {"return_to", "/account"}}));
  EXPECT_EQ(sent, page + "&sent=yes");
  const auto code = testing::argument_of(ana().bed.take_told().back(), "code");
  const auto wrong = visitor.submit(sent, kSecondFactor, {{"text_code", testing::another_code(code)}});
  EXPECT_EQ(wrong.status, 422);
  EXPECT_TRUE(shows(wrong, "This code is not the one that we sent last"));
  EXPECT_FALSE(shows(wrong, testing::another_code(code)));
  EXPECT_EQ(went_to(visitor.submit(sent, kSecondFactor, {{"text_code", code}, {"return_to", "/account"}})), "/account");
  EXPECT_TRUE(is_signed_in(visitor));
}

TEST_P(SignInPages, TakeNoMailedCodeForHalfASession) {
  add_phone();
  // A code that was mailed to a stranger's address, as sign-up mails it.
  testing::SigningUp bob{.bed = ana().bed, .email = "bob@example.org"};
  const auto mailed = bob.start();
  ASSERT_EQ(mailed.size(), 6U);
  for (const auto& route : site_->router().routes()) {
    if (route.method != web::Method::post || route.pattern.find(':') != std::string::npos) continue;
    ana().forget_tries();
    ana().bed.clock.move(60s);
    auto visitor = browser();
    give_password(visitor);
    const auto token = PageBrowser::token_in(visitor.get(kSecondFactor).body);
    for (const std::string field : {"code", "email_code", "totp", "text_code", "backup_code", "recovery_code"}) {
      ana().forget_tries();
      visitor.post(route.pattern, token, {{field, mailed}, {"email", "ana@example.org"}});
      ASSERT_FALSE(is_signed_in(visitor)) << route.pattern << " " << field;
    }
  }
}

ON_BOTH_DATABASES(SignInPages);

}  // namespace
}  // namespace waymark::accounts
