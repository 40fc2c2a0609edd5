#include <boost/json.hpp>

#include "base/text.hpp"
#include "features/accounts/factors/passkey_routes.hpp"
#include "features/accounts/sign_in/sign_in_routes.hpp"
#include "support/page_browser.hpp"
#include "support/passkey_person.hpp"

namespace waymark::accounts {
namespace {

using testing::PageBrowser;
using Fields = std::vector<std::pair<std::string, std::string>>;

class PasskeyPages : public testing::WithPasskeyAna {
 protected:
  void SetUp() override {
    WithPasskeyAna::SetUp();
    if (IsSkipped()) return;
    auto& bed = ana().bed;
    web::Router router;
    add_sign_in_routes(router, bed.accounts);
    add_passkey_routes(router, bed.accounts);
    router.get("/cases", web::Access::signed_in,
               [](web::Exchange&) -> Result<web::Response> { return web::Response::text("cases"); });
    site_ =
        std::make_unique<web::Site>(bed.site_parts(metrics(), std::string(testing::kPasskeyOrigin)), std::move(router));
  }
  void TearDown() override {
    site_.reset();
    WithPasskeyAna::TearDown();
  }
  PageBrowser browser() { return PageBrowser(*site_, "account.northport.example"); }
  static bool shows(const web::Response& response, std::string_view text) {
    return response.body.find(text) != std::string::npos;
  }
  static boost::json::object options(PageBrowser& visitor, const std::string& page, const std::string& from) {
    const auto response = visitor.submit(page, from, {});
    EXPECT_EQ(response.status, 200) << response.body;
    EXPECT_EQ(response.content_type, "application/json");
    return boost::json::parse(response.body).as_object();
  }
  static std::string text_at(const boost::json::object& object, std::string_view name) {
    return std::string(object.at(name).as_string());
  }
  Fields answer(const boost::json::object& options, const testing::PasskeyAnswerForm& form = {}) {
    const auto made = ana().answer_to(*from_base64url(text_at(options, "challenge")), form);
    return {{"credential_id", to_base64url(made.credential_id)},
            {"client_data", to_base64url(made.client_data)},
            {"authenticator_data", to_base64url(made.authenticator_data)},
            {"signature", to_base64url(made.signature)},
            {"user_handle", to_base64url(made.user_handle)}};
  }
  void sign_in(PageBrowser& visitor) {
    const auto asked = options(visitor, "/sign-in", "/sign-in/passkey/options");
    EXPECT_EQ(PageBrowser::location_of(visitor.submit("/sign-in", "/sign-in/passkey", answer(asked))), "/cases");
  }

