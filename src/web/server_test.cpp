#include "web/server.hpp"

#include <condition_variable>
#include <stdexcept>
#include <thread>

#include "platform/clock.hpp"
#include "support/server_fixture.hpp"

namespace waymark::web {
namespace {

constexpr std::string_view kGet = "GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n";

std::string post(std::string_view path, std::string_view body, std::string_view headers = {}) {
  return std::string("POST ").append(path).append(" HTTP/1.1\r\nHost: localhost\r\n").append(headers) +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

TEST_F(ServerTest, AnswersWithLengthAndDateAndWithoutNamingItself) {
  FixedClock clock(from_millis(1795456849000));  // Monday, 23 November 2026, 18:00:49 UTC
  options.clock = &clock;
  start();
  const auto answer = test::ask(server->port(), kGet);
  server.reset();  // before its clock goes
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->head.substr(0, 17), "HTTP/1.1 200 OK\r\n");
  EXPECT_EQ(answer->header("date"), "Mon, 23 Nov 2026 18:00:49 GMT");
  EXPECT_EQ(answer->header("content-length"), "8");
  EXPECT_EQ(answer->header("content-type"), "text/plain");
  EXPECT_EQ(answer->header("cache-control"), "no-store");
  EXPECT_EQ(answer->header("server"), "");
  EXPECT_EQ(answer->header("connection"), "");
  EXPECT_EQ(answer->body, "GET /a  ");
}

TEST_F(ServerTest, KeepsTheConnectionForTheNextRequest) {
  start();
  auto client = connect();
  for (int i = 0; i < 5; ++i) {
    client.send(post("/a", "body " + std::to_string(i)));
    const auto answer = client.read();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->body, "POST /a  body " + std::to_string(i));
  }
}

TEST_F(ServerTest, ClosesWhenAskedToAndAfterHttp10) {
  start();
  auto client = connect();
  client.send("GET /a HTTP/1.1\r\nHost: localhost\r\nConnection: foo, Close\r\n\r\n");
  ASSERT_TRUE(client.read());
  EXPECT_TRUE(client.is_closed_within());
  auto old = connect();
  old.send("GET /a HTTP/1.0\r\nHost: localhost\r\n\r\n");
  const auto answer = old.read();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->header("connection"), "close");
  EXPECT_TRUE(old.is_closed_within());
}

TEST_F(ServerTest, AnswersPipelinedRequestsInTheirOrder) {
  start();
  std::string all;
  for (int i = 0; i < 50; ++i) all += post(i % 3 == 0 ? "/pool" : "/inline", std::to_string(i));
  auto client = connect();
  client.send(all);
  for (int i = 0; i < 50; ++i) {
    const auto answer = client.read();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->body, (i % 3 == 0 ? "POST /pool  " : "POST /inline  ") + std::to_string(i));
  }
  EXPECT_EQ(handled(), 50);
}

TEST_F(ServerTest, AnswersHeadWithTheLengthAndWithoutTheBody) {
  start();
  auto client = connect();
  client.send("HEAD /a HTTP/1.1\r\nHost: localhost\r\n\r\n");
  const auto head = client.read(false);
  ASSERT_TRUE(head);
  EXPECT_EQ(head->header("content-length"), "9");
  client.send(kGet);
  const auto next = client.read();
  ASSERT_TRUE(next);
  EXPECT_EQ(next->status, 200);
  EXPECT_EQ(next->body, "GET /a  ");
}

TEST_F(ServerTest, SendsNoBodyWithStatusesThatHaveNone) {
  handler.handle = [](Request&) { return Response{.status = 304, .body = "not to be sent"}; };
  start();
  auto client = connect();
  client.send(kGet);
  client.send(kGet);
  for (int i = 0; i < 2; ++i) {
    const auto answer = client.read();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 304);
    EXPECT_EQ(answer->header("content-length"), "");
  }
}

TEST_F(ServerTest, SaysContinueToWhoWaitsForIt) {
  start();
  auto client = connect();
  client.send("POST /a HTTP/1.1\r\nHost: localhost\r\nExpect: 100-Continue\r\nContent-Length: 2\r\n\r\n");
  const auto interim = client.read();
  ASSERT_TRUE(interim);
  EXPECT_EQ(interim->status, 100);
  EXPECT_EQ(handled(), 0);
  client.send("hi");
  const auto answer = client.read();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->body, "POST /a  hi");
}

