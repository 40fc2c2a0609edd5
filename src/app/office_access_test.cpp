// The access matrix: every route of the office × every role × an object that is there and one that is not, for people
// and machines; and every way in that must not be one. Routes are taken from the router, so that a new one is walked
// too.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "base/text.hpp"
#include "features/cases/representing/verify.hpp"
#include "features/cases/working/case_looks.hpp"
#include "features/cases/working/office_view.hpp"
#include "features/feed/feed_keys.hpp"
#include "features/messages/answer_thread.hpp"
#include "features/messages/message_store.hpp"
#include "features/office/officer.hpp"
#include "support/whole_site.hpp"

namespace waymark::app {
namespace {

using testing::PageBrowser;
using web::OfficeRole;

const std::string kReceipt = "NPT2690001234";

class OfficeRoutes : public testing::WholeSite {
 protected:
  void SetUp() override {
    WholeSite::SetUp();
    if (IsSkipped()) return;
    for (const auto role : web::kOfficeRoles) officers_.emplace(role, add_officer(role, web::to_text(role)));
    somebody_ = add_officer(OfficeRole::support, "somebody");
    take_in(testing::RecordsOf(kReceipt).party("ana", cases::Role::applicant).stage("received", "2026-08-12"));
    make_objects();
  }
  // What the routes are about, beside the case: the address of each, by the beginning of its route and its part.
  void make_objects() {
    const auto ana = foundation().ids.next<AccountId>();
    const auto account = new_account(ana, "ana@example.org", "turnip velvet orbit sandal");
    const help::HelpRequest question{.id = foundation().ids.next<help::HelpRequestId>(),
                                     .reference = "7M2Q9XD4",
                                     .email = "ana@example.org",
                                     .topic = "letter",
                                     .language = "en",
                                     .text = "Where is my letter?",
                                     .asked_at = now()};
    const help::Callback callback{.id = foundation().ids.next<help::CallbackId>(),
                                  .reference = "7M2Q9XD5",
                                  .name = "Ana Reyes",
                                  .phone = "+15555550134",
                                  .topic = "letter",
                                  .language = "en",
                                  .asked_at = now()};
    data().write([&](db::Transaction& tx) {
      accounts().store.add(tx, account);
      features().help.requests.insert(tx, question);
      features().help.callbacks.insert(tx, callback);
    });
    ASSERT_TRUE(cases::ask_to_represent(features().cases, ana, {"lawyer", "Quay Law", "NY 12"}, ""));
    const auto thread = messages::begin_thread(
        features().messages, ana,
        {.topic = "other", .subject = "A question", .text = "Which?", .nonce = "0123456789abcdef"});
    ASSERT_TRUE(thread);
    const auto key = feed::issue_key(features().cases, "operator", {.name = "Case system"});
    ASSERT_TRUE(key);
    objects_ = {{"/office/people/:account", ana.value},        {"/office/representatives/:account", ana.value},
                {"/office/messages/:thread", thread->value},   {"/office/help-requests/:id", question.id.value},
                {"/office/callbacks/:id", callback.id.value},  {"/office/feed/keys/:key", key->id.value},
                {"/office/officers/:officer", somebody_.value}};
  }
  // Another one: who may retires it on their way.
  void make_reply() {
    ASSERT_TRUE(messages::save_reply(features().messages, {.officer = somebody_, .role = OfficeRole::support},
                                     {.title = "Thanks", .text_en = "Thank you.", .text_es = "Gracias."}));
    objects_["/office/replies/:reply"] = messages::list_replies(*data().snapshot()).front().id.value;
  }
  OfficerId add_officer(OfficeRole role, std::string_view name) {
    const auto id = foundation().ids.next<OfficerId>();
    const auto email = parse_email(fmt::format("{}@northport.example", name));
    const auto handle = foundation().random.bytes(64);
    data().write([&](db::Transaction& tx) {
      features().office.officers.add(tx, {.id = id,
                                          .email = *email,
                                          .name = "Maya Lindqvist",
                                          .handle = handle,
                                          .role = role,
                                          .unit = "Northport field office",
                                          .language = "en",
                                          .state = office::OfficerState::active,
                                          .created_at = foundation().clock->now()});
    });
    return id;
  }
  // Signed in just now.
  PageBrowser officer(OfficeRole role) {
    const auto key = features().office.sessions.make_key({.peer = "203.0.113.9"});
    data().write([&](db::Transaction& tx) { features().office.sessions.start(tx, key, officers_.at(role), "test"); });
    PageBrowser browser = stranger();
    browser.set_cookie(std::string(web::kOfficeCookie), key.token);
    return browser;
  }
  PageBrowser stranger() { return browser(); }

