// The pages about cases, asked for as a browser without scripts does: dispatch, features and a real database.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "features/cases/routes.hpp"
#include "features/overview/routes.hpp"
#include "support/case_world.hpp"
#include "support/databases.hpp"
#include "support/page_browser.hpp"
#include "web/compression.hpp"
#include "web/cookies.hpp"

namespace waymark::overview {
namespace {

using cases::EventKind;
using cases::Role;
using testing::at_noon;
using testing::CaseWorld;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::PageBrowser;
using testing::RecordsOf;

const std::string kReceipt = "NPT2690001234";
const std::string kCode = "K7QF9ZTM4WXCP";
constexpr AccountId kAna{101}, kBen{102};

// Whoever the test says.
class Whoever final : public web::VisitorSource {
 public:
  web::Visitor visitor{};
  web::Visitor find_visitor(const web::Request&, db::Snapshot&) override { return visitor; }
  void keep_language(db::Database&, const web::Visitor&, std::string_view) override {}
};

class OverviewPages : public testing::CaseBed {
 protected:
  void SetUp() override {
    CaseBed::SetUp();
    if (IsSkipped()) return;
    overview_ = std::make_unique<Overview>(world().cases);
    web::Router router;
    cases::add_routes(router, world().cases, [](db::Snapshot&, AccountId) { return cases::Person{}; });
    add_routes(router, *overview_);
    site_ = std::make_unique<web::Site>(web::Site::Parts{.catalogue = testing::shipped_catalogue(),
                                                         .words = words(),
                                                         .database = database(),
                                                         .clock = world().clock,
                                                         .random = world().random,
                                                         .keys = world().keys,
                                                         .metrics = metrics(),
                                                         .visitors = visitors_,
                                                         .origin = "https://account.northport.example"},
                                        std::move(router));
    browser_ = std::make_unique<PageBrowser>(*site_, std::string(site_->authority()));
    browser_->set_cookie(std::string(web::kSessionCookie), "a session");
    visit(kAna, "Ana");
  }
  void TearDown() override {
    browser_.reset();
    site_.reset();
    overview_.reset();
    CaseBed::TearDown();
  }
  static const catalogue::Words& words() {
    static const catalogue::Words all(testing::embedded_words(), true);
    return all;
  }
  PageBrowser& browser() { return *browser_; }
  web::Visitor& visitor() { return visitors_.visitor; }
  void visit(AccountId account, std::string given_name) {
    visitors_.visitor = {.standing = web::Standing::signed_in,
                         .account = account,
                         .csrf_secret = "a secret of the session",
                         .given_name = std::move(given_name)};
  }
  std::string page(const std::string& path, int status = 200) {
    const auto response = browser().get(path);
    EXPECT_EQ(response.status, status) << path;
    EXPECT_EQ(response.caching, web::Caching::personal) << path;
    return response.body;
  }
  web::Response get_json(const std::string& path) {
    web::Request request;
    request.path = path;
    request.headers = {{"host", std::string(site_->authority())},
                       {"accept", "application/json"},
                       {"cookie", std::string(web::kSessionCookie) + "=a session"}};
    return site_->dispatch(request);
  }
  web::Response connect(std::string receipt_number, std::string code, std::string day = "12") {
    return browser().submit("/cases/connect", {{"receipt_number", std::move(receipt_number)},
                                               {"access_code", std::move(code)},
                                               {"date_of_birth_day", std::move(day)},
                                               {"date_of_birth_month", "4"},
                                               {"date_of_birth_year", "1990"}});
  }
  // A case that Ana has in her account.
  void give_case(AccountId account, const RecordsOf& records, std::string_view party) {
    for (const auto& answer : world().take_in(records)) {
      ASSERT_EQ(answer.verdict, cases::Verdict::went_in) << answer.field << " " << answer.reason;
    }
    const db::Query kConnect{"test.connect", R"sql(
      UPDATE parties SET account = $1 WHERE agency_party = $2
        AND case_id IN (SELECT id FROM cases WHERE receipt_number = $3))sql"};
    database().write(
        [&](db::Transaction& tx) { tx.run(kConnect, {account, party, records.records().front().receipt_number}); });
  }