TEST_F(ServerTest, SaysNoContinueWhenTheBodyIsHereOrNotWanted) {
  start();
  const auto direct = test::ask(server->port(), post("/a", "hi", "Expect: 100-continue\r\n"));
  ASSERT_TRUE(direct);
  EXPECT_EQ(direct->status, 200);
  const auto too_big = test::ask(
      server->port(), "POST /a HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 100001\r\n\r\n");
  ASSERT_TRUE(too_big);
  EXPECT_EQ(too_big->status, 413);
  expect_refused("POST /a HTTP/1.1\r\nHost: localhost\r\nExpect: 200-ok\r\nContent-Length: 2\r\n\r\nhi", 417);
}

TEST_F(ServerTest, TakesBodiesUpToThePlanAndNoMore) {
  start();
  const std::string fits(100'000, 'b');
  EXPECT_EQ(expect_taken(post("/a", fits)).body.size(), fits.size() + 9);
  expect_refused(post("/a", fits + "b"), 413);
  expect_refused("POST /a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 999999999999999\r\n\r\n", 413);
  const std::string chunked = "POST /a HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n";
  EXPECT_EQ(expect_taken(chunked + "186a0\r\n" + fits + "\r\n0\r\n\r\n").body.size(), fits.size() + 9);
  expect_refused(chunked + "186a0\r\n" + fits + "\r\n1\r\nb\r\n0\r\n\r\n", 413);
  expect_refused(chunked + "fffffffffffffff\r\n", 413);
  EXPECT_EQ(refused_for("body_size"), 4);
}

TEST_F(ServerTest, PlansBeforeTheBodyCame) {
  std::atomic<int> planned{0};
  handler.plan = [&](Method method, std::string_view path) {
    EXPECT_EQ(method, Method::post);
    EXPECT_EQ(path, "/a");
    ++planned;
    return RequestHandler::Plan{Place::inline_, 10};
  };
  start();
  auto client = connect();
  client.send("POST /a?q HTTP/1.1\r\nHost: localhost\r\nContent-Length: 11\r\n\r\n");
  const auto answer = client.read();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 413);
  EXPECT_EQ(planned, 1);
}

TEST_F(ServerTest, SendsLargeAnswersWhole) {
  std::string page(5'000'000, 'x');
  for (std::size_t i = 0; i < page.size(); i += 1000) page[i] = static_cast<char>('a' + i / 1000 % 26);
  handler.handle = [&](Request&) { return Response{.body = {}, .fixed_body = page}; };
  start();
  auto client = connect();
  client.send(kGet);
  client.send(kGet);
  for (int i = 0; i < 2; ++i) {
    const auto answer = client.read();
    ASSERT_TRUE(answer);
    EXPECT_TRUE(answer->body == page);
  }
}

TEST_F(ServerTest, Incident_I64_ALineEndInAHeaderBecomesAnError) {
  handler.handle = [](Request& request) {
    Response response;
    if (request.path == "/value") response.headers.emplace_back("location", "/a\r\nset-cookie: evil=1");
    if (request.path == "/name") response.headers.emplace_back("x\r\nset-cookie", "evil=1");
    if (request.path == "/cookie") response.cookies.emplace_back("a=b\nset-cookie: evil=1");
    if (request.path == "/type") response.content_type = "text/html\r\nset-cookie: evil=1";
    if (request.path == "/nul") response.headers.emplace_back("location", std::string("/a\0b", 4));
    return response;
  };
  start();
  for (const std::string path : {"/value", "/name", "/cookie", "/type", "/nul"}) {
    auto client = connect();
    client.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    const auto answer = client.read();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 500) << path;
    EXPECT_EQ(answer->head.find("evil"), std::string::npos) << path;
    EXPECT_TRUE(client.is_closed_within());
  }
}

TEST_F(ServerTest, KeepsFramingToItself) {
  handler.handle = [](Request&) {
    Response response{.body = "four"};
    response.headers = {{"content-length", "1"}, {"transfer-encoding", "chunked"}, {"x-kept", "1"}};
    return response;
  };
  start();
  const auto answer = test::ask(server->port(), kGet);
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->header("content-length"), "4");
  EXPECT_EQ(answer->header("transfer-encoding"), "");
  EXPECT_EQ(answer->header("x-kept"), "1");
  EXPECT_EQ(answer->body, "four");
}

