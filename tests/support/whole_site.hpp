// The product as `waymark serve` puts it together, on a test's database and without sockets: all its features and all
// its routes, cheap hashing, a clock that a test moves.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/features.hpp"
#include "app/foundation.hpp"
#include "app/routes.hpp"
#include "db/migrate.hpp"
#include "features/cases/intake/intake.hpp"
#include "support/case_world.hpp"
#include "support/databases.hpp"
#include "support/page_browser.hpp"
#include "web/cookies.hpp"

namespace waymark::testing {

class WholeSite : public DatabaseContract {
 protected:
  void SetUp() override {
    DatabaseContract::SetUp();
    if (IsSkipped()) return;
    app::Config config;
    config.demo = true;
    config.data_folder = made().folder() / "waymark";
    if (!is_sqlite()) config.database = made().address();
    config.password_memory_kib = 64;
    config.password_passes = 1;
    std::filesystem::create_directories(config.data_folder);
    foundation_ = std::make_unique<app::Foundation>(config);
    db::migrate(data(), db::shipped_migrations(data().kind()));
    features_ = std::make_unique<app::Features>(*foundation_, [] {});
    site_ = std::make_unique<web::Site>(app::site_parts(*foundation_, *features_), app::make_routes(*features_));
  }
  void TearDown() override {
    site_.reset();
    features_.reset();
    foundation_.reset();
    DatabaseContract::TearDown();
  }
  app::Foundation& foundation() { return *foundation_; }
  app::Features& features() { return *features_; }
  const web::Site& site() { return *site_; }
  accounts::Accounts& accounts() { return features_->accounts; }
  db::Database& data() { return *foundation_->database; }
  Instant now() { return foundation_->clock->now(); }
  const std::vector<web::Route>& routes() { return site_->router().routes(); }

  PageBrowser browser(std::string session = {}, std::string device = {}) {
    PageBrowser visitor(*site_, std::string(site_->authority()));
    if (!session.empty()) visitor.set_cookie(std::string(web::kSessionCookie), std::move(session));
    if (!device.empty()) visitor.set_cookie(std::string(web::kDeviceCookie), std::move(device));
    return visitor;
  }
  // In one unit, as an import does.
  void take_in(std::vector<cases::AgencyRecord> records) {
    for (auto& record : records) record.id = foundation_->ids.next_value();
    cases::Intake intake(features_->cases);
    const auto received_at = now();
    data().write([&](db::Transaction& tx) {
      intake.begin(received_at);
      for (const auto& record : records) {
        const auto answer = intake.take_in(tx, record);
        EXPECT_EQ(answer.verdict, cases::Verdict::went_in) << answer.field << " " << answer.reason;
      }
      intake.write_back(tx);
    });
  }
  accounts::NewAccount new_account(AccountId id, std::string_view email, std::string_view password) {
    return {.profile = {.id = id,
                        .email = *parse_email(email),
                        .given_name = "Ana",
                        .family_name = "Morales",
                        .date_of_birth = std::chrono::March / 27 / 1984,
                        .language = "en",
                        .created_at = now()},
            .password_hash = features_->hasher.hash(password).value(),
            .consent_version = "test",
            .consented_at = now()};
  }
  accounts::SessionKey start_session(AccountId account, bool is_whole) {
    auto key = accounts().sessions.make_key({.peer = "203.0.113.9"});
    key.remember_device = is_whole;
    data().write([&](db::Transaction& tx) {
      if (is_whole) {
        accounts().sessions.start_full(tx, key, account, accounts::SharedComputer::no, "totp");
      } else {
        accounts().sessions.start_half(tx, key, account, accounts::SharedComputer::no);
      }
    });
    return key;
  }

 private:
  std::unique_ptr<app::Foundation> foundation_;
  std::unique_ptr<app::Features> features_;
  std::unique_ptr<web::Site> site_;
};

}  // namespace waymark::testing
