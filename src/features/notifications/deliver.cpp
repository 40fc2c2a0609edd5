#include "features/notifications/deliver.hpp"

#include "features/notifications/digest.hpp"

namespace waymark::notifications {
namespace {

// What is sent, and to whom.
struct Envelope {
  const journal::Telling& telling;
  const catalogue::Locale& words;
  std::string to;
  std::string phrase;  // for a mail to the account's own address
  std::string time;    // when it happened
};

std::string framed(const Parts& parts, const Envelope& envelope, std::string key, std::string name, std::string value) {
  return envelope.words.text(
      Message{.key = std::move(key),
              .arguments = {
                  {std::move(name), std::move(value)}, {"agency", parts.brand.agency_name}, {"origin", parts.origin}}});
}

void send_mail(const Parts& parts, const Envelope& envelope) {
  const auto& [telling, words, to, phrase, time] = envelope;
  const std::string kind = "mail." + telling.kind;
  Mail mail{.id = std::to_string(telling.id.value),
            .to = to,
            .subject = words.text(message_of(parts, telling, kind + ".subject", time)),
            .text = {},
            .language = std::string(words.tag())};
  if (!phrase.empty()) mail.text = framed(parts, envelope, "mail.frame.phrase", "phrase", phrase) + "\n\n";
  mail.text += words.text(message_of(parts, telling, kind + ".text", time));
  mail.text += "\n\n";
  mail.text +=
      framed(parts, envelope, "mail.frame.foot", "reference", format_reference(parts.sent.reference_of(telling.id)));
  mail.text += "\n";
  parts.sent.record(telling.id, to, telling.kind, true);
  parts.mailer.send(mail);
}

void send_text(const Parts& parts, const Envelope& envelope) {
  const auto& [telling, words, to, phrase, time] = envelope;
  if (parts.texts == nullptr) throw DeliveryFailed("no text gateway is configured", true);
  TextMessage message{.id = std::to_string(telling.id.value),
                      .to = to,
                      .text = words.text(message_of(parts, telling, "text." + telling.kind + ".text", time)),
                      .way = telling.spoken ? TextWay::voice : TextWay::text,
                      .language = std::string(words.tag())};
  if (!telling.spoken) {
    message.text += " " + framed(parts, envelope, "text.frame.foot", "reference",
                                 format_reference(parts.sent.reference_of(telling.id)));
    parts.sent.record(telling.id, to, telling.kind, false);
  }
  parts.texts->send(message);
}

}  // namespace

void deliver(const Parts& parts, const journal::OutboxItem& item) {
  std::string email = item.telling.email;
  std::string language = item.telling.language;
  std::string phrase;
  std::string zone;
  if (item.telling.account) {
    const auto contact = parts.find_contact(*item.telling.account);
    if (!contact) throw DeliveryFailed("the account is gone", true);
    if (email.empty() && item.telling.phone.empty()) email = contact->email;
    if (language.empty()) language = contact->language;
    // Byte for byte: an address that was left, or is not proved yet, never learns it.
    if (email == contact->email) phrase = contact->phrase;
    zone = contact->time_zone;
  }
  if (zone.empty()) zone = parts.brand.time_zone;
  const auto& words = parts.words.choose(language, {}, parts.brand.default_language);
  const auto telling = item.also.empty() ? item.telling : digest_of(parts, item, words, zone);
  const auto time = words.long_date_time(item.created_at, zone);
  if (!telling.phone.empty()) {
    send_text(parts, {.telling = telling, .words = words, .to = telling.phone, .phrase = {}, .time = time});
  } else if (!email.empty()) {
    send_mail(parts, {.telling = telling, .words = words, .to = email, .phrase = phrase, .time = time});
  } else {
    throw DeliveryFailed("nobody is named to tell", true);
  }
}

}  // namespace waymark::notifications
