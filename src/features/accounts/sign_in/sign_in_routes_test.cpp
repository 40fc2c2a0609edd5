#include <regex>

#include "support/sign_in_site.hpp"

namespace waymark::accounts {
namespace {

using testing::kGoodPassword;
using testing::kSecondFactor;
using testing::kSession;
using testing::kWrongPassword;
using testing::PageBrowser;

class SignInPages : public testing::SignInSite {};

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

// Who has nothing but a phone would have to use up backup codes otherwise.
TEST_P(SignInPages, OfferNoRememberingOnASharedComputer) {
  auto visitor = browser();
  auto fields = answers(kGoodPassword);
  fields.emplace_back("shared_computer", "yes");
  visitor.submit("/sign-in", fields);
  EXPECT_FALSE(shows(visitor.get(kSecondFactor), "name=\"remember_device\""));
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
