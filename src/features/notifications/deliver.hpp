// From "tell this account that" to a mail or a text in the person's language, by the words of locales/.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "catalogue/catalogue.hpp"
#include "catalogue/words.hpp"
#include "features/notifications/sent_messages.hpp"
#include "journal/outbox.hpp"
#include "platform/mail.hpp"
#include "platform/text_sender.hpp"

namespace waymark::notifications {

// Where an account's person is reached; from features/accounts, handed in by app.
struct Contact {
  std::string email;        // proved
  std::string language;     // BCP 47; empty: the agency's
  std::string time_zone{};  // IANA; empty: the agency's
  std::string phrase;       // the person's own, at the top of mails to that address; empty: none
};

struct Parts {
  const catalogue::Words& words;
  const catalogue::Brand& brand;
  std::string origin;
  Mailer& mailer;
  TextSender* texts;  // null: no gateway is configured, texts are dead letters
  const SentMessages& sent;
  std::function<std::optional<Contact>(AccountId)> find_contact;
};

// Renders and sends one item. Words: mail.KIND.subject and mail.KIND.text, or text.KIND.text for numbers; every
// argument of the telling, and {agency}, {origin}, {time} (when it happened, in the person's zone). Several notices in
// one item become a list under the words of accounts.several, a line each: mail.KIND.line, or the subject. A mail to
// the account's own address begins with the person's phrase, no other does. Mails and texts end with their reference
// (calls, which nobody can copy it from, don't). Throws DeliveryFailed; permanent when nobody can be reached by it.
void deliver(const Parts& parts, const journal::OutboxItem& item);

}  // namespace waymark::notifications
