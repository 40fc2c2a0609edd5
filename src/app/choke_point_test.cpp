// Walks every route of the product, taken from its router, so that a new one is walked by itself: none gives a session
// that must not be, none takes a post of another site, and what is delicate asks for a proof.
#include <gtest/gtest.h>

#include <set>

#include "app/features.hpp"
#include "app/foundation.hpp"
#include "app/routes.hpp"
#include "db/migrate.hpp"
#include "features/accounts/sign_in/sign_in.hpp"
#include "features/cases/intake.hpp"
#include "platform/totp.hpp"
#include "support/case_world.hpp"
#include "support/databases.hpp"
#include "support/page_browser.hpp"
#include "web/cookies.hpp"

namespace waymark::app {
namespace {

using accounts::SessionKey;
using accounts::SharedComputer;
using testing::PageBrowser;
using web::Access;

constexpr std::string_view kPassword = "turnip velvet orbit sandal";
constexpr std::string_view kEmail = "ana@example.org";
constexpr db::Query kSetState{"test.set_state", "UPDATE accounts SET state = $2 WHERE id = $1"};
constexpr db::Query kCountWhole{"test.count_whole",
                                "SELECT COUNT(*) FROM sessions WHERE account = $1 AND standing = 'signed_in'"};
constexpr db::Query kCountToken{"test.count_token", "SELECT COUNT(*) FROM sessions WHERE token_hash = $1"};

class EveryRoute : public testing::DatabaseContract {
 protected:
  void SetUp() override {
    DatabaseContract::SetUp();
    if (IsSkipped()) return;
    Config config;
    config.demo = true;
    config.data_folder = made().folder() / "waymark";
    if (!is_sqlite()) config.database = made().address();
    config.password_memory_kib = 64;
    config.password_passes = 1;
    std::filesystem::create_directories(config.data_folder);
    foundation_ = std::make_unique<Foundation>(config);
    db::migrate(*foundation_->database, db::shipped_migrations(foundation_->database->kind()));
    features_ = std::make_unique<Features>(*foundation_, [] {});
    site_ = std::make_unique<web::Site>(web::Site::Parts{.catalogue = foundation_->catalogue,
                                                         .words = foundation_->words,
                                                         .database = *foundation_->database,
                                                         .clock = *foundation_->clock,
                                                         .random = foundation_->random,
                                                         .keys = foundation_->keys,
                                                         .metrics = foundation_->metrics,
                                                         .visitors = accounts().sessions,
                                                         .origin = config.origin,
                                                         .is_demo = true,
                                                         .officers = &features_->office.sessions},
                                        make_routes(*features_));
    add_ana();
  }
  void TearDown() override {
    site_.reset();
    features_.reset();
    foundation_.reset();
    DatabaseContract::TearDown();
  }
  accounts::Accounts& accounts() { return features_->accounts; }
  db::Database& data() { return *foundation_->database; }
  Instant now() { return foundation_->clock->now(); }
  const std::vector<web::Route>& routes() { return site_->router().routes(); }

