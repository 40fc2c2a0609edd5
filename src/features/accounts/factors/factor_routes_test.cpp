#include "features/accounts/factors/factor_routes.hpp"

#include <regex>

#include "features/accounts/sign_in/sign_in_routes.hpp"
#include "features/accounts/sign_up/sign_up_routes.hpp"
#include "support/page_browser.hpp"
#include "support/signing_in.hpp"

namespace waymark::accounts {
namespace {

using testing::PageBrowser;

class FactorPages : public testing::WithAna {
 protected:
  void SetUp() override {
    WithAna::SetUp();
    if (IsSkipped()) return;
    auto& bed = ana().bed;
    web::Router router;
    add_sign_up_routes(router, bed.accounts);
    add_sign_in_routes(router, bed.accounts);
    add_account_routes(router, bed.accounts);
    router.get("/cases", web::Access::signed_in,
               [](web::Exchange&) -> Result<web::Response> { return web::Response::text("cases"); });
    site_ = std::make_unique<web::Site>(bed.site_parts(metrics()), std::move(router));
    database().write([&](db::Transaction& tx) { bed.accounts.store.set_language(tx, ana().account, "en"); });
    visitor_ = std::make_unique<PageBrowser>(*site_, "account.northport.example");
    visitor().submit("/sign-in", {{"email", "ana@example.org"}, {"password", std::string(testing::kGoodPassword)}});
    visitor().submit("/sign-in/second-factor", {{"totp", ana().app_code()}});
  }
  void TearDown() override {
    visitor_.reset();
    site_.reset();
    WithAna::TearDown();
  }
  PageBrowser& visitor() { return *visitor_; }
  static std::string went_to(const web::Response& response) {
    EXPECT_EQ(response.status, 303) << response.body;
    return PageBrowser::location_of(response);
  }
  static bool shows(const web::Response& response, std::string_view text) {
    return response.body.find(text) != std::string::npos;
  }
  static std::string found_in(const std::string& body, const std::string& pattern) {
    std::smatch match;
    return std::regex_search(body, match, std::regex(pattern)) ? match[1].str() : std::string{};
  }
  std::vector<TotpFactor> apps() { return accounts().factors.list_totp(*database().snapshot(), ana().account); }