  std::unique_ptr<web::Site> site_;
};

TEST_P(PasskeyPages, SignInWithoutAnAddressAndAskForNoOnesPasskeys) {
  ana().add();
  auto visitor = browser();
  const auto page = visitor.get("/sign-in");
  EXPECT_TRUE(shows(page, "autocomplete=\"username webauthn\""));
  EXPECT_TRUE(shows(page, "tabindex=\"-1\" hidden data-passkey=\"get\""));  // until scripts show it
  const auto asked = options(visitor, "/sign-in", "/sign-in/passkey/options");
  EXPECT_EQ(text_at(asked, "rpId"), "account.northport.example");
  EXPECT_EQ(text_at(asked, "userVerification"), "required");
  EXPECT_TRUE(asked.at("allowCredentials").as_array().empty());
  const auto entered = visitor.submit("/sign-in", "/sign-in/passkey", answer(asked));
  EXPECT_EQ(PageBrowser::location_of(entered), "/cases") << entered.body;
  EXPECT_EQ(visitor.get("/cases").body, "cases");
}

TEST_P(PasskeyPages, DrawTheSignInPageAgainWithTheReason) {
  ana().add();
  auto visitor = browser();
  const auto asked = options(visitor, "/sign-in", "/sign-in/passkey/options");
  const auto refused = visitor.submit("/sign-in", "/sign-in/passkey", answer(asked, {.flags = 0x01}));
  EXPECT_EQ(refused.status, 422);
  EXPECT_TRUE(shows(refused, "Your device did not check that it is you."));
  const auto nonsense = visitor.submit("/sign-in", "/sign-in/passkey", {{"credential_id", "%%"}, {"signature", "="}});
  EXPECT_EQ(nonsense.status, 422);
  EXPECT_EQ(visitor.submit("/sign-in", "/sign-in/passkey", {}).status, 422);
}

TEST_P(PasskeyPages, BindChallengesToTheBrowserThatAsked) {
  ana().add();
  auto visitor = browser(), other = browser();
  const auto asked = options(visitor, "/sign-in", "/sign-in/passkey/options");
  EXPECT_EQ(other.submit("/sign-in", "/sign-in/passkey", answer(asked)).status, 422);
  EXPECT_EQ(PageBrowser::location_of(visitor.submit("/sign-in", "/sign-in/passkey", answer(asked))), "/cases");
}

TEST_P(PasskeyPages, GiveOptionsToOurOwnPagesOnlyAndWriteNothing) {
  auto visitor = browser();
  visitor.get("/sign-in");
  EXPECT_EQ(visitor.post("/sign-in/passkey/options", "AAAA", {}).status, 403);
  options(visitor, "/sign-in", "/sign-in/passkey/options");
  static constexpr db::Query kCount{"test.count_challenges", "SELECT COUNT(*) FROM passkey_challenges"};
  EXPECT_EQ(database().snapshot()->find(kCount, {}, [](const db::Row& row) { return row.integer(0); }), 0);
  const auto half = visitor.submit("/sign-in", "/sign-in/second-factor/passkey/options", {});
  EXPECT_NE(half.status, 200);  // no list of passkeys before the right password
}

TEST_P(PasskeyPages, NameThePasskeysAfterTheRightPasswordOnly) {
  ana().add();
  auto visitor = browser();
  const Fields password{{"email", "ana@example.org"}, {"password", std::string(testing::kGoodPassword)}};
  visitor.submit("/sign-in", password);
  EXPECT_TRUE(shows(visitor.get("/sign-in/second-factor"), "data-options=\"/sign-in/second-factor/passkey/options\""));
  const auto asked = options(visitor, "/sign-in/second-factor", "/sign-in/second-factor/passkey/options");
  const auto& allowed = asked.at("allowCredentials").as_array();
  ASSERT_EQ(allowed.size(), 1U);
  EXPECT_EQ(text_at(allowed[0].as_object(), "id"), to_base64url(ana().passkey.credential_id()));
  const auto entered = visitor.submit("/sign-in/second-factor", "/sign-in/second-factor/passkey", answer(asked));
  EXPECT_EQ(PageBrowser::location_of(entered), "/cases") << entered.body;
}

TEST_P(PasskeyPages, KeepASharedComputersSessionShort) {
  ana().add();
  auto visitor = browser();
  const auto asked = options(visitor, "/sign-in", "/sign-in/passkey/options");
  auto fields = answer(asked);
  fields.emplace_back("shared_computer", "yes");
  visitor.submit("/sign-in", "/sign-in/passkey", fields);
  EXPECT_EQ(visitor.get("/cases").body, "cases");
  ana().bed.clock.move(kSharedSessionIdle);
  EXPECT_NE(visitor.get("/cases").body, "cases");
}

TEST_P(PasskeyPages, ProveAgainBeforeChangingFactors) {
  ana().add();
  auto visitor = browser();
  sign_in(visitor);
  ana().bed.clock.move(10min);
  visitor.get("/cases");
  ana().bed.clock.move(11min);
  const auto sent_to = PageBrowser::location_of(visitor.get("/account/passkeys"));
  EXPECT_EQ(sent_to, "/sign-in/again?return_to=%2Faccount%2Fpasskeys");
  EXPECT_EQ(visitor.submit(sent_to, "/account/passkeys/options", {}).status, 303);
  const auto asked = options(visitor, sent_to, "/sign-in/again/passkey/options");
  auto fields = answer(asked);
  fields.emplace_back("return_to", "/account/passkeys");
  EXPECT_EQ(PageBrowser::location_of(visitor.submit(sent_to, "/sign-in/again/passkey", fields)), "/account/passkeys");
  EXPECT_EQ(visitor.get("/account/passkeys").status, 200);
}

TEST_P(PasskeyPages, AddNameAndRemove) {
  ana().add();
  auto visitor = browser();
  sign_in(visitor);
  const auto asked = options(visitor, "/account/passkeys", "/account/passkeys/options");
  EXPECT_EQ(asked.at("excludeCredentials").as_array().size(), 1U);
  EXPECT_EQ(text_at(asked, "attestation"), "none");
  EXPECT_EQ(asked.at("pubKeyCredParams").as_array().size(), 3U);
  EXPECT_EQ(from_base64url(text_at(asked.at("user").as_object(), "id"))->size(), 64U);

  const testing::ScriptedPasskey second(std::string(testing::kPasskeyOrigin), "the second one");
  const auto made = second.registration(*from_base64url(text_at(asked, "challenge")));
  const Fields fields{{"credential_id", to_base64url(second.credential_id())},
                      {"client_data", to_base64url(made.client_data)},
                      {"attestation", to_base64url(made.attestation)},
                      {"transports", "usb"},
                      {"name", "<b>Blue</b> key"}};
  EXPECT_EQ(PageBrowser::location_of(visitor.submit("/account/passkeys", fields)), "/account/passkeys");
  const auto page = visitor.get("/account/passkeys");
  EXPECT_TRUE(shows(page, "&lt;b&gt;Blue&lt;/b&gt; key"));
  EXPECT_EQ(visitor.submit("/account/passkeys", fields).status, 422);

  const auto id = passkey_store(accounts()).list(*database().snapshot(), ana().account).back().id;
  const auto one = fmt::format("/account/passkeys/{}", id.value);
  EXPECT_EQ(visitor.submit(one, {{"name", ""}}).status, 422);
  EXPECT_EQ(visitor.submit(one, {{"name", "Red key"}}).status, 303);
  EXPECT_TRUE(shows(visitor.get("/account/passkeys"), "Red key"));
  EXPECT_EQ(visitor.submit(one, one + "/removal", {}).status, 303);
  EXPECT_FALSE(shows(visitor.get("/account/passkeys"), "Red key"));
  EXPECT_EQ(visitor.get(one).status, 404);
  EXPECT_EQ(visitor.get("/account/passkeys/1").status, 404);
  EXPECT_EQ(visitor.get("/account/passkeys/x").status, 404);
}

ON_BOTH_DATABASES(PasskeyPages);

}  // namespace
}  // namespace waymark::accounts
