#include "web/failure_page.hpp"

#include <gtest/gtest.h>

#include "support/scripted_site.hpp"

namespace waymark::web {
namespace {

using testing::PageSite;
using testing::PageVisit;

TEST(FailurePage, SpeaksOfEveryStatusInBothLanguages) {
  PageSite page_site;
  for (const char* language : {"en", "es"}) {
    for (const int status : {400, 401, 403, 404, 405, 408, 409, 413, 414, 415, 421, 422, 429, 431, 500, 501, 503}) {
      PageVisit visit(page_site, language);
      const Response response = status_page(visit.exchange, status);
      EXPECT_EQ(response.status, status);
      const auto& words = visit.exchange.words();
      EXPECT_NE(response.body.find(words.text("web.status." + std::to_string(status) + ".title")), std::string::npos);
      EXPECT_NE(response.body.find(page_site.catalogue.brand().phone), std::string::npos) << "who helps";
    }
  }
}

TEST(FailurePage, HasWordsForAStatusNobodyThoughtOf) {
  PageSite page_site;
  PageVisit visit(page_site);
  EXPECT_NE(status_page(visit.exchange, 418).body.find("We could not read that request"), std::string::npos);
  EXPECT_NE(status_page(visit.exchange, 507).body.find("on our side"), std::string::npos);
}

TEST(FailurePage, EscapesWhatAFailureRepeats) {
  PageSite page_site;
  PageVisit visit(page_site);
  Failure failure{.kind = FailureKind::too_many, .message = {"web.status.try_again_in", {{"time", "<script>"}}}};
  const Response response = failure_response(visit.exchange, failure);
  EXPECT_EQ(response.body.find("<script>"), std::string::npos);
  EXPECT_NE(response.body.find("&lt;script&gt;"), std::string::npos);
}

TEST(FailurePage, LeadsBackToTheFormAndDoesNotSayThatSomethingChanged) {
  PageSite page_site;
  PageVisit visit(page_site);
  visit.request.method = Method::post;
  const Failure failure{.kind = FailureKind::conflict, .message = {"cases.error.last_owner"}};
  EXPECT_EQ(failure_response(visit.exchange, failure).body.find("page with the form"), std::string::npos)
      << "the browser did not say where it came from";
  visit.request.headers.emplace_back("referer", fmt::format("https://{}/firm/leave", page_site.site.authority()));
  const Response response = failure_response(visit.exchange, failure);
  EXPECT_EQ(response.status, 409);
  EXPECT_NE(response.body.find("<h1>This cannot be done now</h1>"), std::string::npos);
  EXPECT_NE(response.body.find("href=\"/firm/leave\""), std::string::npos);
  visit.request.headers.back().second = "https://elsewhere.example/firm/leave";
  EXPECT_EQ(failure_response(visit.exchange, failure).body.find("page with the form"), std::string::npos);
}

TEST(FailurePage, TellsMachinesEachField) {
  PageSite page_site;
  PageVisit visit(page_site);
  visit.request.headers.emplace_back("accept", "application/json");
  const Response response = failure_response(visit.exchange, refuse_field("code", "web.error.malformed_form").error());
  EXPECT_EQ(response.status, 422);
  EXPECT_NE(response.body.find("\"field\":\"code\""), std::string::npos);
  EXPECT_NE(response.body.find("\"code\":\"web.error.check_answers\""), std::string::npos);
}

TEST(FailurePage, SendsPeopleToSignIn) {
  PageSite page_site;
  PageVisit visit(page_site, "en", "/cases/NPT1");
  const Response response =
      failure_response(visit.exchange, {.kind = FailureKind::unauthorized, .message = {"web.error.sign_in_first"}});
  EXPECT_EQ(testing::header_of(response, "location"), "/sign-in?return_to=%2Fcases%2FNPT1");
}

TEST(FailurePage, IsPlainBeforeThereIsARequest) {
  PageSite page_site;
  const Response response = page_site.site.handler().refuse(431, "00000000000000bb");
  EXPECT_EQ(response.status, 431);
  EXPECT_NE(response.body.find("00000000000000bb"), std::string::npos);
  EXPECT_EQ(response.body.find("<form"), std::string::npos);
}

}  // namespace
}  // namespace waymark::web
