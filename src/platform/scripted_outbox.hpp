// Keeps every mail and text instead of sending it. Part of the product: the demo's /demo/outbox shows it, tests read
// it.
#pragma once

#include <cstdint>
#include <deque>
#include <mutex>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "platform/clock.hpp"
#include "platform/mail.hpp"
#include "platform/text_sender.hpp"

namespace waymark {

struct SentMessage {
  std::string id;
  std::string channel;  // "email", "text" or "voice"
  std::string to;
  std::string subject;  // empty for texts
  std::string text;
  Instant sent_at{};
};

class ScriptedOutbox final : public Mailer, public TextSender {
 public:
  explicit ScriptedOutbox(const Clock& clock) : clock_(clock) {}
  void send(const Mail& mail) override;
  void send(const TextMessage& message) override;
  std::vector<SentMessage> list() const;  // oldest first; the last 1,000
  // The next `count` sends throw DeliveryFailed: a dead mail server, for tests.
  void fail_next(int count, bool permanent);

 private:
  void keep(SentMessage message);
  const Clock& clock_;
  mutable std::mutex mutex_;
  std::deque<SentMessage> sent_;
  int failing_ = 0;
  bool permanent_ = false;
};

}  // namespace waymark
