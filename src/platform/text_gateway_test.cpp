#include "platform/text_gateway.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.hpp"
#include "support/scripted_server.hpp"

namespace waymark {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

// Takes one HTTP request a connection and answers with `status`.
class Gateway {
 public:
  explicit Gateway(int status = 201) : status_(status) {}

  TextGatewayOptions options() const {
    return {.base_url = fmt::format("http://127.0.0.1:{}/", server_.port()),
            .account = "AC123",
            .token = "secret",
            .from = "+15555550100",
            .connect_max = std::chrono::milliseconds{1000},
            .total_max = std::chrono::milliseconds{1500}};
  }
  // Head lines of the last request, its body last.
  std::vector<std::string> request() const {
    const std::scoped_lock lock(mutex_);
    return request_;
  }

 private:
  void play(ServedConnection& connection) {
    std::vector<std::string> request;
    std::size_t size = 0;
    while (auto line = connection.read_line()) {
      if (line->empty()) break;
      if (line->starts_with("Content-Length: "))
        size = static_cast<std::size_t>(parse_integer(line->substr(16)).value());
      request.push_back(*line);
    }
    request.push_back(connection.read_exactly(size));
    {
      const std::scoped_lock lock(mutex_);
      request_ = request;
    }
    connection.write(
        fmt::format("HTTP/1.1 {} X\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 2\r\n"
                    "Connection: close\r\n\r\n{{}}",
                    status_));
  }

  int status_;
  mutable std::mutex mutex_;
  std::vector<std::string> request_;
  ScriptedServer server_{[this](ServedConnection& connection) { play(connection); }};
};

TextMessage make_text(TextWay way = TextWay::text) {
  return {.id = "t1", .to = "+15555550123", .text = "Código 123456 & <más>", .way = way, .language = "es"};
}

std::pair<std::string, bool> failure_of(TextGateway& gateway, const TextMessage& message = make_text()) {
  try {
    gateway.send(message);
  } catch (const DeliveryFailed& failed) {
    return {failed.what(), failed.permanent};
  }
  return {"sent", false};
}

TEST(TextGateway, PostsTextsInTwiliosForm) {
  const Gateway server;
  TextGateway gateway(server.options());
  gateway.send(make_text());
  const auto request = server.request();
  EXPECT_EQ(request.front(), "POST /2010-04-01/Accounts/AC123/Messages.json HTTP/1.1");
  EXPECT_THAT(request, Contains("Authorization: Basic " + to_base64("AC123:secret")));
  EXPECT_THAT(request, Contains("Content-Type: application/x-www-form-urlencoded"));
  EXPECT_THAT(request, Contains(testing::StartsWith("Idempotency-Key: ")));
  EXPECT_EQ(request.back(), "To=%2B15555550123&From=%2B15555550100&Body=C%C3%B3digo%20123456%20%26%20%3Cm%C3%A1s%3E");
}

TEST(TextGateway, SpeaksCallsTwiceWithTheTextEscaped) {
  const Gateway server;
  TextGateway gateway(server.options());
  gateway.send(make_text(TextWay::voice));
  const auto request = server.request();
  EXPECT_EQ(request.front(), "POST /2010-04-01/Accounts/AC123/Calls.json HTTP/1.1");
  EXPECT_THAT(request.back(), HasSubstr("Twiml=%3CResponse%3E"));
  EXPECT_EQ(to_spoken_xml("a & <b>\"'\x01", "es"),
            "<Response><Pause length=\"1\"/><Say loop=\"2\" language=\"es-MX\">a &amp; "
            "&lt;b&gt;&quot;&#39;</Say></Response>");
}

TEST(TextGateway, TellsWhatIsForGoodFromWhatMayPass) {
  for (const auto& [status, is_permanent] :
       {std::pair{400, true}, std::pair{404, true}, std::pair{422, true}, std::pair{401, false}, std::pair{403, false},
        std::pair{408, false}, std::pair{429, false}, std::pair{500, false}, std::pair{503, false},
        std::pair{302, false}}) {
    const Gateway server(status);
    TextGateway gateway(server.options());
    const auto [reason, permanent] = failure_of(gateway);
    EXPECT_THAT(reason, HasSubstr(std::to_string(status)));
    EXPECT_EQ(permanent, is_permanent) << status;
    EXPECT_THAT(reason, Not(HasSubstr("5555550123")));
  }
}

TEST(TextGateway, RefusesWhatIsNotANumberBeforeItAsks) {
  const Gateway server;
  TextGateway gateway(server.options());
  for (const std::string to : {"15555550123", "+1555", "+1555555012x", "+15555550123&Body=x", ""}) {
    auto message = make_text();
    message.to = to;
    EXPECT_TRUE(failure_of(gateway, message).second) << to;
  }
  EXPECT_TRUE(server.request().empty());
}

TEST(TextGateway, ADeadGatewayIsWorthAnotherTry) {
  TextGatewayOptions options;
  {
    const Gateway gone;
    options = gone.options();
  }
  TextGateway gateway(options);
  const auto [reason, permanent] = failure_of(gateway);
  EXPECT_NE(reason, "sent");
  EXPECT_FALSE(permanent);
}

TEST(TextGateway, SendsItsTokenNeverInClearOverANetwork) {
  for (const std::string url : {"http://gateway.example", "http://127.0.0.1.example", "ftp://127.0.0.1", ""}) {
    const TextGatewayOptions options{.base_url = url, .account = "AC1", .token = "t", .from = "+15555550100"};
    EXPECT_THROW(TextGateway{options}, std::invalid_argument) << url;
  }
}

}  // namespace
}  // namespace waymark
