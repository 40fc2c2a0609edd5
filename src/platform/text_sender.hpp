// Text messages and spoken codes out, through an HTTP gateway (Twilio's form); scripted in the demo and the tests.
#pragma once

#include <stdexcept>
#include <string>

namespace waymark {

enum class TextWay { text, voice };

struct TextMessage {
  std::string id;  // stable across retries
  std::string to;  // E.164
  std::string text;
  TextWay way = TextWay::text;
  std::string language;
};

class TextSender {
 public:
  virtual ~TextSender() = default;
  virtual void send(const TextMessage& message) = 0;  // throws DeliveryFailed
};

// A message that could not be handed over. what() holds no address and no content.
class DeliveryFailed : public std::runtime_error {
 public:
  DeliveryFailed(const std::string& reason, bool is_permanent) : std::runtime_error(reason), permanent(is_permanent) {}
  bool permanent;
};

}  // namespace waymark
