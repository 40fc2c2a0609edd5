#include "features/notifications/deliver.hpp"

#include "base/email.hpp"

namespace waymark::notifications {
namespace {

Message message_of(const Parts& parts, const journal::Telling& telling, std::string key) {
  Message message{.key = std::move(key)};
  for (const auto& [name, value] : telling.arguments) message.arguments.push_back({name, value});
  message.arguments.push_back({"agency", parts.brand.agency_name});
  message.arguments.push_back({"origin", parts.origin});
  return message;
}

void send_mail(const Parts& parts, const journal::Telling& telling, const catalogue::Locale& words,
               const std::string& to) {
  const std::string kind = "mail." + telling.kind;
  Mail mail{.id = std::to_string(telling.id.value),
            .to = to,
            .subject = {},
            .text = {},
            .language = std::string(words.tag())};
  mail.subject = words.text(message_of(parts, telling, kind + ".subject"));
  mail.text = words.text(message_of(parts, telling, kind + ".text"));
  mail.text += "\n\n";
  mail.text += words.text(message_of(parts, telling, "mail.frame.foot"));
  mail.text += "\n";
  parts.mailer.send(mail);
}

void send_text(const Parts& parts, const journal::Telling& telling, const catalogue::Locale& words,
               const std::string& to) {
  if (parts.texts == nullptr) throw DeliveryFailed("no text gateway is configured", true);
  parts.texts->send({.id = std::to_string(telling.id.value),
                     .to = to,
                     .text = words.text(message_of(parts, telling, "text." + telling.kind + ".text")),
                     .way = telling.spoken ? TextWay::voice : TextWay::text,
                     .language = std::string(words.tag())});
}

}  // namespace

void deliver(const Parts& parts, const journal::OutboxItem& item) {
  const auto& telling = item.telling;
  std::string email = telling.email;
  std::string language = telling.language;
  if (telling.account) {
    const auto contact = parts.find_contact(*telling.account);
    if (!contact) throw DeliveryFailed("the account is gone", true);
    if (email.empty() && telling.phone.empty()) email = contact->email;
    if (language.empty()) language = contact->language;
  }
  const auto& words = parts.words.choose(language, {}, parts.brand.default_language);
  if (!telling.phone.empty()) {
    send_text(parts, telling, words, telling.phone);
  } else if (!email.empty()) {
    send_mail(parts, telling, words, email);
  } else {
    throw DeliveryFailed("nobody is named to tell", true);
  }
}

}  // namespace waymark::notifications