  void add_ana() {
    ana_ = foundation_->ids.next<AccountId>();
    const auto factor = foundation_->ids.next<accounts::TotpFactorId>();
    secret_ = make_totp_secret(foundation_->random);
    const auto hash = features_->hasher.hash(kPassword).value();
    const accounts::NewBackupCode backup{.id = foundation_->ids.next<accounts::BackupCodeId>(),
                                         .hash = accounts().factors.backup_code_hash("0000000000000000")};
    data().write([&](db::Transaction& tx) {
      accounts().store.add(tx, {.profile = {.id = ana_,
                                            .email = *parse_email(kEmail),
                                            .given_name = "Ana",
                                            .family_name = "Morales",
                                            .date_of_birth = std::chrono::March / 27 / 1984,
                                            .language = "en",
                                            .created_at = now()},
                                .password_hash = hash,
                                .consent_version = "test",
                                .consented_at = now()});
      accounts().factors.add_totp(tx, {.id = factor, .account = ana_, .secret = secret_, .created_at = now()});
      accounts().factors.add_backup_codes(tx, ana_, std::span(&backup, 1), now());
    });
  }
  // "locked_by_owner", or what the operator makes of the account.
  void set_state(std::string_view state) {
    const bool is_owners = state == "locked_by_owner";
    data().write([&](db::Transaction& tx) {
      accounts().store.lift_owner_lock(tx, ana_);
      tx.run(kSetState, {ana_, is_owners ? "active" : state});
      if (is_owners) accounts().store.lock_by_owner(tx, ana_, now());
    });
  }
  SessionKey start(bool is_whole) {
    auto key = accounts().sessions.make_key({.peer = "203.0.113.9"});
    key.remember_device = is_whole;
    data().write([&](db::Transaction& tx) {
      if (is_whole) {
        accounts().sessions.start_full(tx, key, ana_, SharedComputer::no, "totp");
      } else {
        accounts().sessions.start_half(tx, key, ana_, SharedComputer::no);
      }
    });
    return key;
  }
  PageBrowser browser(std::string session = {}, std::string device = {}) {
    PageBrowser visitor(*site_, std::string(site_->authority()));
    if (!session.empty()) visitor.set_cookie(std::string(web::kSessionCookie), std::move(session));
    if (!device.empty()) visitor.set_cookie(std::string(web::kDeviceCookie), std::move(device));
    return visitor;
  }
  // Each ":part" filled in with something of its form.
  static std::string path_of(const web::Route& route) {
    std::string path;
    for (std::size_t at = 0; at < route.pattern.size();) {
      if (route.pattern[at] != ':') {
        path += route.pattern[at++];
        continue;
      }
      path += "1";
      at = std::min(route.pattern.find('/', at), route.pattern.size());
    }
    return path;
  }
  std::string app_code() { return totp_code(secret_, now()); }
  std::string wrong_app_code() {
    for (int i = 0;; ++i) {
      auto code = fmt::format("{:06}", i);
      if (!find_totp_step(secret_, code, now())) return code;
    }
  }
  using Fields = std::vector<std::pair<std::string, std::string>>;
  static Fields answers(std::string totp) {
    return {{"email", std::string(kEmail)},
            {"password", std::string(kPassword)},
            {"current_password", std::string(kPassword)},
            {"totp", totp},
            {"code", std::move(totp)},
            {"remember_device", "yes"}};
  }
  web::Response ask(PageBrowser& visitor, const web::Route& route, const Fields& fields) {
    if (route.method == web::Method::get) return visitor.get(path_of(route));
    const auto page = visitor.get("/sign-in");
    const auto token = page.status == 200 ? PageBrowser::token_in(page.body) : token_of_whole(visitor);
    return visitor.post(path_of(route), token, fields);
  }
  static std::string token_of_whole(PageBrowser& visitor) {
    return PageBrowser::token_in(visitor.get("/account/preferences").body);
  }
  std::int64_t count_whole() {
    return data().snapshot()->find(kCountWhole, {ana_}, [](const db::Row& row) { return row.integer(0); }).value();
  }
  bool is_signed_in(const PageBrowser& visitor) {
    web::Request request;
    request.headers = {
        {"cookie", fmt::format("{}={}", web::kSessionCookie, visitor.cookie(std::string(web::kSessionCookie)))}};
    return accounts().sessions.find_visitor(request, *data().snapshot()).standing == web::Standing::signed_in;
  }
  void forget_tries() {
    data().write([&](db::Transaction& tx) { accounts::forget_failed_tries(accounts(), tx, ana_, kEmail); });
  }
  // The request leaves no whole session of Ana's that was not there before, and the browser in none.
  void expect_no_session(PageBrowser& visitor, const web::Route& route, const Fields& fields) {
    const auto before = count_whole();
    const auto answer = ask(visitor, route, fields);
    SCOPED_TRACE(
        fmt::format("{} {} {}", route.method == web::Method::post ? "POST" : "GET", route.pattern, answer.status));
    EXPECT_NE(answer.status, 500);
    EXPECT_EQ(count_whole(), before);
    EXPECT_FALSE(is_signed_in(visitor));
  }
  static bool leads_out(const web::Route& route) { return route.pattern.starts_with("/sign-out"); }

