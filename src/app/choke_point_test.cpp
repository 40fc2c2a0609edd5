// Walks every route of the product, taken from its router, so that a new one is walked by itself: none gives a session
// that must not be, none takes a post of another site, and what is delicate asks for a proof.
#include <gtest/gtest.h>

#include <set>

#include "features/accounts/sign_in/sign_in.hpp"
#include "platform/totp.hpp"
#include "support/whole_site.hpp"

namespace waymark::app {
namespace {

using accounts::SessionKey;
using testing::PageBrowser;
using web::Access;

constexpr std::string_view kPassword = "turnip velvet orbit sandal";
constexpr std::string_view kEmail = "ana@example.org";
constexpr db::Query kSetState{"test.set_state", "UPDATE accounts SET state = $2 WHERE id = $1"};
constexpr db::Query kCountWhole{"test.count_whole",
                                "SELECT COUNT(*) FROM sessions WHERE account = $1 AND standing = 'signed_in'"};
constexpr db::Query kCountToken{"test.count_token", "SELECT COUNT(*) FROM sessions WHERE token_hash = $1"};

class EveryRoute : public testing::WholeSite {
 protected:
  void SetUp() override {
    WholeSite::SetUp();
    if (!IsSkipped()) add_ana();
  }

  void add_ana() {
    ana_ = foundation().ids.next<AccountId>();
    const auto factor = foundation().ids.next<accounts::TotpFactorId>();
    secret_ = make_totp_secret(foundation().random);
    const auto account = new_account(ana_, kEmail, kPassword);
    const accounts::NewBackupCode backup{.id = foundation().ids.next<accounts::BackupCodeId>(),
                                         .hash = accounts().factors.backup_code_hash("0000000000000000")};
    data().write([&](db::Transaction& tx) {
      accounts().store.add(tx, account);
      accounts().factors.add_totp(tx, {.id = factor, .account = ana_, .secret = secret_, .created_at = now()});
      accounts().factors.add_backup_codes(tx, ana_, {.codes = {backup}}, now());
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
  SessionKey start(bool is_whole) { return start_session(ana_, is_whole); }
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
  const auto audit_id = foundation().ids.next_value();
  data().write([&](db::Transaction& tx) { accounts().sessions.end(tx, ended.id, audit_id, now()); });
  const auto lapsed = start(true);
  const auto lapsed_half = start(false);
  dynamic_cast<MovableClock&>(*foundation().clock).move(std::chrono::hours{13});
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
  take_in(testing::RecordsOf(foreign).party("pat", cases::Role::applicant).stage("received", "2026-08-12"));
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
  web::Response send(const Sender& from, const web::Route& route, std::string_view from_site, std::string_view origin,
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
    request.headers = {{"host", std::string(site().authority())},
                       {"accept", "text/html"},
                       {"content-type", "application/x-www-form-urlencoded"},
                       {"cookie", cookies}};
    if (!from_site.empty()) request.headers.emplace_back("sec-fetch-site", std::string(from_site));
    if (!origin.empty()) request.headers.emplace_back("origin", std::string(origin));
    request.body = fmt::format("csrf={}", token);
    return site().dispatch(request);
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
    if (route.method != web::Method::post || site().router().find_route(web::Method::get, path_of(route)) == nullptr) {
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
