#include <gtest/gtest.h>
#include <zlib.h>

#include "support/scripted_site.hpp"
#include "web/page.hpp"
#include "web/route_timings.hpp"

namespace waymark::web {
namespace {

using testing::CountingDatabase;
using testing::header_of;
using testing::ScriptedSite;

Router routes() {
  Router router;
  router.get("/", Access::anyone,
             [](Exchange& exchange) -> Result<Response> { return render_page(exchange, {.title = "Start"}, Html{}); });
  router.get("/cases", Access::signed_in, [](Exchange& exchange) -> Result<Response> {
    exchange.snapshot();
    return render_page(exchange, {.title = "Cases"}, Html{});
  });
  router.get("/cases/:receipt", Access::signed_in, [](Exchange& exchange) -> Result<Response> {
    if (exchange.part("receipt") != "NPT1") return refuse(FailureKind::not_found, "cases.error.unknown");
    return render_page(exchange, {.title = "Case"}, Html{});
  });
  router.get("/throws", Access::anyone,
             [](Exchange&) -> Result<Response> { throw std::runtime_error("ana@example.org is wrong"); });
  router.get("/public.txt", Access::anyone, [](Exchange&) -> Result<Response> {
    Response response = Response::text("the same for everybody");
    response.caching = Caching::brief;
    return response;
  });
  router.get("/cookie.txt", Access::anyone, [](Exchange&) -> Result<Response> {
    Response response = Response::text("yours");
    response.caching = Caching::brief;
    response.with_cookie(set_cookie(kLanguageCookie, "es", std::nullopt));
    return response;
  });
  router.post(
      "/hash", Access::anyone, [](Exchange&, const Form&) -> Result<Response> { return Response::text(""); },
      Cost::hashing);
  router.get("/slow", Access::anyone, [](Exchange&) -> Result<Response> { return Response::text(""); }, Cost::slow);
  return router;
}

struct Dispatch : ::testing::Test {
  ScriptedSite site{routes()};
  Response with(const std::string& path, std::string_view header, std::string value, std::string_view session = {}) {
    Request request = site.get(path, session);
    ScriptedSite::set_header(request, header, std::move(value));
    return site.answer(request);
  }
};

TEST_F(Dispatch, PutsTheSecurityHeadersOnEveryAnswer) {
  Request wrong_host = site.get("/");
  ScriptedSite::set_header(wrong_host, "host", "evil.example");
  Request bad_post = site.post("/");
  for (const Request& request : {site.get("/"), site.get("/nothing"), site.get("/throws"), site.get("/cases"),
                                 site.get("/public.txt"), site.get("/assets/nothing.css"), wrong_host, bad_post}) {
    const Response response = site.answer(request);
    const std::string_view policy = header_of(response, "content-security-policy");
    EXPECT_TRUE(policy.starts_with("default-src 'none';")) << request.path;
    EXPECT_EQ(policy.find("unsafe"), std::string_view::npos);
    EXPECT_NE(policy.find("frame-ancestors 'none'"), std::string_view::npos);
    EXPECT_EQ(header_of(response, "x-content-type-options"), "nosniff");
    EXPECT_EQ(header_of(response, "referrer-policy"), "same-origin");
    EXPECT_EQ(header_of(response, "cross-origin-opener-policy"), "same-origin");
    EXPECT_EQ(header_of(response, "cross-origin-resource-policy"), "same-origin");
    EXPECT_NE(header_of(response, "permissions-policy").find("camera=()"), std::string_view::npos);
    EXPECT_EQ(header_of(response, "strict-transport-security"), "max-age=63072000; includeSubDomains");
  }
  const Response refused = site.site.handler().refuse(400, "00000000000000aa");
  EXPECT_EQ(header_of(refused, "x-content-type-options"), "nosniff");
  EXPECT_EQ(header_of(refused, "cache-control"), "no-store");
}

TEST(DispatchOnHttp, PromisesNoTransportSecurity) {
  ScriptedSite site(routes(), "http://localhost:8080");
  EXPECT_EQ(header_of(site.answer(site.get("/")), "strict-transport-security"), "");
}

TEST_F(Dispatch, Incident_I19_RefusesAnotherHostWithoutLookingFurther) {
  const Response response = with("/cases", "host", "evil.example", "whole");
  EXPECT_EQ(response.status, 421);
  EXPECT_NE(response.body.find("href=\"https://account.northport.example\""), std::string::npos);
  EXPECT_EQ(response.body.find("evil.example"), std::string::npos);
  EXPECT_EQ(site.visitors.look_ups, 0);
  EXPECT_TRUE(response.cookies.empty());
}

TEST(DispatchOnLoopback, TakesEveryNameOfThisMachine) {
  ScriptedSite site(routes(), "http://localhost:8080");
  Request request = site.get("/");
  ScriptedSite::set_header(request, "host", "127.0.0.1:8080");
  EXPECT_EQ(site.answer(request).status, 200);
  ScriptedSite::set_header(request, "host", "127.0.0.1:9090");
  EXPECT_EQ(site.answer(request).status, 421);
}

TEST_F(Dispatch, Incident_I67_CachesNothingPersonal) {
  for (const char* path : {"/cases/NPT1", "/cases/NPT1/a.css", "/cases/NPT1;a.css", "/cases/a.css"}) {
    const Response response = site.answer(site.get(path, "whole"));
    EXPECT_EQ(response.status, path == std::string_view("/cases/NPT1") ? 200 : 404) << path;
    EXPECT_EQ(header_of(response, "cache-control"), "no-store") << path;
  }
}

TEST_F(Dispatch, TellsMissingAndForeignAlike) {
  const Response foreign = site.answer(site.get("/cases/NPT2", "whole"));
  EXPECT_EQ(foreign.status, 404);
  EXPECT_NE(foreign.body.find("We cannot find that page"), std::string::npos);
  EXPECT_NE(foreign.body.find("00000000000000aa"), std::string::npos) << "the request's id";
  EXPECT_NE(foreign.body.find("href=\"/cases\""), std::string::npos);
}

TEST_F(Dispatch, NamesTheMethodsOfAPath) {
  Request request = site.post("/cases", "whole");
  Response response = site.answer(request);
  EXPECT_EQ(response.status, 405);
  EXPECT_EQ(header_of(response, "allow"), "GET, HEAD, OPTIONS");
  request.method = Method::options;
  response = site.answer(request);
  EXPECT_EQ(response.status, 204);
  EXPECT_EQ(header_of(response, "allow"), "GET, HEAD, OPTIONS");
  request.path = "/nothing";
  EXPECT_EQ(site.answer(request).status, 404);
}

TEST_F(Dispatch, SpeaksThePersonsLanguage) {
  EXPECT_NE(site.answer(site.get("/")).body.find("<html lang=\"en\""), std::string::npos);
  EXPECT_NE(with("/", "accept-language", "fr, es;q=0.8, en;q=0.5").body.find("<html lang=\"es\""), std::string::npos);
  EXPECT_NE(with("/", "cookie", "__Host-language=es").body.find("<html lang=\"es\""), std::string::npos);
  EXPECT_NE(site.answer(site.get("/", "spanish")).body.find("<html lang=\"es\""), std::string::npos);
  EXPECT_NE(with("/", "cookie", "__Host-session=spanish; __Host-language=en").body.find("<html lang=\"es\""),
            std::string::npos);
  EXPECT_NE(with("/nothing", "accept-language", "es").body.find("No encontramos esa página"), std::string::npos);
}

TEST_F(Dispatch, SaysBusyWhenTheDatabaseIs) {
  site.database.fault = CountingDatabase::Fault::busy;
  const Response response = site.answer(site.get("/cases", "whole"));
  EXPECT_EQ(response.status, 503);
  EXPECT_EQ(header_of(response, "retry-after"), "5");
}

TEST_F(Dispatch, ApologisesForWhatBreaksAndTellsNothingOfIt) {
  const Response thrown = site.answer(site.get("/throws"));
  EXPECT_EQ(thrown.status, 500);
  EXPECT_EQ(thrown.body.find("ana@example.org"), std::string::npos);
  EXPECT_NE(thrown.body.find("00000000000000aa"), std::string::npos);
  site.database.fault = CountingDatabase::Fault::broken;
  EXPECT_EQ(site.answer(site.get("/cases", "whole")).status, 500);
}

TEST_F(Dispatch, ShowsOpenPagesWhileTheDatabaseIsAway) {
  site.database.fault = CountingDatabase::Fault::broken;
  EXPECT_EQ(site.answer(site.get("/", "whole")).status, 200);
  EXPECT_EQ(site.answer(site.get("/nothing", "whole")).status, 404);
}

TEST_F(Dispatch, AnswersMachinesWithProblemJson) {
  const Response response = with("/nothing", "accept", "application/json");
  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(response.content_type, "application/problem+json; charset=utf-8");
  EXPECT_NE(response.body.find("\"status\":404"), std::string::npos);
  EXPECT_NE(response.body.find("\"request_id\":\"00000000000000aa\""), std::string::npos);
  EXPECT_EQ(with("/nothing", "accept", "text/html,application/xhtml+xml,*/*;q=0.8").content_type,
            "text/html; charset=utf-8");
  EXPECT_EQ(with("/nothing", "accept", "text/html, application/json;q=0.9").content_type, "text/html; charset=utf-8");
}

std::string gunzip(const std::string& bytes) {
  z_stream stream{};
  inflateInit2(&stream, 15 + 16);
  std::string copy = bytes;
  std::string out(1 << 20, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(copy.data());
  stream.avail_in = static_cast<uInt>(copy.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(out.size() - stream.avail_out);
  inflateEnd(&stream);
  return out;
}

TEST_F(Dispatch, CompressesPagesForWhoTakesIt) {
  const Response first = with("/", "accept-encoding", "gzip, deflate, br");
  EXPECT_EQ(header_of(first, "content-encoding"), "gzip");
  EXPECT_NE(gunzip(first.body).find("</html>"), std::string::npos);
  const Response second = with("/", "accept-encoding", "gzip");
  EXPECT_NE(gunzip(second.body).find("</html>"), std::string::npos) << "the compressor is reset between pages";
  for (const char* none : {"", "gzip;q=0", "br", "identity", "*;q=0"}) {
    EXPECT_EQ(header_of(with("/", "accept-encoding", none), "content-encoding"), "") << none;
  }
  EXPECT_NE(header_of(first, "vary").find("Accept-Encoding"), std::string_view::npos);
}

TEST_F(Dispatch, SendsPublicAnswersOnceOnly) {
  const Response first = site.answer(site.get("/robots.txt"));
  EXPECT_EQ(first.status, 200);
  EXPECT_EQ(header_of(first, "cache-control"), "public, no-cache");
  const Response again = with("/robots.txt", "if-none-match", std::string(header_of(first, "etag")));
  EXPECT_EQ(again.status, 304);
  EXPECT_TRUE(again.body.empty());
}

TEST_F(Dispatch, SetsNoCookieWithoutAForm) {
  EXPECT_TRUE(site.answer(site.get("/robots.txt")).cookies.empty());
  const Response page = site.answer(site.get("/"));
  ASSERT_EQ(page.cookies.size(), 1U) << "for the language choice";
  EXPECT_TRUE(page.cookies.front().starts_with("__Host-visit="));
  EXPECT_TRUE(site.answer(site.get("/", "whole")).cookies.empty());
}

TEST_F(Dispatch, KeepsACookieOutOfSharedCaches) {
  EXPECT_EQ(header_of(site.answer(site.get("/cookie.txt")), "cache-control"), "no-store");
}

TEST_F(Dispatch, CountsByPatternNeverByPath) {
  site.answer(site.get("/cases/NPT1", "whole"));
  site.answer(site.get("/secret-path"));
  const std::string metrics = site.metrics.to_prometheus();
  EXPECT_NE(metrics.find("answer=\"GET /cases/:receipt 200\"} 1"), std::string::npos);
  EXPECT_NE(metrics.find("answer=\"unmatched 404\"} 1"), std::string::npos);
  EXPECT_EQ(metrics.find("NPT1"), std::string::npos);
  EXPECT_EQ(metrics.find("secret-path"), std::string::npos);
}

TEST_F(Dispatch, RunsOnlyQuickReadsOnTheSocketsThread) {
  const RequestHandler handler = site.site.handler();
  EXPECT_EQ(handler.plan(Method::get, "/cases").place, Place::inline_);
  EXPECT_EQ(handler.plan(Method::head, "/cases").place, Place::inline_);
  EXPECT_EQ(handler.plan(Method::get, "/slow").place, Place::pool);
  EXPECT_EQ(handler.plan(Method::post, "/language").place, Place::pool);
  EXPECT_EQ(handler.plan(Method::post, "/hash").place, Place::hashing_pool);
  site.database.is_inline = false;
  const RequestHandler on_postgres = site.site.handler();
  EXPECT_EQ(on_postgres.plan(Method::get, "/cases").place, Place::pool);
  EXPECT_EQ(on_postgres.plan(Method::get, "/assets/app.css").place, Place::inline_);
}

TEST_F(Dispatch, MovesARouteThatBecameSlowToThePoolAndBack) {
  RouteTimings& timings = site.site.timings();
  const Route* route = site.site.router().find_route(Method::get, "/cases");
  const auto run = [&](int times, std::chrono::microseconds took) {
    for (int i = 0; i < times; ++i) timings.record(site.site.place_of(*route), 200, took);
  };
  run(900, std::chrono::microseconds{50});
  run(100, std::chrono::microseconds{1100});
  EXPECT_EQ(site.site.handler().plan(Method::get, "/cases").place, Place::pool);
  run(1000, std::chrono::microseconds{50});
  EXPECT_EQ(site.site.handler().plan(Method::get, "/cases").place, Place::inline_);
}

}  // namespace
}  // namespace waymark::web