  std::unique_ptr<Foundation> foundation_;
  std::unique_ptr<Features> features_;
  std::unique_ptr<web::Site> site_;
  AccountId ana_{};
  std::string secret_;
};

TEST_P(EveryRoute, GivesASessionToWhoProvesEverything) {
  auto visitor = browser();
  visitor.submit("/sign-in", answers(app_code()));
  EXPECT_FALSE(is_signed_in(visitor));
  visitor.submit("/sign-in/second-factor", {{"totp", app_code()}});
  EXPECT_TRUE(is_signed_in(visitor)) << "or the other walks would show nothing";
}

TEST_P(EveryRoute, Incident_I06_GivesNoSessionToAnAccountThatIsLockedOrClosed) {
  for (const std::string_view state : {"locked", "closed", "locked_by_owner"}) {
    for (const auto& route : routes()) {
      if (leads_out(route)) continue;
      set_state("active");
      const auto whole = start(true);  // its device is remembered
      const auto half = start(false);
      set_state(state);
      SCOPED_TRACE(state);
      for (const auto& session : {std::string{}, half.token, whole.token}) {
        for (const auto& device : {std::string{}, whole.device_token}) {
          auto visitor = browser(session, device);
          expect_no_session(visitor, route, answers(app_code()));
          EXPECT_EQ(visitor.cookie(std::string(web::kSessionCookie)), session);
        }
      }
      auto with_backup_code = browser(half.token);
      expect_no_session(with_backup_code, route, {{"backup_code", "00000-00000-00000-0"}});
    }
  }
}

TEST_P(EveryRoute, Incident_I14_EndsWhatAnAccountBeganThatIsLockedInTheMiddle) {
  const auto half = start(false);
  set_state("locked");
  set_state("active");
  auto resumed = browser(half.token);
  EXPECT_EQ(resumed.get("/sign-in/second-factor").status, 200) << "a lock that was lifted before anything was asked";
  set_state("locked");
  resumed.submit("/sign-in", {});
  for (const auto& route : routes()) {
    if (!leads_out(route)) expect_no_session(resumed, route, answers(app_code()));
  }
}

TEST_P(EveryRoute, Incident_I44_GivesNoSessionForAPasswordAlone) {
  for (const auto& route : routes()) {
    if (leads_out(route)) continue;
    const auto half = start(false);
    for (const auto& session : {std::string{}, half.token}) {
      auto visitor = browser(session);
      expect_no_session(visitor, route, answers(wrong_app_code()));
      if (route.method == web::Method::post) {
        expect_no_session(visitor, route, {{"backup_code", "1111111111111111"}, {"password", std::string(kPassword)}});
        expect_no_session(visitor, route, {});
      }
    }
    forget_tries();
  }
}

TEST_P(EveryRoute, Incident_I35_MakesNothingOfASessionThatEndedOrLapsedOrWasPlanted) {
  const auto ended = start(true);
  const auto audit_id = foundation_->ids.next_value();
  data().write([&](db::Transaction& tx) { accounts().sessions.end(tx, ended.id, audit_id, now()); });
  const auto lapsed = start(true);
  const auto lapsed_half = start(false);
  dynamic_cast<MovableClock&>(*foundation_->clock).move(std::chrono::hours{13});
  const std::string planted(43, 'A');
  for (const auto& route : routes()) {
    if (leads_out(route)) continue;
    for (const auto& token : {ended.token, lapsed.token, lapsed_half.token, planted}) {
      auto visitor = browser(token);
      expect_no_session(visitor, route, answers(wrong_app_code()));
    }
    forget_tries();
  }
  const auto planted_hash = sha256(planted);
  EXPECT_EQ(
      data().snapshot()->find(kCountToken, {db::Bytes{planted_hash}}, [](const db::Row& r) { return r.integer(0); }),
      0);
}

// A case that is somebody else's and one that is not there: the same page, for people and for machines.
TEST_P(EveryRoute, Incident_I40_AnswersAForeignCaseAsAMissingOne) {
  const std::string foreign = "NPT2690001234", missing = "NPT2690009999";
  std::vector<cases::AgencyRecord> records =
      testing::RecordsOf(foreign).party("pat", cases::Role::applicant).stage("received", "2026-08-12");
  for (auto& record : records) record.id = foundation_->ids.next_value();
  cases::Intake intake(features_->cases);
  const auto received_at = now();
  data().write([&](db::Transaction& tx) {
    intake.begin(received_at);
    for (const auto& record : records) intake.take_in(tx, record);
    intake.write_back(tx);
  });
  auto visitor = browser(start(true).token);
  int walked = 0;
  for (const auto& route : routes()) {
    if (route.pattern.find(":receipt") == std::string::npos || web::is_office_path(route.pattern)) continue;
    for (const auto* accept : {"text/html", "application/json"}) {
      visitor.accept = accept;
      // What differs by itself: the address that was asked for, and the moment.
      const auto told = [&](const std::string& receipt) {
        auto path = route.pattern;
        path.replace(path.find(":receipt"), 8, receipt);
        visitor.accept = "text/html";
        const auto token = token_of_whole(visitor);
        visitor.accept = accept;
        const auto answer = route.method == web::Method::get ? visitor.get(path) : visitor.post(path, token, {});
        const auto from = std::min(answer.body.find("<main"), answer.body.size());
        return fmt::format("{} {}", answer.status,
                           answer.body.starts_with("<!doctype")
                               ? answer.body.substr(from, answer.body.find("</main>") - from)
                               : answer.body);
      };
      SCOPED_TRACE(fmt::format("{} {}", route.pattern, accept));
      EXPECT_TRUE(told(foreign).starts_with("404 "));
      EXPECT_EQ(told(foreign), told(missing));
      ++walked;
    }
  }
  EXPECT_GE(walked, 6);
}

// --- Posts of other sites

class EveryPost : public EveryRoute {
 protected:
  // A visitor who may use the route, with the token of a page of ours.
  struct Sender {
    PageBrowser visitor;
    std::string token;
  };
  Sender sender_for(const web::Route& route) {
    if (route.rule.access == Access::signed_in || route.rule.access == Access::recently_proved) {
      auto visitor = browser(start(true).token);
      auto token = token_of_whole(visitor);
      return {std::move(visitor), std::move(token)};
    }
    auto visitor = browser(route.rule.access == Access::half_signed_in ? start(false).token : std::string{});
    auto token = PageBrowser::token_in(visitor.get("/sign-in").body);
    return {std::move(visitor), std::move(token)};
  }
  web::Response send(const Sender& from, const web::Route& route, std::string_view site, std::string_view origin,
                     std::string_view token) {
    web::Request request;
    request.method = web::Method::post;
    request.path = path_of(route);
    request.peer = "203.0.113.9";
    request.request_id = "0123456789abcdef";
    std::string cookies;
    for (const auto name : {web::kSessionCookie, web::kCsrfCookie}) {
      if (const auto value = from.visitor.cookie(std::string(name)); !value.empty()) {
        cookies += fmt::format("{}{}={}", cookies.empty() ? "" : "; ", name, value);
      }
    }
    request.headers = {{"host", std::string(site_->authority())},
                       {"accept", "text/html"},
                       {"content-type", "application/x-www-form-urlencoded"},
                       {"cookie", cookies}};
    if (!site.empty()) request.headers.emplace_back("sec-fetch-site", std::string(site));
    if (!origin.empty()) request.headers.emplace_back("origin", std::string(origin));
    request.body = fmt::format("csrf={}", token);
    return site_->dispatch(request);
  }
};

TEST_P(EveryPost, Incident_I39_IsRefusedFromAnotherSiteOrWithoutItsToken) {
  int posts = 0;
  for (const auto& route : routes()) {
    if (route.method != web::Method::post) continue;
    if (web::is_office(route.rule.access)) continue;     // office_access_test.cpp
    if (route.rule.access == Access::program) continue;  // no cookie opens it
    ++posts;
    SCOPED_TRACE(route.pattern);
    set_state("active");  // one of them locks the account
    const auto from = sender_for(route);
    std::string token;
    for (const char letter : from.token) token += fmt::format("%{:02X}", static_cast<unsigned char>(letter));
    EXPECT_EQ(send(from, route, "cross-site", "", token).status, 403);
    EXPECT_EQ(send(from, route, "same-site", "", token).status, 403);
    EXPECT_EQ(send(from, route, "", "https://evil.example", token).status, 403);
    EXPECT_EQ(send(from, route, "", "null", token).status, 403);
    EXPECT_EQ(send(from, route, "same-origin", "", "").status, 403);
    EXPECT_EQ(send(from, route, "same-origin", "", "AAAA").status, 403);
    EXPECT_NE(send(from, route, "same-origin", "", token).status, 403) << "or the refusals above show nothing";
  }
  EXPECT_GE(posts, 25);
}

// Everything of the account asks for a proof of the last twenty minutes, but for what stands here.
TEST_P(EveryRoute, OfTheAccountAsksForAProofThatIsRecent) {
  // Looking, and what only takes something away from whoever is signed in elsewhere.
  const std::set<std::string> without{"/account",
                                      "/account/preferences",
                                      "/account/activity",
                                      "/account/lock",
                                      "/account/urging/later",
                                      "/account/devices",
                                      "/account/devices/sign-out",
                                      "/account/devices/sign-out-elsewhere",
                                      "/account/devices/forget",
                                      "/account/devices/stop-remembering"};
  std::set<std::string> seen;
  for (const auto& route : routes()) {
    if (route.pattern != "/account" && !route.pattern.starts_with("/account/")) continue;
    SCOPED_TRACE(route.pattern);
    if (without.contains(route.pattern)) {
      seen.insert(route.pattern);
      EXPECT_EQ(route.rule.access, Access::signed_in);
    } else {
      EXPECT_EQ(route.rule.access, Access::recently_proved);
    }
  }
  EXPECT_GE(seen.size(), 3U);
}

// A form with a password costs a hash: it must not run among what is quick.
TEST_P(EveryPost, ThatTakesAPasswordRunsWhereHashingDoes) {
  int found = 0;
  for (const auto& route : routes()) {
    if (route.method != web::Method::post || site_->router().find_route(web::Method::get, path_of(route)) == nullptr) {
      continue;
    }
    auto from = sender_for(route);
    const auto page = from.visitor.get(path_of(route));
    if (page.body.find("type=\"password\"") == std::string::npos) continue;
    if (route.pattern.ends_with("/passkey")) continue;  // draws the page of the password again, and takes none
    ++found;
    EXPECT_EQ(route.cost, web::Cost::hashing) << route.pattern;
  }
  EXPECT_GE(found, 3);
}

ON_BOTH_DATABASES(EveryRoute);
ON_BOTH_DATABASES(EveryPost);

}  // namespace
}  // namespace waymark::app
