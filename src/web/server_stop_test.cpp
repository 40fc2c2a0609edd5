#include <latch>
#include <thread>

#include "support/server_fixture.hpp"

namespace waymark::web {
namespace {

using namespace std::chrono_literals;

class ServerStopTest : public ServerTest {
 protected:
  // How long stop() took.
  std::chrono::steady_clock::duration stop() {
    const auto begin = std::chrono::steady_clock::now();
    server->stop();
    return std::chrono::steady_clock::now() - begin;
  }
};

constexpr std::string_view kGet = "GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n";

TEST_F(ServerStopTest, FinishesWhatRunsAndClosesWhatIdles) {
  std::latch is_running(2);
  handler.handle = [&](Request& request) {
    if (request.path == "/pool") {
      is_running.count_down();
      std::this_thread::sleep_for(300ms);
    }
    return Response{.body = "done"};
  };
  start();
  auto idle = connect();
  idle.send(kGet);
  ASSERT_TRUE(idle.read());
  auto fresh = connect();
  std::vector<test::RawClient> busy;
  for (int i = 0; i < 2; ++i) {
    busy.push_back(connect());
    busy.back().send("GET /pool HTTP/1.1\r\nHost: localhost\r\n\r\n");
  }
  is_running.wait();
  const std::uint16_t port = server->port();
  std::thread reader([&] {
    for (auto& client : busy) {
      const auto answer = client.read();
      ASSERT_TRUE(answer);
      EXPECT_EQ(answer->body, "done");
      EXPECT_EQ(answer->header("connection"), "close");
    }
    busy.clear();
  });
  EXPECT_LT(stop(), 8s);
  reader.join();
  EXPECT_TRUE(idle.is_closed_within());
  EXPECT_TRUE(fresh.is_closed_within());
  EXPECT_FALSE(test::ask(port, kGet));
}

TEST_F(ServerStopTest, TakesUnderTenSecondsUnderLoadAndLosesNoAnswer) {
  options.threads = 2;
  start();
  std::atomic<bool> goes_on{true};
  std::atomic<int> answered{0};
  std::atomic<int> broken{0};
  std::vector<std::thread> clients;
  for (int i = 0; i < 8; ++i) {
    clients.emplace_back([&, i] {
      const std::string get =
          std::string("GET ") + (i % 2 == 0 ? "/pool" : "/a") + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
      while (goes_on) {
        auto client = connect();
        while (goes_on && client.send(get)) {
          const auto answer = client.read(true, 15s);
          if (!answer) {
            // Closed between two requests is fine; a head without its whole body is not.
            if (client.has_answer_within(0ms)) ++broken;
            break;
          }
          if (answer->status != 200) ++broken;
          ++answered;
        }
      }
    });
  }
  while (answered < 500) std::this_thread::sleep_for(5ms);
  EXPECT_LT(stop(), 10s);
  goes_on = false;
  for (auto& client : clients) client.join();
  EXPECT_EQ(broken, 0);
  EXPECT_GE(answered, 500);
  EXPECT_EQ(metrics.gauge("waymark_http_connections_open", "").value(), 0);
}

TEST_F(ServerStopTest, ClosesTheRestAfterItsTime) {
  options.stop_time_max = 300ms;
  std::latch is_running(1);
  handler.handle = [&](Request&) {
    is_running.count_down();
    std::this_thread::sleep_for(1s);
    return Response{};
  };
  start();
  auto half = connect();
  half.send("GET /a HTTP/1.1\r\nHost:");
  auto body = connect();
  body.send("POST /a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nhalf");
  auto busy = connect();
  busy.send("GET /pool HTTP/1.1\r\nHost: localhost\r\n\r\n");
  is_running.wait();
  EXPECT_LT(stop(), 8s);
  EXPECT_TRUE(half.is_closed_within());
  EXPECT_TRUE(body.is_closed_within());
  EXPECT_TRUE(busy.is_closed_within());
}

TEST_F(ServerStopTest, DropsWhatStillWaitsInTheLine) {
  options.stop_time_max = 100ms;
  options.workers = 1;
  std::latch have_come(5);
  std::latch is_running(1);
  std::atomic<int> count{0};
  handler.plan = [&](Method, std::string_view) {
    have_come.count_down();
    return RequestHandler::Plan{Place::pool, 0};
  };
  handler.handle = [&](Request&) {
    if (++count == 1) is_running.count_down();
    std::this_thread::sleep_for(1s);
    return Response{};
  };
  start();
  std::vector<test::RawClient> clients;
  for (int i = 0; i < 5; ++i) {
    clients.push_back(connect());
    clients.back().send("GET /pool HTTP/1.1\r\nHost: localhost\r\n\r\n");
  }
  have_come.wait();
  is_running.wait();
  EXPECT_LT(stop(), 4s);
  for (auto& client : clients) EXPECT_TRUE(client.is_closed_within());
  EXPECT_LT(count, 5);
}

TEST_F(ServerStopTest, MayBeAskedTwiceOrBeforeItStarted) {
  Server never(options, handler, metrics);
  never.stop();
  start();
  server->stop();
  server->stop();
}

}  // namespace
}  // namespace waymark::web