  // With each ":part" filled in: by something that is there, or by something that is not.
  std::string path_of(const web::Route& route, bool is_there) {
    std::string path;
    const auto object =
        std::ranges::find_if(objects_, [&](const auto& one) { return route.pattern.starts_with(one.first); });
    for (const auto part : split(std::string_view(route.pattern).substr(1), '/')) {
      path += '/';
      if (!part.starts_with(':'))
        path += part;
      else if (part == ":receipt")
        path += is_there ? kReceipt : "NPT2690009999";
      else if (part == ":act")
        path += "note";
      else
        path += std::to_string(is_there && object != objects_.end() ? object->second : 4711);
    }
    return path;
  }
  web::Response ask(PageBrowser& browser, const web::Route& route, bool is_there) {
    const auto path = path_of(route, is_there);
    if (route.method == web::Method::get) return browser.get(path);
    browser.accept = "text/html";
    const auto page = browser.get("/office/sign-in/again");
    browser.accept = accept_;
    return browser.post(path, page.status == 200 ? PageBrowser::token_in(page.body) : "", {});
  }
  // A page of something that is there, or is not.
  bool is_about_object(const web::Route& route) {
    return route.method == web::Method::get && path_of(route, true) != path_of(route, false);
  }
  bool is_walked(const web::Route& route) {
    // Signing out ends the walk; the language is anybody's to choose.
    return web::is_office(route.rule.access);
  }