  std::unique_ptr<web::Site> site_;
  std::unique_ptr<PageBrowser> visitor_;
};

TEST_P(FactorPages, AskForThePasswordAgainAfterTwentyMinutes) {
  ana().bed.clock.move(10min);
  EXPECT_EQ(visitor().get("/account/authenticators").status, 200);
  ana().bed.clock.move(11min);
  for (const auto& route : site_->router().routes()) {
    const bool is_ours = route.pattern.starts_with("/account/authenticators") ||
                         route.pattern.starts_with("/account/backup-codes") ||
                         route.pattern.starts_with("/account/phones") || route.pattern == "/account/details";
    if (!is_ours) continue;
    EXPECT_EQ(route.rule.access, web::Access::recently_proved) << route.pattern;
    if (route.pattern.find(':') != std::string::npos) continue;
    const auto token = PageBrowser::token_in(visitor().get("/account").body);
    const auto answer =
        route.method == web::Method::post ? visitor().post(route.pattern, token, {}) : visitor().get(route.pattern);
    EXPECT_TRUE(went_to(answer).starts_with("/sign-in/again")) << route.pattern;
  }
}

TEST_P(FactorPages, AddAnAppWithoutScriptsAndShowItsSecretOnlyThere) {
  EXPECT_EQ(went_to(visitor().get("/account/authenticators/add")), "/account/authenticators") << "nothing was begun";
  EXPECT_EQ(went_to(visitor().submit("/account/authenticators", "/account/authenticators/start", {})),
            "/account/authenticators/add");
  const auto page = visitor().get("/account/authenticators/add");
  const auto secret = found_in(page.body, "id=\"totp-secret\"[^>]*>([A-Z2-7 ]+)<");
  ASSERT_GE(secret.size(), 32U);
  EXPECT_TRUE(shows(visitor().get("/account/authenticators/add"), secret)) << "a refresh shows the same one";
  const auto wrong = visitor().submit("/account/authenticators/add", {{"totp", "12345"}, {"name", "Tablet"}});
  EXPECT_EQ(wrong.status, 422);
  EXPECT_TRUE(shows(wrong, "value=\"Tablet\""));
  EXPECT_FALSE(shows(wrong, "value=\"12345\""));
  const auto account = ana().account;
  const auto session = list_living_sessions(*database().snapshot(), account, ana().bed.clock.now()).at(0).id;
  const auto pending =
      accounts().pending.find(*database().snapshot(), session, PendingKind::app, ana().bed.clock.now());
  ASSERT_TRUE(pending);
  EXPECT_EQ(went_to(visitor().submit(
                "/account/authenticators/add",
                {{"totp", totp_code(pending->content, ana().bed.clock.now())}, {"name", "<b>Tablet</b>"}})),
            "/account/authenticators?done=added");
  const auto list = visitor().get("/account/authenticators?done=added");
  EXPECT_TRUE(shows(list, "&lt;b&gt;Tablet&lt;/b&gt;"));
  EXPECT_FALSE(shows(list, secret));
  EXPECT_EQ(went_to(visitor().get("/account/authenticators/add")), "/account/authenticators");
}

TEST_P(FactorPages, RemoveAnAppAfterAskingButNotTheLast) {
  const auto id = std::to_string(apps().at(0).id.value);
  EXPECT_FALSE(shows(visitor().get("/account/authenticators"), "removal")) << "the last one cannot go";
  EXPECT_EQ(visitor().submit("/account/authenticators/removal/" + id, {}).status, 409);
  EXPECT_EQ(apps().size(), 1U);
  EXPECT_EQ(visitor().get("/account/authenticators/removal/12345").status, 404);
  EXPECT_EQ(went_to(visitor().submit("/account/authenticators/name/" + id, {{"name", "Old phone"}})),
            "/account/authenticators?done=changed");
  EXPECT_EQ(apps().at(0).name, "Old phone");
}

TEST_P(FactorPages, GiveNewBackupCodesAsAPageAndAFileUntilTheyAreKept) {
  EXPECT_TRUE(shows(visitor().get("/account/backup-codes"), "10 left"));
  EXPECT_EQ(went_to(visitor().submit("/account/backup-codes", "/account/backup-codes/new", {})),
            "/account/backup-codes");
  const auto code = found_in(visitor().get("/account/backup-codes").body, "([0-9a-z]{5}-[0-9a-z]{5}-[0-9a-z]{5})");
  ASSERT_FALSE(code.empty());
  EXPECT_TRUE(shows(visitor().get("/account/backup-codes/file"), code));
  EXPECT_EQ(visitor().submit("/account/backup-codes", {}).status, 422);
  EXPECT_EQ(went_to(visitor().submit("/account/backup-codes", {{"kept", "yes"}})), "/account/backup-codes?done=codes");
  EXPECT_FALSE(shows(visitor().get("/account/backup-codes"), code));
  EXPECT_EQ(visitor().get("/account/backup-codes/file").status, 303);
}

TEST_P(FactorPages, AddAPhoneByItsCodeAndUseItForSigningIn) {
  ana().bed.take_told();
  EXPECT_EQ(went_to(visitor().submit("/account/phones/add",
                                     {{"phone_country", "US"}, {"phone", "555 555 0123"}, {"phone_way", "voice"}})),
            "/account/phones/code");
  const auto told = ana().bed.take_told();
  ASSERT_EQ(told.size(), 1U);
  EXPECT_TRUE(told[0].spoken);
  EXPECT_EQ(went_to(visitor().submit("/account/phones/code", {{"code", testing::argument_of(told[0], "code")}})),
            "/account/phones?done=added");
  const auto list = visitor().get("/account/phones");
  EXPECT_TRUE(shows(list, "+15555550123"));
  EXPECT_TRUE(shows(list, "For messages only."));
  const auto use = found_in(list.body, "href=\"(/account/phones/use/[0-9]+)\"");
  EXPECT_TRUE(shows(visitor().get(use), "A text is the weaker way"));
  EXPECT_EQ(went_to(visitor().submit(use, {{"signs_in", "yes"}})), "/account/phones?done=changed");
  EXPECT_TRUE(shows(visitor().get("/account/phones"), "Used for sign-in codes."));
}

TEST_P(FactorPages, ShowOnTheHubHowOneSignsInAndMaskTheAddress) {
  const auto hub = visitor().get("/account");
  EXPECT_TRUE(shows(hub, "a•••@example.org"));
  EXPECT_FALSE(shows(hub, "ana@example.org"));
  EXPECT_FALSE(shows(hub, "1984"));
  EXPECT_TRUE(shows(hub, "10 left"));
  EXPECT_TRUE(shows(visitor().get("/account/details"), "ana@example.org"));
  EXPECT_TRUE(shows(hub, "Add another way to sign in"));
  EXPECT_EQ(went_to(visitor().submit("/account", "/account/urging/later", {{"return_to", "/account"}})), "/account");
  EXPECT_FALSE(shows(visitor().get("/account"), "Add another way to sign in"));
}

TEST_P(FactorPages, WarnOfFewBackupCodesAfterOneSignedIn) {
  for (int i = 0; i < 7; ++i) {
    ASSERT_TRUE(ana().prove_by_backup_code(ana().half(), ana().backup_codes[static_cast<std::size_t>(i)]));
  }
  EXPECT_TRUE(shows(visitor().get("/account"), "3 backup codes are left."));
}

ON_BOTH_DATABASES(FactorPages);

}  // namespace
}  // namespace waymark::accounts
