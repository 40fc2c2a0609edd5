// The access matrix of people: every route about a case × every relation that somebody can have to one × a case of
// theirs, somebody else's, and one that is not there; for people and for machines. Routes are taken from the router:
// one that has no line here fails.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/text.hpp"
#include "features/cases/firms/firm_members.hpp"
#include "features/cases/representing/verify.hpp"
#include "features/messages/write_message.hpp"
#include "support/whole_site.hpp"

namespace waymark::app {
namespace {

using testing::PageBrowser;
using testing::RecordsOf;
using Fields = std::vector<std::pair<std::string, std::string>>;

// A party of the case by the agency's word …
constexpr std::string_view kParties = "applicant guardian petitioner beneficiary representative";
// … whose case it is to share …
constexpr std::string_view kGivers = "applicant guardian petitioner";
// … and who was let in by the petitioner.
constexpr std::string_view kRepresent = "lawyer member reader";
constexpr std::string_view kHelp = "acting_helper looking_helper";
constexpr std::string_view kEverybody =
    "applicant guardian petitioner beneficiary representative lawyer member reader acting_helper looking_helper "
    "stranger";

struct Answer {
  std::string_view who;
  int status;
};
// What is not said here is the page of a case that is not there.
const std::map<std::string, std::vector<Answer>> kMatrix{
    {"GET /cases/:receipt", {{kParties, 200}, {kRepresent, 303}, {kHelp, 303}}},
    {"GET /representing/:receipt", {{kRepresent, 200}, {kParties, 303}, {kHelp, 303}}},
    {"GET /helping/:receipt", {{kHelp, 200}, {kParties, 303}, {kRepresent, 303}}},
    {"GET /cases/:receipt/looks", {{kParties, 200}}},
    {"GET /cases/:receipt/disconnection", {{kParties, 200}}},
    {"POST /cases/:receipt/disconnection", {{kParties, 303}}},
    {"GET /cases/:receipt/beneficiary", {{"petitioner", 200}}},
    {"POST /cases/:receipt/beneficiary", {{"petitioner", 303}}},
    {"GET /cases/:receipt/helpers", {{kGivers, 200}}},
    {"POST /cases/:receipt/helpers/end", {{"petitioner", 303}}},  // whose helper it is
    {"GET /cases/:receipt/helpers/ask", {{kGivers, 200}}},
    {"POST /cases/:receipt/helpers/ask", {{kGivers, 422}}},
    {"GET /cases/:receipt/representative", {{kGivers, 200}}},
    {"POST /cases/:receipt/representative/end", {{"petitioner", 303}}},  // whose representative it is
    {"GET /cases/:receipt/representative/passcode", {{kGivers, 200}}},
    {"POST /cases/:receipt/representative/passcode", {{kGivers, 200}}},
    {"GET /cases/:receipt/representative/accept", {{kGivers, 200}}},
    {"POST /cases/:receipt/representative/accept", {{kGivers, 422}}},
};

int status_for(const std::vector<Answer>& answers, std::string_view relation) {
  for (const auto& answer : answers) {
    const auto who = split(answer.who, ' ');
    if (std::ranges::find(who, relation) != who.end()) return answer.status;
  }
  return 404;
}

class CaseRoutes : public testing::WholeSite {
 protected:
  struct Person {
    AccountId account;
    std::string receipt;  // of the case that the relation is to
    PageBrowser browser;
  };
  // Two cases, and everybody who can have to do with one. Each call makes other ones.
  struct World {
    std::map<std::string, Person, std::less<>> people{};
    std::string petition, application;
    Fields ids{{"show", "evidence"}};  // a kind of consent, and what the petitioner may end
    Person& at(std::string_view relation) { return people.find(relation)->second; }
    const std::string& other_than(const std::string& receipt) const {
      return receipt == petition ? application : petition;
    }
  };

