#include "features/messages/message_data.hpp"

#include <limits>

#include "features/messages/message_store.hpp"

namespace waymark::messages {
namespace {

using boost::json::array;
using boost::json::object;

object message_of(const Message& message) {
  object one{{"at", to_iso(message.at)}, {"from", message.by ? "office" : "you"}, {"text", message.text}};
  if (message.by) {
    one["role"] = web::to_text(message.by->role);
    one["unit"] = message.by->unit;
  }
  return one;
}

}  // namespace

std::vector<accounts::DataFile> MessageData::collect(db::Snapshot& snapshot, AccountId account, Instant) const {
  const auto& sealer = messages_.base().sealer;
  array threads;
  for (const auto& thread : list_threads_of(snapshot, sealer, account, std::numeric_limits<int>::max())) {
    object one{{"subject", thread.subject},
               {"topic", thread.topic},
               {"state", to_text(thread.state)},
               {"begun_at", to_iso(thread.created_at)}};
    if (!thread.receipt_number.empty()) one["receipt_number"] = thread.receipt_number;
    array messages;
    for (const auto& message : list_messages(snapshot, sealer, thread.id)) messages.push_back(message_of(message));
    one["messages"] = std::move(messages);
    threads.push_back(std::move(one));
  }
  return {{"messages.json", "messages.data.meaning", std::move(threads)}};
}

void MessageData::erase(db::Transaction& tx, AccountId account) const { delete_threads_of(tx, account); }

}  // namespace waymark::messages
