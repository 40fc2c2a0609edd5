// What a client may take of time, connections and threads (incident I65).
#include <sys/resource.h>

#include <algorithm>
#include <latch>
#include <thread>

#include "support/server_fixture.hpp"

namespace waymark::web {
namespace {

using namespace std::chrono_literals;
using Millis = std::chrono::milliseconds;

constexpr std::string_view kGet = "GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n";
constexpr std::string_view kGetPool = "GET /pool HTTP/1.1\r\nHost: localhost\r\n\r\n";

class ServerLimitsTest : public ServerTest {
 protected:
  // Waits until `holds` does, for 20 s at most.
  template <typename Condition>
  static bool soon(const Condition& holds) {
    for (int i = 0; i < 2000; ++i) {
      if (holds()) return true;
      std::this_thread::sleep_for(10ms);
    }
    return false;
  }
  // Each connection here is two open files of this process.
  static std::size_t connections_that_fit(std::size_t wanted) {
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    return std::min<std::size_t>(wanted, (limit.rlim_cur - 500) / 2);
  }
  double open() { return metrics.gauge("waymark_http_connections_open", "").value(); }
};

TEST_F(ServerLimitsTest, Incident_I65_SlowHeadsAreEndedHoweverSteadilyTheyDrip) {
  options.head_time_max = 300ms;
  start();
  auto client = connect();
  const auto begin = std::chrono::steady_clock::now();
  client.send("GET /a HTTP/1.1\r\n");
  while (!client.has_answer_within(20ms) && std::chrono::steady_clock::now() - begin < 20s) client.send("X-A: b\r\n");
  const auto answer = client.read();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 408);
  EXPECT_TRUE(client.is_closed_within());
  EXPECT_EQ(refused_for("slow"), 1);
  EXPECT_EQ(handled(), 0);
}

TEST_F(ServerLimitsTest, Incident_I65_WhoSaysNothingIsClosed) {
  options.head_time_max = 200ms;
  start();
  auto client = connect();
  EXPECT_TRUE(client.is_closed_within());
  EXPECT_TRUE(soon([&] { return open() == 0; }));
}

TEST_F(ServerLimitsTest, Incident_I65_ManySlowClientsDoNotDelayANewOne) {
  options.connections_per_address_max = 10'000;
  start();
  const std::size_t count = connections_that_fit(5'000);
  std::vector<test::RawClient> slow;
  for (std::size_t i = 0; i < count; ++i) {
    slow.push_back(connect());
    slow.back().send("GET /a HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
  }
  std::vector<Millis> waits;
  for (int i = 0; i < 100; ++i) {
    for (std::size_t each = 0; each < slow.size(); each += 50) slow[each].send("z");
    const auto begin = std::chrono::steady_clock::now();
    const auto answer = test::ask(server->port(), kGet);
    waits.push_back(std::chrono::duration_cast<Millis>(std::chrono::steady_clock::now() - begin));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 200);
  }
  std::ranges::sort(waits);
  EXPECT_LT(waits[94], 1s);
  EXPECT_GE(open(), static_cast<double>(count));
}

TEST_F(ServerLimitsTest, Incident_I65_SlowBodiesAreEndedByTheirRate) {
  options.body_grace_time = 200ms;
  options.body_bytes_per_second_min = 10'000;
  start();
  auto client = connect();
  client.send("POST /a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 90000\r\n\r\n");
  const auto begin = std::chrono::steady_clock::now();
  while (!client.has_answer_within(20ms) && std::chrono::steady_clock::now() - begin < 20s) client.send("x");
  const auto answer = client.read();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 408);
  EXPECT_EQ(handled(), 0);

  auto chunked = connect();
  chunked.send("POST /a HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
  const auto second = chunked.read();
  ASSERT_TRUE(second);
  EXPECT_EQ(second->status, 408);
  EXPECT_EQ(refused_for("slow"), 2);
}

TEST_F(ServerLimitsTest, ASteadyBodyMayTakeLongerThanTheGraceTime) {
  options.body_grace_time = 50ms;
  options.body_bytes_per_second_min = 100;
  start();
  auto client = connect();
  client.send("POST /a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10000\r\n\r\n");
  for (int i = 0; i < 10; ++i) {
    client.send(std::string(1000, 'x'));
    std::this_thread::sleep_for(30ms);
  }
  const auto answer = client.read();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 200);
}

TEST_F(ServerLimitsTest, Incident_I65_WhoDoesNotReadTheAnswerIsClosed) {
  const std::string page(20'000'000, 'x');
  handler.handle = [&](Request&) { return Response{.body = {}, .fixed_body = page}; };
  options.body_grace_time = 200ms;
  options.body_bytes_per_second_min = 1'000'000'000;
  start();
  auto client = connect();
  client.send(kGet);
  EXPECT_TRUE(soon([&] { return open() == 1; }));
  EXPECT_TRUE(soon([&] { return open() == 0; }));
}

TEST_F(ServerLimitsTest, ClosesConnectionsThatIdle) {
  options.idle_time_max = 200ms;
  start();
  auto client = connect();
  client.send(kGet);
  ASSERT_TRUE(client.read());
  EXPECT_TRUE(client.is_closed_within());
  EXPECT_EQ(refused_for("slow"), 0);
}

TEST_F(ServerLimitsTest, AdmitsSoManyConnectionsInAll) {
  options.connections_max = 3;
  start();
  std::vector<test::RawClient> admitted;
  for (int i = 0; i < 3; ++i) {
    admitted.push_back(connect());
    admitted.back().send(kGet);
    ASSERT_TRUE(admitted.back().read());
  }
  auto refused = connect();
  const auto answer = refused.read();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 503);
  EXPECT_EQ(answer->header("retry-after"), "5");
  EXPECT_TRUE(refused.is_closed_within());
  EXPECT_EQ(refused_for("connections"), 1);

