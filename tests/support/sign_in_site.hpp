// The pages of signing in and of the account, as a browser sees them, with a page for the signed-in and a delicate one.
#pragma once

#include "features/accounts/password_and_name_routes.hpp"
#include "features/accounts/sign_in/sign_in_routes.hpp"
#include "features/accounts/sign_up/sign_up_routes.hpp"
#include "support/page_browser.hpp"
#include "support/signing_in.hpp"
#include "web/cookies.hpp"

namespace waymark::testing {

using namespace accounts;

inline const std::string kSession(web::kSessionCookie);
inline const std::string kSecondFactor = "/sign-in/second-factor";

class SignInSite : public WithAna {
 protected:
  void SetUp() override {
    WithAna::SetUp();
    if (IsSkipped()) return;
    auto& bed = ana().bed;
    site_ = std::make_unique<web::Site>(bed.site_parts(metrics()), routes(bed.accounts));
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

}  // namespace waymark::testing
