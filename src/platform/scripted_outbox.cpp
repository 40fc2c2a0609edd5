#include "platform/scripted_outbox.hpp"

namespace waymark {
namespace {

constexpr std::size_t kKeptMax = 1000;

}  // namespace

void ScriptedOutbox::send(const Mail& mail) {
  keep({.id = mail.id, .channel = "email", .to = mail.to, .subject = mail.subject, .text = mail.text});
}

void ScriptedOutbox::send(const TextMessage& message) {
  keep({.id = message.id,
        .channel = message.way == TextWay::text ? "text" : "voice",
        .to = message.to,
        .subject = {},
        .text = message.text});
}

std::vector<SentMessage> ScriptedOutbox::list() const {
  const std::scoped_lock lock(mutex_);
  return {sent_.begin(), sent_.end()};
}

void ScriptedOutbox::fail_next(int count, bool permanent) {
  const std::scoped_lock lock(mutex_);
  failing_ = count;
  permanent_ = permanent;
}

void ScriptedOutbox::keep(SentMessage message) {
  message.sent_at = clock_.now();
  const std::scoped_lock lock(mutex_);
  if (failing_ > 0) {
    --failing_;
    throw DeliveryFailed("the scripted outbox was told to fail", permanent_);
  }
  sent_.push_back(std::move(message));
  if (sent_.size() > kKeptMax) sent_.pop_front();
}

}  // namespace waymark