  World make_world() {
    const int number = ++worlds_;
    World world{.petition = fmt::format("NPT26901{:05}", number), .application = fmt::format("NPT26902{:05}", number)};
    take_in(RecordsOf(world.petition, "I-130")
                .party("petitioner", cases::Role::petitioner)
                .party("beneficiary", cases::Role::beneficiary)
                .party("representative", cases::Role::representative)
                .stage("received", "2026-08-12"));
    take_in(RecordsOf(world.application)
                .party("applicant", cases::Role::applicant)
                .party("child", cases::Role::applicant, "2019-05-05")
                .guardian("guardian", cases::Role::applicant, "child")
                .stage("received", "2026-08-12"));
    for (const auto relation : split(kEverybody, ' ')) add_person(world, relation, number);
    for (const auto relation : split(kParties, ' ')) connect(world.at(relation), relation);
    let_helpers_in(world);
    let_representatives_in(world);
    return world;
  }
  void add_person(World& world, std::string_view relation, int number) {
    const auto account = foundation().ids.next<AccountId>();
    const auto email = fmt::format("{}{}@example.org", relation, number);
    const auto profile = new_account(account, email, "turnip velvet orbit sandal");
    data().write([&](db::Transaction& tx) { accounts().store.add(tx, profile); });
    const bool is_application = relation == "applicant" || relation == "guardian";
    world.people.emplace(relation, Person{.account = account,
                                          .receipt = is_application ? world.application : world.petition,
                                          .browser = browser(start_session(account, true).token)});
  }
  void connect(const Person& person, std::string_view party) {
    const db::Query kConnect{"test.connect", R"sql(
      UPDATE parties SET account = $1, connected_at = 0
      WHERE agency_party = $2 AND case_id IN (SELECT id FROM cases WHERE receipt_number = $3))sql"};
    data().write(
        [&](db::Transaction& tx) { EXPECT_EQ(tx.run(kConnect, {person.account, party, person.receipt}), 1U); });
  }
  std::string email_of(const Person& person) {
    return features().find_person(*data().snapshot(), person.account).email.address;
  }
  void let_helpers_in(World& world) {
    const auto& sharing = features().sharing;
    const auto giver = world.at("petitioner").account;
    const auto until = to_date(to_days(utc_date(now())) + std::chrono::days{30});
    for (const auto relation : split(kHelp, ' ')) {
      auto& helper = world.at(relation);
      const auto email = email_of(helper);
      ASSERT_TRUE(cases::offer_help(sharing, giver, world.petition,
                                    {.email = email, .may_act = relation == "acting_helper", .until = until}, ""));
      const auto offer =
          cases::list_offers(*data().snapshot(), sharing.email_index(*parse_email(email)), now()).front().id;
      ASSERT_TRUE(cases::accept_help(sharing, helper.account, offer, ""));
      if (relation == "looking_helper") world.ids.emplace_back("helping", fmt::to_string(offer.value));
    }
  }
  void let_representatives_in(World& world) {
    const auto lawyer = world.at("lawyer").account;
    const cases::FirmActor owner{lawyer};
    const auto& of = features().cases;
    ASSERT_TRUE(cases::ask_to_represent(of, lawyer, {"lawyer", "Quay Law", "NY 12"}, ""));
    ASSERT_TRUE(cases::decide_representative(of, lawyer, cases::RepresentativeState::verified, OfficerId{7},
                                             "officer 7",
                                             cases::find_own_representative(of, *data().snapshot(), lawyer)->asked_at));
    const auto passcode =
        cases::make_clients_passcode(features().representing, world.at("petitioner").account, world.petition, "");
    ASSERT_TRUE(passcode);
    ASSERT_TRUE(cases::accept_as_representative(features().representing, lawyer, world.petition, *passcode, ""));
    const auto client =
        cases::list_of_representative(*data().snapshot(), lawyer, now(), cases::kAfterTheNewest, 1).front().id;
    world.ids.emplace_back("representation", fmt::to_string(client.value));

    const auto& firms = features().firms;
    ASSERT_TRUE(cases::open_firm(firms, owner, "Quay Law"));
    for (const std::string relation : {"member", "reader"}) {
      auto& person = world.at(relation);
      const auto email = email_of(person);
      ASSERT_TRUE(cases::invite_to_firm(firms, owner, {email, relation == "member" ? "member" : "read_only"}));
      const auto index = firms.email_index(*parse_email(email));
      const auto invitation = cases::list_firm_invitations(*data().snapshot(), index, now()).front().id;
      ASSERT_TRUE(cases::join_firm(firms, {person.account}, invitation));
    }
    ASSERT_TRUE(cases::share_client(firms, owner, client));
  }

  struct Told {
    int status = 0;
    std::string shown;  // without what differs by itself: the address asked for
    bool operator==(const Told&) const = default;
  };
  static Told ask(PageBrowser& visitor, const web::Route& route, const std::string& path, const Fields& fields,
                  const std::string& accept) {
    visitor.accept = "text/html";
    const auto token = PageBrowser::token_in(visitor.get("/account/preferences").body);
    visitor.accept = accept;
    const auto answer = route.method == web::Method::get ? visitor.get(path) : visitor.post(path, token, fields);
    const auto from = std::min(answer.body.find("<main"), answer.body.size());
    return {answer.status, answer.body.starts_with("<!doctype")
                               ? answer.body.substr(from, answer.body.find("</main>") - from)
                               : answer.body};
  }
  static std::string with(const web::Route& route, std::string_view part, const std::string& value) {
    auto path = route.pattern;
    return path.replace(path.find(part), part.size(), value);
  }
  static std::string name_of(const web::Route& route) {
    return fmt::format("{} {}", route.method == web::Method::post ? "POST" : "GET", route.pattern);
  }

