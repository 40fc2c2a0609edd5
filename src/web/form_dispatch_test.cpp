#include "web/form_dispatch.hpp"

#include <gtest/gtest.h>

#include "support/scripted_site.hpp"
#include "web/page.hpp"

namespace waymark::web {
namespace {

using testing::header_of;
using testing::ScriptedSite;

struct FormDispatch : ::testing::Test {
  int posts = 0;
  int open_snapshots = 0;  // while the handler ran
  Failure failure{};
  bool fails = false;
  ScriptedSite site{routes()};

  Router routes() {
    Router router;
    const auto show = [](Exchange& exchange, const FormState& form) -> Result<Response> {
      Html main;
      main(error_summary(exchange, form), text_field(exchange, form, {.name = "code", .label = "Code"}));
      main("<p>"_html, std::string(3000, 'x'), "</p>"_html);
      exchange.snapshot();
      return render_page(exchange, {.title = "Code"}, main);  // as a page that forgot to name its form
    };
    const auto submit = [this](Exchange&, const Form&) -> Result<Response> {
      ++posts;
      open_snapshots = site.database.open_snapshots;
      if (fails) return refuse(failure);
      return Response::redirect("/done");
    };
    router.form("/form", Access::anyone, show, submit);
    router.post("/action", Access::signed_in, submit);
    return router;
  }
  int status_of_post(const Request& request) { return site.answer(request).status; }
};

TEST_F(FormDispatch, TakesOurOwnForms) {
  EXPECT_EQ(status_of_post(site.post("/form")), 303);
  EXPECT_EQ(status_of_post(site.post("/action", "whole")), 303);
  EXPECT_EQ(posts, 2);
}

TEST_F(FormDispatch, TakesATokenThatAPageDrewWithTheCookieItSet) {
  const Response page = site.answer(site.get("/form"));
  ASSERT_FALSE(page.cookies.empty());
  const std::string& cookie = page.cookies.front();
  const std::string_view mark = "name=\"csrf\" value=\"";
  const auto at = page.body.find(mark);
  ASSERT_NE(at, std::string::npos);
  const auto begin = at + mark.size();
  Request request = site.post("/form");
  ScriptedSite::set_header(request, "cookie", cookie.substr(0, cookie.find(';')));
  request.body = "csrf=" + page.body.substr(begin, page.body.find('"', begin) - begin);
  EXPECT_EQ(status_of_post(request), 303);
}

TEST_F(FormDispatch, Incident_I39_RefusesOtherSitesEvenWithAToken) {
  for (const auto& [header, value] : {std::pair<std::string_view, std::string>{"sec-fetch-site", "cross-site"},
                                      {"sec-fetch-site", "same-site"},
                                      {"origin", "https://evil.example"}}) {
    for (Request request :
         {site.post("/form"), site.post("/action", "whole"), site.post("/language", {}, "language=es")}) {
      ScriptedSite::set_header(request, header, value);
      EXPECT_EQ(status_of_post(request), 403) << request.path << " " << value;
    }
  }
  EXPECT_EQ(posts, 0);
}

TEST_F(FormDispatch, Incident_I20_RefusesAMissingEmptyOrForeignToken) {
  for (const std::string& body : {std::string{}, std::string("csrf="), std::string("csrf=+"), std::string("csrf=null"),
                                  site.post("/form", "whole").body}) {
    Request request = site.post("/form");
    request.body = body;
    EXPECT_EQ(status_of_post(request), 403) << body;
  }
  Request without_cookie = site.post("/form");
  ScriptedSite::set_header(without_cookie, "cookie", "");
  EXPECT_EQ(status_of_post(without_cookie), 403);
  Request visit_token = site.post("/action", "whole");
  visit_token.body = site.post("/form").body;
  EXPECT_EQ(status_of_post(visit_token), 403);
  EXPECT_EQ(posts, 0);
}

TEST_F(FormDispatch, Incident_I21_RefusesArraysAndOtherTypes) {
  Request array = site.post("/form", {}, "code[]=1&code[]=2");
  EXPECT_EQ(status_of_post(array), 400);
  for (const char* type : {"application/json", "text/plain", "multipart/form-data; boundary=x", "",
                           "application/x-www-form-urlencoded; charset=utf-7", "application/x-www-form-urlencodedx"}) {
    Request request = site.post("/form");
    ScriptedSite::set_header(request, "content-type", type);
    EXPECT_EQ(status_of_post(request), 415) << type;
  }
  Request charset = site.post("/form");
  ScriptedSite::set_header(charset, "content-type", "Application/X-WWW-Form-URLencoded; charset=UTF-8");
  EXPECT_EQ(status_of_post(charset), 303);
}

TEST_F(FormDispatch, Incident_I18_RefusesADoubledField) {
  EXPECT_EQ(status_of_post(site.post("/form", {}, "email=a&email=b")), 400);
  EXPECT_EQ(posts, 0);
}

TEST_F(FormDispatch, ExplainsARefusedFormAndLeadsBackToIt) {
  Request request = site.post("/form");
  request.body.clear();
  ScriptedSite::set_header(request, "referer", "https://account.northport.example/form?step=2");
  const Response response = site.answer(request);
  EXPECT_EQ(response.status, 403);
  EXPECT_NE(response.body.find("open too long"), std::string::npos);
  EXPECT_NE(response.body.find("href=\"/form?step=2\""), std::string::npos);
}

TEST_F(FormDispatch, DrawsTheFormAgainWithWhatWasTyped) {
  fails = true;
  failure = refuse_field("code", "web.error.malformed_form").error();
  const Response response = site.answer(site.post("/form", {}, "code=12%2234"));
  EXPECT_EQ(response.status, 422);
  EXPECT_NE(response.body.find("12&quot;34"), std::string::npos);
  EXPECT_NE(response.body.find("We could not read the form"), std::string::npos);
}

TEST_F(FormDispatch, NeverCompressesAPageThatRepeatsWhatWasTyped) {
  fails = true;
  failure = refuse_field("code", "web.error.malformed_form").error();
  Request request = site.post("/form", {}, "code=1");
  ScriptedSite::set_header(request, "accept-encoding", "gzip");
  const Response again = site.answer(request);
  EXPECT_EQ(again.status, 422);
  EXPECT_EQ(header_of(again, "content-encoding"), "");
}

TEST_F(FormDispatch, GivesOtherFailuresTheirStatus) {
  fails = true;
  for (const auto& [kind, status] : {std::pair{FailureKind::not_found, 404},
                                     {FailureKind::conflict, 409},
                                     {FailureKind::forbidden, 403},
                                     {FailureKind::malformed, 400},
                                     {FailureKind::too_many, 429},
                                     {FailureKind::unavailable, 503}}) {
    failure = refuse(kind, "web.error.malformed_form").error();
    EXPECT_EQ(status_of_post(site.post("/form")), status);
  }
  failure = refuse(FailureKind::bad_input, "web.error.malformed_form").error();
  EXPECT_EQ(status_of_post(site.post("/action", "whole")), 422) << "without a page to draw again";
  failure.kind = FailureKind::too_many;
  failure.retry_after = std::chrono::minutes{15};
  const Response response = site.answer(site.post("/form"));
  EXPECT_EQ(header_of(response, "retry-after"), "900");
  EXPECT_NE(response.body.find("15 minutes"), std::string::npos);
}

TEST_F(FormDispatch, HoldsNoSnapshotWhileTheHandlerWrites) {
  EXPECT_EQ(status_of_post(site.post("/action", "whole")), 303);
  EXPECT_EQ(site.database.snapshots, 1) << "the visitor's";
  EXPECT_EQ(open_snapshots, 0);
}

}  // namespace
}  // namespace waymark::web
