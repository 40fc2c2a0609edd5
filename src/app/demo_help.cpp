#include "app/demo_help.hpp"

#include <boost/json.hpp>

#include "base/assert.hpp"
#include "features/accounts/factors/phone_codes.hpp"
#include "features/messages/message_store.hpp"
#include "platform/embedded.hpp"

namespace waymark::app {
namespace {

namespace json = boost::json;

std::string text_of(const json::object& object, const char* name) {
  const auto* value = object.if_contains(name);
  return value == nullptr ? std::string{} : std::string(value->as_string());
}

Instant asked_at(const json::object& object, Instant now) {
  return now - std::chrono::hours{object.at("hours_ago").as_int64()};
}

help::Callback read_callback(Foundation& foundation, const help::Help& help, const json::object& object) {
  const auto region = text_of(object, "phone_country");
  const auto number = text_of(object, "phone");
  auto phone = accounts::read_phone(foundation.catalogue, {.region = region, .number = number});
  WAYMARK_ASSERT(phone.has_value());
  return {.id = foundation.ids.next<help::CallbackId>(),
          .reference = help.make_reference(),
          .name = text_of(object, "name"),
          .phone = std::move(*phone),
          .other_language = text_of(object, "other_language"),
          .topic = text_of(object, "topic"),
          .language = text_of(object, "language"),
          .asked_at = asked_at(object, foundation.clock->now())};
}

help::HelpRequest read_question(Foundation& foundation, const help::Help& help, const json::object& object) {
  return {.id = foundation.ids.next<help::HelpRequestId>(),
          .reference = help.make_reference(),
          .email = text_of(object, "email"),
          .topic = text_of(object, "topic"),
          .language = text_of(object, "language"),
          .text = text_of(object, "text"),
          .receipt_number = text_of(object, "receipt_number"),
          .asked_at = asked_at(object, foundation.clock->now())};
}

}  // namespace

void seed_demo_help(Foundation& foundation, Features& features) {
  const auto file = find_embedded("catalogue/demo/help.json");
  WAYMARK_ASSERT(file.has_value());
  const auto value = json::parse(*file);
  const auto& content = value.as_object();
  auto& help = features.help;
  std::vector<help::Callback> callbacks;
  for (const auto& one : content.at("callbacks").as_array()) {
    callbacks.push_back(read_callback(foundation, help, one.as_object()));
  }
  std::vector<help::HelpRequest> requests;
  for (const auto& one : content.at("questions").as_array()) {
    requests.push_back(read_question(foundation, help, one.as_object()));
  }
  std::vector<messages::SavedReply> replies;
  for (const auto& one : content.at("saved_replies").as_array()) {
    const auto& reply = one.as_object();
    replies.push_back({.id = foundation.ids.next<messages::SavedReplyId>(),
                       .title = text_of(reply, "title"),
                       .text_en = text_of(reply, "en"),
                       .text_es = text_of(reply, "es")});
  }
  const auto now = foundation.clock->now();
  foundation.database->write([&](db::Transaction& tx) {
    for (const auto& reply : replies) messages::insert_reply(tx, reply, now);
    for (const auto& callback : callbacks) help.callbacks.insert(tx, callback);
    for (const auto& request : requests) help.requests.insert(tx, request);
  });
  const auto today = catalogue::day_in_zone(foundation.clock->now(), foundation.catalogue.brand().time_zone);
  for (const auto& one : content.at("votes").as_array()) {
    const auto& votes = one.as_object();
    const auto article = text_of(votes, "article");
    const auto language = text_of(votes, "language");
    for (const bool useful : {true, false}) {
      const auto count = votes.at(useful ? "useful" : "not_useful").as_int64();
      for (std::int64_t n = 0; n < count; ++n) help.votes.add(article, language, today, useful);
    }
  }
  help.write_votes();
}

}  // namespace waymark::app
