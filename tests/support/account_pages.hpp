// The pages of accounts on a fresh database, and Ana, who has an account, with as many browsers as a test wants.
#pragma once

#include <memory>
#include <regex>
#include <string>
#include <utility>
#include <vector>

#include "features/accounts/activity/activity_routes.hpp"
#include "features/accounts/devices/device_routes.hpp"
#include "features/accounts/recovery/link_routes.hpp"
#include "features/accounts/sessions/session_routes.hpp"
#include "features/accounts/sign_in/sign_in_routes.hpp"
#include "support/page_browser.hpp"
#include "support/signing_in.hpp"
#include "web/cookies.hpp"

namespace waymark::testing {

class AccountPagesContract : public WithAna {
 protected:
  void SetUp() override {
    WithAna::SetUp();
    if (IsSkipped()) return;
    speak("en");
    auto& bed = ana().bed;
    auto parts = bed.site_parts(metrics());
    parts.drafts = &bed.accounts.drafts;
    site_ = std::make_unique<web::Site>(std::move(parts), routes(bed.accounts));
  }
  void TearDown() override {
    site_.reset();
    WithAna::TearDown();
  }
  static web::Router routes(accounts::Accounts& accounts) {
    web::Router router;
    accounts::add_sign_in_routes(router, accounts);
    accounts::add_account_routes(router, accounts);
    accounts::add_device_routes(router, accounts);
    accounts::add_activity_routes(router, accounts);
    accounts::add_link_routes(router, accounts);
    accounts::add_session_routes(router);
    router.get("/cases", web::Access::signed_in,
               [](web::Exchange&) -> Result<web::Response> { return web::Response::text("cases"); });
    return router;
  }
  void speak(std::string_view language) {
    database().write([&](db::Transaction& tx) { accounts().store.set_language(tx, ana().account, language); });
  }
  FixedClock& clock() { return ana().bed.clock; }
  const web::Site& site() { return *site_; }

  // A browser with a whole session of hers.
  PageBrowser signed_in(accounts::SharedComputer shared = accounts::SharedComputer::no,
                        std::string peer = "203.0.113.9", std::string user_agent = {}) {
    return browser_of(start(shared, std::move(peer), std::move(user_agent)));
  }
  accounts::SessionKey start(accounts::SharedComputer shared = accounts::SharedComputer::no,
                             std::string peer = "203.0.113.9", std::string user_agent = {}) {
    auto& sessions = accounts().sessions;
    const auto key = sessions.make_key({.peer = std::move(peer), .user_agent = std::move(user_agent)});
    database().write([&](db::Transaction& tx) { sessions.start_full(tx, key, ana().account, shared, "totp"); });
    return key;
  }
  PageBrowser browser_of(const accounts::SessionKey& key) {
    PageBrowser browser(*site_, "account.northport.example");
    browser.set_cookie(std::string(web::kSessionCookie), key.token);
    return browser;
  }
  bool is_signed_in(PageBrowser& browser) { return browser.get("/cases").body == "cases"; }

  static std::string went_to(const web::Response& response) {
    EXPECT_EQ(response.status, 303) << response.body;
    return PageBrowser::location_of(response);
  }
  static bool shows(const web::Response& response, std::string_view text) {
    return response.body.find(text) != std::string::npos;
  }
  static std::string header(const web::Response& response, std::string_view name) {
    for (const auto& [held, value] : response.headers) {
      if (held == name) return value;
    }
    return {};
  }
  // The text between the tags, blanks made single.
  static std::string text_of(const web::Response& response) {
    static const std::regex tags("<[^>]*>"), blanks("\\s+");
    return std::regex_replace(std::regex_replace(response.body, tags, " "), blanks, " ");
  }

 private:
  std::unique_ptr<web::Site> site_;
};

}  // namespace waymark::testing