  std::map<OfficeRole, OfficerId> officers_;
  OfficerId somebody_{};  // whom administrators change
  std::map<std::string, std::int64_t> objects_;
  std::string accept_ = "text/html";
};

TEST_P(OfficeRoutes, GiveEachRoleWhatItsRuleSaysAndNothingElse) {
  int walked = 0;
  std::set<std::string> seen;
  for (const auto* accept : {"text/html", "application/json"}) {
    accept_ = accept;
    for (const auto role : web::kOfficeRoles) {
      auto browser = officer(role);
      browser.accept = accept_;
      make_reply();
      for (const auto& route : site().router().routes()) {
        if (!is_walked(route)) continue;
        for (const bool is_there : {true, false}) {
          SCOPED_TRACE(fmt::format("{} {} {} {}", web::to_text(role), route.method == web::Method::get ? "GET" : "POST",
                                   path_of(route, is_there), accept));
          const auto answer = ask(browser, route, is_there);
          ++walked;
          if (route.rule.roles.has(role)) {
            EXPECT_NE(answer.status, 403);
            EXPECT_NE(answer.status, 401);
            EXPECT_LT(answer.status, 500);
            if (is_about_object(route)) {
              seen.insert(route.pattern);
              EXPECT_EQ(answer.status == 404, !is_there);
            }
          } else {
            EXPECT_EQ(answer.status, 403);
            // The family name: a token can spell the given one by chance.
            EXPECT_EQ(answer.body.find("Reyes"), std::string::npos);
          }
        }
      }
    }
  }
  EXPECT_GT(walked, 300);
  EXPECT_GE(seen.size(), 9U) << "or what is there and what is not were hardly told apart";
}

TEST_P(OfficeRoutes, SendEverybodyElseToTheOfficesDoor) {
  for (const auto& route : site().router().routes()) {
    if (!is_walked(route)) continue;
    SCOPED_TRACE(route.pattern);
    auto people = stranger();
    people.set_cookie(std::string(web::kSessionCookie), officer(OfficeRole::case_officer).cookie("__Host-office"));
    for (const bool is_there : {true, false}) {
      const auto answer = ask(people, route, is_there);
      EXPECT_EQ(answer.status, 303);
      EXPECT_TRUE(PageBrowser::location_of(answer).starts_with("/office/sign-in")) << PageBrowser::location_of(answer);
    }
    people.accept = "application/json";
    accept_ = people.accept;
    EXPECT_EQ(ask(people, route, true).status, 401);
    accept_ = "text/html";
  }
}

// An officer's session is nobody on people's pages, whatever cookie it is put into.
TEST_P(OfficeRoutes, AndPeoplesPagesKnowNothingOfEachOther) {
  auto browser = officer(OfficeRole::case_officer);
  browser.set_cookie(std::string(web::kSessionCookie), browser.cookie(std::string(web::kOfficeCookie)));
  for (const auto& route : site().router().routes()) {
    if (route.method != web::Method::get || web::is_office_path(route.pattern)) continue;
    if (route.rule.access != web::Access::signed_in && route.rule.access != web::Access::recently_proved) continue;
    SCOPED_TRACE(route.pattern);
    const auto answer = browser.get(path_of(route, true));
    EXPECT_EQ(answer.status, 303);
    EXPECT_TRUE(PageBrowser::location_of(answer).starts_with("/sign-in"));
  }
}

TEST_P(OfficeRoutes, Incident_I39_RefusePostsOfOtherSitesAndWithoutTheirToken) {
  int posts = 0;
  for (const auto& route : site().router().routes()) {
    if (route.method != web::Method::post || !is_walked(route)) continue;
    ++posts;
    SCOPED_TRACE(route.pattern);
    auto role = OfficeRole::administrator;
    for (const auto one : web::kOfficeRoles) {
      if (route.rule.roles.has(one)) role = one;
    }
    auto browser = officer(role);
    const auto token = PageBrowser::token_in(browser.get("/office/sign-in/again").body);
    const auto path = path_of(route, false);
    EXPECT_EQ(browser.post(path, "", {}).status, 403);
    EXPECT_EQ(browser.post(path, "AAAA", {}).status, 403);
    EXPECT_EQ(browser.post(path, PageBrowser::token_in(officer(role).get("/office/sign-in/again").body), {}).status,
              403)
        << "another officer's";
    EXPECT_EQ(browser.post(path, PageBrowser::token_in(stranger().get("/sign-in").body), {}).status, 403);
    EXPECT_NE(browser.post(path, token, {}).status, 403) << "or the refusals above show nothing";
  }
  EXPECT_GE(posts, 12);
}

// A look needs a reason, and is there before the page is.
TEST_P(OfficeRoutes, OpenACaseForAReasonAndWriteItDown) {
  auto browser = officer(OfficeRole::support);
  const auto asked = browser.get("/office/cases/" + kReceipt);
  EXPECT_EQ(asked.status, 200);
  EXPECT_EQ(asked.body.find("Harbor Lane"), std::string::npos);
  const auto on_case = cases::find_line(*data().snapshot(), kReceipt)->visible.id;
  EXPECT_TRUE(cases::list_looks(*data().snapshot(), on_case, 10).empty());
  EXPECT_EQ(browser.submit("/office/cases/" + kReceipt, "/office/cases/" + kReceipt + "/look", {{"reason", "boredom"}})
                .status,
            422);
  const auto opened = browser.follow(browser.submit("/office/cases/" + kReceipt, "/office/cases/" + kReceipt + "/look",
                                                    {{"reason", "answering_person"}}));
  EXPECT_NE(opened.body.find("Harbor Lane"), std::string::npos);
  const auto looks = cases::list_looks(*data().snapshot(), on_case, 10);
  ASSERT_EQ(looks.size(), 2U);
  EXPECT_EQ(looks[0].reason, "answering_person");
  EXPECT_EQ(looks[0].role, OfficeRole::support);
  // The queue's own address is a reason for those who work it, and none for others.
  auto other = officer(OfficeRole::case_officer);
  EXPECT_NE(other.get("/office/cases/" + kReceipt + "?queue=waiting").body.find("Harbor Lane"), std::string::npos);
  EXPECT_EQ(cases::list_looks(*data().snapshot(), on_case, 1).front().reason, cases::kReasonQueue);
}

TEST_P(OfficeRoutes, LetTheOfficerAskForEvidenceAndThePersonSeeWhoDidIt) {
  auto browser = officer(OfficeRole::case_officer);
  const std::string page = "/office/cases/" + kReceipt + "/act/evidence-request";
  browser.get("/office/cases/" + kReceipt + "?queue=waiting");
  const auto due = catalogue::day_in_zone(foundation().clock->now() + std::chrono::days{30}, "America/New_York");
  std::vector<std::pair<std::string, std::string>> fields{
      {"version", "3"},
      {"items_en", "Your birth certificate\nTwo photos"},
      {"items_es", "Su acta de nacimiento"},
      {"due_on_day", fmt::format("{}", static_cast<unsigned>(due.day()))},
      {"due_on_month", fmt::format("{}", static_cast<unsigned>(due.month()))},
      {"due_on_year", fmt::format("{}", static_cast<int>(due.year()))}};
  const auto uneven = browser.submit(page, fields);
  EXPECT_EQ(uneven.status, 422);
  EXPECT_NE(uneven.body.find("Two photos"), std::string::npos) << "what was typed stays";
  fields[2].second = "Su acta de nacimiento\nDos fotos";
  fields[0].second = "2";
  const auto stale = browser.submit(page, fields);
  EXPECT_EQ(stale.status, 422);
  EXPECT_NE(stale.body.find("Somebody did something to this case"), std::string::npos);
  fields[0].second = "3";
  const auto done = browser.submit(page, fields);
  EXPECT_EQ(done.status, 303) << done.body;
  const auto seen = cases::find_for_office(*data().snapshot(), foundation().sealer, kReceipt);
  EXPECT_EQ(seen->visible.open_requests, 1);
  EXPECT_EQ(seen->visible.evidence_documents, 2);
}

ON_BOTH_DATABASES(OfficeRoutes);

}  // namespace
}  // namespace waymark::app