TEST_F(ServerTest, AnswersAHandlersExceptionWith500) {
  handler.handle = [](Request&) -> Response { throw std::runtime_error("lost"); };
  start();
  for (const std::string path : {"/inline", "/pool"}) {
    const auto answer = test::ask(server->port(), "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 500);
  }
}

TEST_F(ServerTest, RefusesInTheHandlersWords) {
  std::string id;
  handler.refuse = [&](int status, std::string_view request_id) {
    id = request_id;
    return Response{.status = 200, .body = "sorry " + std::to_string(status)};
  };
  start();
  const auto answer = test::ask(server->port(), "GET //a HTTP/1.1\r\nHost: localhost\r\n\r\n");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 400);
  EXPECT_EQ(answer->body, "sorry 400");
  EXPECT_EQ(id.size(), 16U);
}

TEST_F(ServerTest, GivesEveryRequestAnIdOfItsOwn) {
  start();
  std::vector<std::string> ids;
  auto client = connect();
  for (int i = 0; i < 20; ++i) {
    client.send("GET /a HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: 0123456789abcdef\r\n\r\n");
    ASSERT_TRUE(client.read());
    ids.push_back(last_request().request_id);
    EXPECT_EQ(ids.back().size(), 16U);
    EXPECT_EQ(ids.back().find_first_not_of("0123456789abcdef"), std::string::npos);
  }
  std::ranges::sort(ids);
  EXPECT_EQ(std::ranges::unique(ids).size(), 0U);
}

TEST_F(ServerTest, RunsOnTheSocketsThreadOrThePoolAsPlanned) {
  std::mutex mutex;
  std::map<std::string, std::thread::id> threads;
  handler.handle = [&](Request& request) {
    const std::scoped_lock lock(mutex);
    threads[request.path] = std::this_thread::get_id();
    return Response{};
  };
  options.threads = 1;
  start();
  for (const std::string path : {"/inline", "/pool", "/again"}) {
    ASSERT_TRUE(test::ask(server->port(), "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n"));
  }
  EXPECT_EQ(threads["/inline"], threads["/again"]);
  EXPECT_NE(threads["/inline"], threads["/pool"]);
}

TEST_F(ServerTest, CountsWhatItDoes) {
  start();
  auto client = connect();
  client.send(kGet);
  ASSERT_TRUE(client.read());
  EXPECT_EQ(metrics.gauge("waymark_http_connections_open", "").value(), 1);
  ASSERT_TRUE(test::ask(server->port(), "get / HTTP/1.1\r\n\r\n"));
  EXPECT_EQ(metrics.counter("waymark_http_requests_total", "", "status", "2xx").value(), 1);
  EXPECT_EQ(metrics.counter("waymark_http_requests_total", "", "status", "5xx").value(), 1);
  EXPECT_EQ(refused_for("method"), 1);
}

TEST_F(ServerTest, DoesNotShareItsPortWithAnotherServer) {
  start();
  ServerOptions same = options;
  same.port = server->port();
  EXPECT_THROW(Server(same, handler, metrics), std::runtime_error);
  const std::uint16_t port = server->port();
  server->stop();
  server.reset();
  same.port = port;
  EXPECT_NO_THROW(Server(same, handler, metrics));
}

TEST_F(ServerTest, SaysWhatIsWrongWithItsOptions) {
  ServerOptions bad = options;
  bad.address = "nowhere";
  EXPECT_THROW(Server(bad, handler, metrics), std::runtime_error);
  bad = options;
  bad.address = "192.0.2.1";  // never an address of this machine
  EXPECT_THROW(Server(bad, handler, metrics), std::runtime_error);
  bad = options;
  bad.trusted_proxies = {"10.0.0.0/33"};
  EXPECT_THROW(Server(bad, handler, metrics), std::runtime_error);
  bad = options;
  bad.tls_certificate_file = "/nonexistent/certificate.pem";
  bad.tls_key_file = "/nonexistent/key.pem";
  EXPECT_THROW(Server(bad, handler, metrics), std::runtime_error);
}

}  // namespace
}  // namespace waymark::web
