// The help feature on a fresh database, its pages, and officers who are named by their cookie: "support",
// "case_officer", "auditor" …, each with a 2 at its end for another one of the role.
#pragma once

#include <memory>
#include <string>

#include "features/help/help.hpp"
#include "features/help/limits.hpp"
#include "features/help/routes.hpp"
#include "support/accounts_bed.hpp"
#include "support/page_browser.hpp"
#include "web/cookies.hpp"

namespace waymark::testing {

class NamedOfficers final : public web::VisitorSource {
 public:
  web::Visitor find_visitor(const web::Request& request, db::Snapshot&) override {
    std::string name(request.cookie(web::kOfficeCookie).value_or(std::string_view{}));
    const bool is_second = name.ends_with('2');
    if (is_second) name.pop_back();
    const auto role = web::find_office_role(name);
    if (!role) return {};
    return {.standing = web::Standing::signed_in,
            .session = SessionId{9},
            .csrf_secret = "an officer's secret",
            .seat = seat(*role, is_second)};
  }
  static web::OfficeSeat seat(web::OfficeRole role, bool is_second = false) {
    return {.officer = OfficerId{100 + static_cast<std::int64_t>(role) * 2 + (is_second ? 1 : 0)},
            .role = role,
            .name = is_second ? "Olga Second" : "Omar First",
            .unit = "Northport support desk"};
  }
};

struct HelpBed {
  explicit HelpBed(db::Database& given)
      : database(given),
        accounts_bed(given),
        help({.database = given,
              .clock = accounts_bed.clock,
              .random = accounts_bed.random,
              .ids = accounts_bed.ids,
              .keys = accounts_bed.keys,
              .sealer = accounts_bed.sealer,
              .outbox = accounts_bed.outbox,
              .catalogue = accounts_bed.catalogue,
              .throttle = accounts_bed.accounts.throttle}) {}

  FixedClock& clock() { return accounts_bed.clock; }
  // What stands in the audit trail, oldest first: "event actor detail".
  std::vector<std::string> trail() {
    constexpr db::Query kTrail{"test.audit", "SELECT event, actor, detail FROM audit ORDER BY id"};
    return database.snapshot()->list(
        kTrail, {}, [](const db::Row& row) { return fmt::format("{} {} {}", row.text(0), row.text(1), row.text(2)); });
  }

  db::Database& database;
  AccountsBed accounts_bed;
  help::Help help;
};

// A fixture's base: the bed, its site, browsers.
class HelpContract : public ContractWith<HelpBed> {
 protected:
  void SetUp() override {
    ContractWith::SetUp();
    if (IsSkipped()) return;
    web::Router router;
    help::add_routes(router, help());
    auto parts = bed().accounts_bed.site_parts(metrics());
    parts.officers = &officers_;
    parts.office_nav = help::office_nav_links();
    site_ = std::make_unique<web::Site>(std::move(parts), std::move(router));
  }
  void TearDown() override {
    site_.reset();
    ContractWith::TearDown();
  }
  HelpBed& bed() { return world(); }
  help::Help& help() { return bed().help; }
  FixedClock& clock() { return bed().clock(); }
  PageBrowser browser() { return PageBrowser(*site_, "account.northport.example"); }
  PageBrowser officer(std::string name) {
    auto browser = this->browser();
    browser.set_cookie(std::string(web::kOfficeCookie), std::move(name));
    return browser;
  }
  static bool shows(const web::Response& response, std::string_view text) {
    return response.body.find(text) != std::string::npos;
  }

 private:
  NamedOfficers officers_;
  std::unique_ptr<web::Site> site_;
};

}  // namespace waymark::testing