  admitted.pop_back();
  EXPECT_TRUE(soon([&] {
    const auto later = test::ask(server->port(), kGet);
    return later && later->status == 200;
  }));
}

TEST_F(ServerLimitsTest, AdmitsSoManyConnectionsOfANetwork) {
  options.connections_per_address_max = 2;
  start();
  std::vector<test::RawClient> admitted;
  for (int i = 0; i < 2; ++i) {
    admitted.push_back(connect());
    admitted.back().send(kGet);
    ASSERT_TRUE(admitted.back().read());
  }
  const auto refused = connect().read();
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->status, 503);
  test::RawClient other(server->port(), "127.0.0.2");
  other.send(kGet);
  const auto answer = other.read();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 200);
}

TEST_F(ServerLimitsTest, CountsTrustedProxiesInAllOnly) {
  options.connections_per_address_max = 1;
  options.trusted_proxies = {"127.0.0.1"};
  start();
  std::vector<test::RawClient> admitted;
  for (int i = 0; i < 5; ++i) {
    admitted.push_back(connect());
    admitted.back().send(kGet);
    const auto answer = admitted.back().read();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 200);
  }
}

TEST_F(ServerLimitsTest, WhatHashesHoldsNobodyElseUp) {
  options.workers = 1;
  options.hashing_workers = 2;
  options.waiting_hashings_max = 1;
  handler.plan = [](Method, std::string_view path) {
    return RequestHandler::Plan{path == "/hash" ? Place::hashing_pool : Place::pool, 0};
  };
  std::latch release(1);
  std::atomic<int> running{0};
  handler.handle = [&](Request& request) {
    if (request.path == "/hash") {
      ++running;
      release.wait();
    }
    return Response{};
  };
  start();
  constexpr std::string_view kHash = "GET /hash HTTP/1.1\r\nHost: localhost\r\n\r\n";
  std::vector<test::RawClient> held;
  for (int i = 0; i < 3; ++i) {
    held.push_back(connect());
    held.back().send(kHash);
    ASSERT_TRUE(soon([&] { return running == std::min(i + 1, 2); }));
  }
  EXPECT_FALSE(held.back().has_answer_within(200ms));
  auto other = connect();
  other.send(kGetPool);
  const auto page = other.read();
  ASSERT_TRUE(page);
  EXPECT_EQ(page->status, 200) << "a page of somebody else, with every place for hashing taken";
  other.send(kHash);
  const auto refused = other.read();
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->status, 503);
  release.count_down();
  for (auto& client : held) {
    const auto answer = client.read();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 200);
  }
}

TEST_F(ServerLimitsTest, AnswersAtOnceWhenThePoolsLineIsFull) {
  options.workers = 2;
  options.waiting_requests_max = 1;
  std::latch release(1);
  std::atomic<int> running{0};
  handler.handle = [&](Request& request) {
    if (request.path == "/pool") {
      ++running;
      release.wait();
    }
    return Response{};
  };
  start();
  std::vector<test::RawClient> held;
  for (int i = 0; i < 2; ++i) {
    held.push_back(connect());
    held.back().send(kGetPool);
    ASSERT_TRUE(soon([&] { return running == i + 1; }));
  }
  // One may wait; of the next ones each is told at once, and what runs on the socket's thread is not held up.
  held.push_back(connect());
  held.back().send(kGetPool);
  EXPECT_FALSE(held.back().has_answer_within(200ms));
  auto over = connect();
  over.send(kGetPool);
  const auto refused = over.read();
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->status, 503);
  EXPECT_NE(refused->header("retry-after"), "");
  EXPECT_EQ(refused_for("overload"), 1);
  over.send(kGet);
  const auto inline_answer = over.read();
  ASSERT_TRUE(inline_answer);
  EXPECT_EQ(inline_answer->status, 200);

  release.count_down();
  for (auto& client : held) {
    const auto answer = client.read();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 200);
  }
}

}  // namespace
}  // namespace waymark::web