 private:
  std::unique_ptr<Overview> overview_;
  Whoever visitors_;
  std::unique_ptr<web::Site> site_;
  std::unique_ptr<PageBrowser> browser_;
};

RecordsOf work_permit(std::string receipt_number = kReceipt) {
  return RecordsOf(std::move(receipt_number))
      .party("ana", Role::applicant)
      .code("ana", kCode)
      .stage("received", "2026-08-12")
      .stage("accepted", "2026-08-20")
      .stage("biometrics", "2026-09-14");
}

cases::EventContent asked() {
  return {.kind = EventKind::evidence_requested,
          .occurred_on = *parse_iso_date("2026-11-10"),
          .due_on = *parse_iso_date("2026-12-18"),
          .items = {{{"en", "Copy of your passport"}, {"es", "Copia de su pasaporte"}}, {{"en", "Two photos"}}}};
}

TEST_P(OverviewPages, HelpsWhereThereIsNoCaseYet) {
  const auto html = page("/cases");
  EXPECT_THAT(html, HasSubstr("Good afternoon, Ana"));
  EXPECT_THAT(html, HasSubstr("Connect your first case"));
  EXPECT_THAT(html, HasSubstr("href=\"/cases/connect\""));
}

TEST_P(OverviewPages, GreetsByTheTimeOfDayWhereThePersonIs) {
  visitor().time_zone = "Asia/Kolkata";
  EXPECT_THAT(page("/cases"), HasSubstr("Good evening, Ana"));
  visitor().time_zone = "Pacific/Honolulu";
  EXPECT_THAT(page("/cases"), HasSubstr("Good morning, Ana"));
}

TEST_P(OverviewPages, ConnectACaseByItsLetterAndLeadToItsPage) {
  world().take_in(work_permit());
  EXPECT_THAT(page("/cases/connect"), HasSubstr("name=\"access_code\""));
  const auto connected = connect("npt 2690001234", "k7qf-9ztm-4wxcp");
  EXPECT_EQ(connected.status, 303);
  const auto html = browser().follow(connected).body;
  EXPECT_THAT(html, HasSubstr("The case is connected. Your part in it: applicant."));
  EXPECT_THAT(html, HasSubstr("Work permit (I-765)"));
  EXPECT_THAT(page("/cases"), HasSubstr("href=\"/cases/NPT2690001234\""));
}

TEST_P(OverviewPages, ConnectAnOrganisationByItsNumberWithoutScripts) {
  world().take_in(
      RecordsOf(kReceipt, "I-129").organisation("boat", Role::petitioner, "NR-4471902").code("boat", kCode));
  EXPECT_THAT(page("/cases/connect"), HasSubstr("href=\"/cases/connect?as=organisation\""));
  const auto html = page("/cases/connect?as=organisation");
  EXPECT_THAT(html, HasSubstr("name=\"registration_number\""));
  EXPECT_THAT(html, Not(HasSubstr("date_of_birth_day")));
  const auto connected = browser().submit("/cases/connect?as=organisation", "/cases/connect",
                                          {{"receipt_number", kReceipt},
                                           {"access_code", kCode},
                                           {"as", "organisation"},
                                           {"registration_number", "NR 4471902"}});
  EXPECT_EQ(connected.status, 303);
}

TEST_P(OverviewPages, RefuseAlikeAndOfferANewCode) {
  world().take_in(RecordsOf("NPT2690001235").party("ben", Role::applicant, "1991-01-01").code("ben", "1111111111111"));
  const auto shape = [&](const web::Response& response, std::vector<std::string> typed) {
    std::string body = response.body;
    typed.push_back(PageBrowser::token_in(body));
    for (const auto& text : typed) {
      for (auto at = body.find(text); at != std::string::npos; at = body.find(text)) body.replace(at, text.size(), "~");
    }
    // Each page masks its token anew.
    for (auto at = body.find("name=\"csrf\" value=\""); at != std::string::npos;
         at = body.find("name=\"csrf\" value=\"", at + 1)) {
      const auto from = at + 19;
      body.replace(from, body.find('"', from) - from, "~");
    }
    return fmt::format("{} {}", response.status, body);
  };
  // Not the number of the page's own hint, which the comparison would take for what was typed.
  const std::string receipt = "NPT2690001236";
  world().take_in(work_permit(receipt));
  const auto wrong_code = shape(connect(receipt, "0000000000000"), {receipt, "0000000000000"});
  EXPECT_THAT(wrong_code, HasSubstr("422 "));
  EXPECT_THAT(wrong_code, HasSubstr("href=\"/cases/connect/new-code\""));
  visit(AccountId{201}, "Ana");
  EXPECT_EQ(shape(connect("NPT2690009999", kCode), {"NPT2690009999", kCode}), wrong_code);
  visit(AccountId{202}, "Ana");
  EXPECT_EQ(shape(connect("NPT2690001235", "1111111111111"), {"NPT2690001235", "1111111111111"}), wrong_code)
      << "somebody else's date of birth";
  visit(AccountId{203}, "Ana");
  ASSERT_EQ(connect(receipt, kCode).status, 303);
  visit(AccountId{204}, "Ana");
  EXPECT_EQ(shape(connect(receipt, kCode), {receipt, kCode}), wrong_code) << "a used code";
}

TEST_P(OverviewPages, SayHowLongToWaitAfterTooManyTries) {
  for (int attempt = 0; attempt < 5; ++attempt) EXPECT_EQ(connect(kReceipt, "0000000000000").status, 422);
  const auto stopped = connect(kReceipt, "0000000000000");
  EXPECT_EQ(stopped.status, 429);
  EXPECT_THAT(stopped.body, HasSubstr("There were too many wrong tries"));
  EXPECT_THAT(stopped.body, HasSubstr("href=\"/cases/connect/new-code\""));
}

TEST_P(OverviewPages, AnswerTheWishForANewCodeTheSameWhateverIsRight) {
  world().take_in(work_permit());
  const auto ask = [&](std::string receipt_number) {
    return browser()
        .follow(browser().submit("/cases/connect/new-code", {{"receipt_number", std::move(receipt_number)},
                                                             {"date_of_birth_day", "12"},
                                                             {"date_of_birth_month", "4"},
                                                             {"date_of_birth_year", "1990"}}))
        .body;
  };
  const auto right = ask(kReceipt), wrong = ask("NPT2690009999");
  EXPECT_THAT(right, HasSubstr("If the details match a case, a letter with a new code goes to the address on file."));
  EXPECT_EQ(right.size(), wrong.size());
}

TEST_P(OverviewPages, ShowWhatIsAskedFirstThenWhereEachCaseStands) {
  give_case(kAna, work_permit().event(asked()).appointment("a-1", at_noon(2026, 12, 8)), "ana");
  give_case(kAna, RecordsOf("NPT2690001300", "N-400").party("ana", Role::applicant).stage("received", "2026-10-01"),
            "ana");
  const auto html = page("/cases");
  const auto at = [&](std::string_view text) {
    const auto found = html.find(text);
    EXPECT_NE(found, std::string::npos) << text;
    return found;
  };
  const auto first = at("Work permit: send 2 documents");
  at("By Friday, ");
  at("25 days left");
  EXPECT_LT(first, at("<h2>Your cases"));
  EXPECT_LT(at("href=\"/cases/NPT2690001234\""), at("href=\"/cases/NPT2690001300\""));
  at("Step 3 of ");
  at("Fingerprints and photo");
  at("Northport");
}

TEST_P(OverviewPages, SayWhatChangedSinceTheLastVisit) {
  give_case(kAna, work_permit(), "ana");
  EXPECT_THAT(page("/cases"), Not(HasSubstr(">New<")));
  visitor().previous_visit = world().clock.now() - std::chrono::hours{24};
  const auto html = page("/cases");
  EXPECT_THAT(html, HasSubstr("New</span>"));
  EXPECT_THAT(html, HasSubstr("The case moved to: Fingerprints and photo"));
  visitor().previous_visit = world().clock.now() + std::chrono::hours{1};
  EXPECT_THAT(page("/cases"), Not(HasSubstr("New</span>")));
}

TEST_P(OverviewPages, KeepClosedCasesApart) {
  cases::EventContent decided{.kind = EventKind::decided,
                              .occurred_on = *parse_iso_date("2026-10-10"),
                              .outcome = catalogue::Outcome::approved};
  cases::EventContent closed{.kind = EventKind::closed, .occurred_on = *parse_iso_date("2026-10-11")};
  give_case(kAna, work_permit().event(decided).event(closed), "ana");
  const auto html = page("/cases");
  EXPECT_THAT(html, HasSubstr("<summary>1 closed case</summary>"));
  EXPECT_THAT(html, HasSubstr("None of your cases is open now."));
  EXPECT_THAT(html, HasSubstr("Approved"));
  EXPECT_THAT(html, Not(HasSubstr("class=\"path-small\"")));
  EXPECT_THAT(page("/cases/" + kReceipt), Not(HasSubstr("path__step--ahead"))) << "it comes to no other step";
}

TEST_P(OverviewPages, SayWhatComesNextAndWhenBeforeTheWayOfACase) {
  give_case(kAna, work_permit().appointment("a-1", at_noon(2026, 12, 8)).stage("decision", "2026-11-02"), "ana");
  const auto html = page("/cases/" + kReceipt);
  const auto next = html.find("Tuesday, 8 December 2026");
  ASSERT_NE(next, std::string::npos);
  EXPECT_LT(html.find("What happens next"), next);
  EXPECT_LT(next, html.find("The way of your case"));
  EXPECT_THAT(html, HasSubstr("href=\"#appointments\""));
  EXPECT_THAT(html, HasSubstr("Done, or not needed")) << "the review, which the agency's system never named";
}

TEST_P(OverviewPages, StaySmallWithTwentyFiveCases) {
  for (int number = 0; number < 25; ++number) {
    auto records = work_permit(fmt::format("NPT26900020{:02}", number));
    if (number % 5 == 0) records.event(asked());
    give_case(kAna, records, "ana");
  }
  web::Request request;
  request.headers = {{"accept-encoding", "gzip"}};
  auto response = browser().get("/cases");
  const auto plain = response.body.size();
  EXPECT_TRUE(response.may_compress);
  web::compress_if_wanted(request, response);
  EXPECT_LT(response.body.size(), 15'000U) << "of " << plain;
}

TEST_P(OverviewPages, TellTheWayOfACaseWithAStepThatWentBack) {
  give_case(kAna, work_permit().stage("accepted", "2026-10-02").event(asked()), "ana");
  const auto html = page("/cases/" + kReceipt);
  EXPECT_THAT(html, HasSubstr("Back at step 2 of "));
  EXPECT_THAT(html, HasSubstr("Went back here on Friday, "));
  EXPECT_THAT(html, HasSubstr("aria-current=\"step\""));
  EXPECT_THAT(html, HasSubstr("Was here on Monday, "));
  EXPECT_THAT(html, HasSubstr("What happens next"));
  EXPECT_THAT(html, HasSubstr("Copy of your passport"));
  EXPECT_THAT(html, HasSubstr("Ana Reyes ana"));
  EXPECT_THAT(html, HasSubstr("The case was filed"));
  EXPECT_LT(html.find("We asked for 2 documents"), html.find("The case was filed"));
  EXPECT_THAT(html, HasSubstr("/cases/NPT2690001234/disconnection"));
}

TEST_P(OverviewPages, SpeakSpanish) {
  give_case(kAna, work_permit().event(asked()), "ana");
  visitor().language = "es";
  EXPECT_THAT(page("/cases"), HasSubstr("Permiso de trabajo: envíe 2 documentos"));
  const auto html = page("/cases/" + kReceipt);
  EXPECT_THAT(html, HasSubstr("Copia de su pasaporte"));
  EXPECT_THAT(html, HasSubstr("Two photos"));
  EXPECT_THAT(html, HasSubstr("Qué puede hacer aquí"));
}

TEST_P(OverviewPages, ShowABeneficiaryNothingOfThePetitioner) {
  const auto petition = RecordsOf(kReceipt, "I-130")
                            .party("pat", Role::petitioner)
                            .party("ben", Role::beneficiary)
                            .stage("received", "2026-08-12")
                            .event(asked());
  give_case(kBen, petition, "ben");
  visit(kBen, "Ben");
  const auto html = page("/cases/" + kReceipt);
  EXPECT_THAT(html, HasSubstr("petitioner"));
  EXPECT_THAT(html, HasSubstr("8 CFR 103.2(a)(3)"));
  for (const auto* hidden : {"Reyes pat", "Copy of your passport", "18 December", "December 18"}) {
    EXPECT_THAT(html, Not(HasSubstr(hidden)));
    EXPECT_THAT(page("/cases"), Not(HasSubstr(hidden)));
    EXPECT_THAT(get_json("/cases/" + kReceipt).body, Not(HasSubstr(hidden)));
  }
}

TEST_P(OverviewPages, Incident_I40_GiveStrangersTheNotFoundOfAMissingCase) {
  give_case(kAna, work_permit(), "ana");
  visit(AccountId{999}, "Eve");
  EXPECT_EQ(page("/cases/" + kReceipt, 404).size(), page("/cases/NPT2690009999", 404).size());
  EXPECT_EQ(page("/cases/" + kReceipt + "/disconnection", 404).size(),
            page("/cases/NPT2690009999/disconnection", 404).size());
  const auto token = PageBrowser::token_in(page("/cases/connect"));
  EXPECT_EQ(browser().post("/cases/" + kReceipt + "/disconnection", token, {}).status, 404);
  EXPECT_EQ(get_json("/cases/" + kReceipt).status, 404);
  visit(kAna, "Ana");
  page("/cases/" + kReceipt);
}

TEST_P(OverviewPages, Incident_I67_HaveNoOtherAddressesThatACacheCouldTakeForAssets) {
  give_case(kAna, work_permit(), "ana");
  for (const auto* tail : {"/a.css", ".css", ";a.css", "%2ecss", "/", "?.css"}) {
    const auto response = browser().get("/cases/" + kReceipt + tail);
    if (std::string_view(tail) != "?.css") EXPECT_EQ(response.status, 404) << tail;
    EXPECT_EQ(response.caching, web::Caching::personal) << tail;
    const auto header =
        std::ranges::find(response.headers, std::string("cache-control"), [](const auto& pair) { return pair.first; });
    ASSERT_NE(header, response.headers.end()) << tail;
    EXPECT_THAT(header->second, HasSubstr("no-store")) << tail;
  }
}

TEST_P(OverviewPages, TakeACaseOffTheAccountAfterAsking) {
  give_case(kAna, work_permit(), "ana");
  const auto question = "/cases/" + kReceipt + "/disconnection";
  EXPECT_THAT(page(question), HasSubstr("To see it again, you will need a new code."));
  page("/cases/" + kReceipt);  // Asking changed nothing.
  const auto gone = browser().follow(browser().submit(question, {}));
  EXPECT_THAT(gone.body, HasSubstr("The case was taken off your account."));
  page("/cases/" + kReceipt, 404);
}

TEST_P(OverviewPages, AreFactsForMachinesWhoAskForJson) {
  give_case(kAna, work_permit().event(asked()).appointment("a-1", at_noon(2026, 12, 8)), "ana");
  const auto all = get_json("/cases");
  EXPECT_EQ(all.status, 200);
  EXPECT_THAT(all.content_type, HasSubstr("application/json"));
  EXPECT_THAT(all.body, HasSubstr(R"("receipt_number":"NPT2690001234")"));
  EXPECT_THAT(all.body, HasSubstr(R"("evidence_due_on":"2026-12-18")"));
  EXPECT_THAT(all.body, HasSubstr(R"("step":3)"));
  EXPECT_THAT(all.body, HasSubstr(R"("starts_at":"2026-12-08T17:00:00Z")"));
  const auto one = get_json("/cases/" + kReceipt);
  EXPECT_THAT(one.body, HasSubstr(R"("items":["Copy of your passport","Two photos"])"));
  EXPECT_THAT(one.body, HasSubstr(R"("is_you":true)"));
}

ON_BOTH_DATABASES(OverviewPages);

}  // namespace
}  // namespace waymark::overview
