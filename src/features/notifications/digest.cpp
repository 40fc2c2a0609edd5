#include "features/notifications/digest.hpp"

namespace waymark::notifications {
namespace {

std::string line_of(const Parts& parts, const journal::OutboxItem& item, const catalogue::Locale& words,
                    std::string_view zone) {
  const std::string mail = "mail." + item.telling.kind;
  const std::string time = words.long_date_time(item.created_at, zone);
  const std::string key = words.has(mail + ".line") ? mail + ".line" : mail + ".subject";
  const std::string what = words.text(message_of(parts, item.telling, key, time));
  return words.text("mail.several.line", {{"time", std::string_view(time)}, {"what", std::string_view(what)}});
}

const std::string* link_of(const journal::Telling& telling) {
  for (const auto& [name, value] : telling.arguments) {
    if (name == "link") return &value;
  }
  return nullptr;
}

}  // namespace

journal::Telling digest_of(const Parts& parts, const journal::OutboxItem& item, const catalogue::Locale& words,
                           std::string_view zone) {
  journal::Telling digest = item.telling;
  digest.arguments.clear();
  const std::string* link = link_of(item.telling);
  std::string lines = line_of(parts, item, words, zone);
  for (const auto& other : item.also) {
    lines += "\n" + line_of(parts, other, words, zone);
    if (link == nullptr) link = link_of(other.telling);
  }
  digest.kind = link == nullptr ? "accounts.several_plain" : "accounts.several";
  digest.arguments.emplace_back("count", std::to_string(item.also.size() + 1));
  digest.arguments.emplace_back("lines", std::move(lines));
  if (link != nullptr) digest.arguments.emplace_back("link", *link);
  return digest;
}

Message message_of(const Parts& parts, const journal::Telling& telling, std::string key, std::string time) {
  Message message{.key = std::move(key)};
  for (const auto& [name, value] : telling.arguments) message.arguments.push_back({name, value});
  message.arguments.push_back({"agency", parts.brand.agency_name});
  message.arguments.push_back({"origin", parts.origin});
  message.arguments.push_back({"time", std::move(time)});
  return message;
}

}  // namespace waymark::notifications
