// For the server's tests: a server on a free loopback port, with short limits, whose handler says what it was asked.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "support/raw_http.hpp"
#include "web/server.hpp"

namespace waymark::web {

inline std::string name_of(Method method) {
  switch (method) {
    case Method::get:
      return "GET";
    case Method::head:
      return "HEAD";
    case Method::post:
      return "POST";
    case Method::put:
      return "PUT";
    case Method::patch:
      return "PATCH";
    case Method::delete_:
      return "DELETE";
    case Method::options:
      return "OPTIONS";
  }
  return "";
}

class ServerTest : public ::testing::Test {
 protected:
  ServerTest() {
    options.workers = 4;
    handler.plan = [](Method, std::string_view path) {
      return RequestHandler::Plan{path.starts_with("/pool") ? Place::pool : Place::inline_, 100'000};
    };
    handler.handle = [this](Request& request) { return answer(request); };
  }
  ~ServerTest() override { server.reset(); }

  void start() {
    server = std::make_unique<Server>(options, handler, metrics);
    server->start();
  }
  test::RawClient connect() { return test::RawClient(server->port()); }

  int handled() const { return handled_; }
  // "reason" of waymark_http_refused_total
  double refused_for(std::string_view reason) {
    return metrics.counter("waymark_http_refused_total", "", "reason", reason).value();
  }
  Request last_request() {
    const std::scoped_lock lock(mutex_);
    return last_;
  }

  // One refusal with that status, then the end; and the handler saw nothing, whatever stood behind it.
  void expect_refused(std::string_view bytes, int status) {
    SCOPED_TRACE(std::string(bytes.substr(0, 200)));
    const int before = handled_;
    auto client = connect();
    client.send(bytes);
    client.send("GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n");
    const auto answers = client.read_to_end();
    EXPECT_EQ(answers.size(), 1U);
    EXPECT_EQ(answers.empty() ? 0 : answers.front().status, status);
    EXPECT_EQ(answers.empty() ? "" : answers.front().header("connection"), "close");
    EXPECT_TRUE(client.is_closed_within());
    EXPECT_EQ(handled_, before);
  }
  // Taken as one request; the one sent behind it is the next.
  test::RawAnswer expect_taken(std::string_view bytes) {
    SCOPED_TRACE(std::string(bytes.substr(0, 200)));
    const int before = handled_;
    auto client = connect();
    client.send(bytes);
    client.send("GET /next HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    const auto answers = client.read_to_end();
    EXPECT_EQ(answers.size(), 2U);
    EXPECT_EQ(handled_, before + 2);
    if (answers.size() != 2) return {};
    EXPECT_EQ(answers[0].status, 200);
    EXPECT_EQ(answers[1].body, "GET /next  ");
    return answers[0];
  }

  ServerOptions options;
  RequestHandler handler;
  Metrics metrics;
  std::unique_ptr<Server> server;

 private:
  Response answer(const Request& request) {
    ++handled_;
    const std::scoped_lock lock(mutex_);
    last_ = request;
    return Response{.content_type = "text/plain",
                    .body = name_of(request.method) + " " + request.path + " " + request.query + " " + request.body};
  }

  std::atomic<int> handled_{0};
  std::mutex mutex_;
  Request last_;
};

}  // namespace waymark::web
