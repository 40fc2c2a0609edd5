// Text messages and calls through an HTTP gateway that speaks Twilio's form.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "platform/text_sender.hpp"

namespace waymark {

struct TextGatewayOptions {
  std::string base_url;  // "https://api.twilio.com"; plain http only to this machine itself
  std::string account;   // stands in the path and is the user name
  std::string token;
  std::string from;                // E.164
  std::string authorities_file{};  // PEM; trusted instead of the system's authorities; empty: the system's
  std::chrono::milliseconds connect_max{10'000};
  std::chrono::milliseconds total_max{30'000};
};

// Keeps its connection open; several threads may send, one after the other. A 4xx reply is permanent, unless it speaks
// of our account (401, 403) or of time (408, 429); everything else is worth another try.
class TextGateway final : public TextSender {
 public:
  explicit TextGateway(TextGatewayOptions options);  // throws std::invalid_argument when an option cannot be right
  ~TextGateway() override;
  void send(const TextMessage& message) override;

 private:
  struct Connection;
  TextGatewayOptions options_;
  std::unique_ptr<Connection> connection_;
};

// What a call says, twice, in the TwiML form; the text is escaped.
std::string to_spoken_xml(const std::string& text, const std::string& language);

}  // namespace waymark