 private:
  int worlds_ = 0;
};

TEST_P(CaseRoutes, GiveEachRelationWhatTheMatrixSaysAndNothingElse) {
  std::set<std::string> walked;
  for (const auto& route : routes()) {
    if (route.pattern.find(":receipt") == std::string::npos || web::is_office_path(route.pattern)) continue;
    SCOPED_TRACE(name_of(route));
    const auto row = kMatrix.find(name_of(route));
    ASSERT_NE(row, kMatrix.end()) << "a new route needs a line in the matrix";
    walked.insert(row->first);
    auto world = make_world();
    // Those who may not come first: what the others do ends relations.
    auto relations = split(kEverybody, ' ');
    std::ranges::partition(relations, [&](auto relation) { return status_for(row->second, relation) == 404; });
    for (const auto relation : relations) {
      auto& person = world.at(relation);
      for (const std::string accept : {"application/json", "text/html"}) {
        if (route.method == web::Method::post && accept != "text/html") continue;
        SCOPED_TRACE(fmt::format("{} {}", relation, accept));
        const auto at = [&](const std::string& receipt) {
          return ask(person.browser, route, with(route, ":receipt", receipt), world.ids, accept);
        };
        const auto missing = at("NPT2690009999");
        EXPECT_EQ(missing.status, 404);
        EXPECT_EQ(at(world.other_than(person.receipt)), missing) << "somebody else's";
        const auto own = at(person.receipt);
        EXPECT_EQ(own.status, status_for(row->second, relation));
        if (own.status == 404) EXPECT_EQ(own.shown, missing.shown);
      }
    }
  }
  EXPECT_EQ(walked.size(), kMatrix.size()) << "a line of a route that is gone";
}

// Threads are whose they are, whatever the relation to the case that they are about.
TEST_P(CaseRoutes, ShowAThreadToWhoBeganItAlone) {
  auto world = make_world();
  const auto began = messages::begin_thread(features().messages, world.at("petitioner").account,
                                            {.topic = "documents",
                                             .subject = "A copy",
                                             .text = "Which?",
                                             .receipt_number = world.petition,
                                             .nonce = "0123456789abcdef"});
  ASSERT_TRUE(began);
  int walked = 0;
  for (const auto& route : routes()) {
    if (route.pattern.find(":thread") == std::string::npos || web::is_office_path(route.pattern)) continue;
    ++walked;
    for (const auto relation : split(kEverybody, ' ')) {
      SCOPED_TRACE(fmt::format("{} {}", name_of(route), relation));
      auto& browser = world.at(relation).browser;
      const auto theirs = ask(browser, route, with(route, ":thread", fmt::to_string(began->value)), {}, "text/html");
      const auto missing = ask(browser, route, with(route, ":thread", "4711"), {}, "text/html");
      EXPECT_EQ(missing.status, 404);
      if (relation == "petitioner") {
        EXPECT_NE(theirs.status, 404);
      } else {
        EXPECT_EQ(theirs, missing);
      }
    }
  }
  EXPECT_GE(walked, 2);
}

TEST_P(CaseRoutes, ShowAFirmsMemberToItsOwnersAlone) {
  auto world = make_world();
  const auto member = cases::find_membership(*data().snapshot(), world.at("reader").account)->id;
  int walked = 0;
  for (const auto& route : routes()) {
    if (route.pattern.find(":member") == std::string::npos) continue;
    ++walked;
    for (const auto relation : split(kEverybody, ' ')) {
      SCOPED_TRACE(fmt::format("{} {}", name_of(route), relation));
      auto& browser = world.at(relation).browser;
      const Fields fields{{"standing", "read_only"}};
      const auto theirs =
          ask(browser, route, with(route, ":member", fmt::to_string(member.value)), fields, "text/html");
      const auto missing = ask(browser, route, with(route, ":member", "4711"), fields, "text/html");
      EXPECT_EQ(missing.status, 404);
      if (relation == "lawyer") {
        EXPECT_NE(theirs.status, 404);
      } else {
        EXPECT_EQ(theirs, missing);
      }
    }
  }
  EXPECT_GE(walked, 2);
}

// What opens a case to somebody else, or says who is in a firm, is not for whoever found the browser open.
TEST_P(CaseRoutes, AskForARecentProofBeforeACaseIsOpenedToOthers) {
  std::set<std::string> delicate{"/cases/:receipt/beneficiary",
                                 "/cases/:receipt/helpers/ask",
                                 "/cases/:receipt/representative/passcode",
                                 "/cases/:receipt/representative/accept",
                                 "/representing/passcode",
                                 "/representing/share",
                                 "/firm/open",
                                 "/firm/invite",
                                 "/firm/members/:member",
                                 "/firm/close"};
  for (const auto& route : routes()) {
    if (route.method != web::Method::post || delicate.erase(route.pattern) == 0) continue;
    EXPECT_EQ(route.rule.access, web::Access::recently_proved) << route.pattern;
  }
  EXPECT_TRUE(delicate.empty()) << *delicate.begin();
}

ON_BOTH_DATABASES(CaseRoutes);

}  // namespace
}  // namespace waymark::app
