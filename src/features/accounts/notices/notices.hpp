// Telling the owner of an account that something about it changed: on every channel there is, in their language, with
// a link that undoes or stops it where there is one. Threads: safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "features/accounts/factors/phone_store.hpp"
#include "features/accounts/notices/mail_link.hpp"
#include "journal/outbox.hpp"
#include "platform/clock.hpp"
#include "platform/ids.hpp"
#include "platform/random.hpp"

namespace waymark::accounts {

// What one notice is told with: everything random and the time, made before the unit.
struct NoticeKey {
  std::vector<journal::OutboxId> ids{};  // as many as an account can have channels
  LinkKey link{};
  Instant now{};
};

struct Notice {
  std::string_view kind;  // names the words: mail.KIND.subject, mail.KIND.text, text.KIND.text; a constant
  std::vector<std::pair<std::string, std::string>> arguments{};
  std::vector<std::pair<std::string, std::string>> text_arguments{};  // for the texts besides: a code to type
  // The mail's link, as {link}: "/link/TOKEN" below the origin. Texts carry none.
  std::optional<LinkPurpose> link{};
  std::int64_t link_subject = 0;
  std::vector<std::string> also_to{};  // addresses told beside the account's own: the one that was left
  bool also_texts = true;              // false: by mail alone (the phones hear of it otherwise)
};

class Notices {
 public:
  // All outlive the notices.
  Notices(const journal::Outbox& outbox, const PhoneStore& phones, IdSource& ids, Random& random, const Clock& clock);

  // Call before the unit; one key for one notice.
  NoticeKey make_key() const;
  // A mail to the account's address and to each of also_to, a text (or a call) to each of its phones. The first goes
  // out at once; what follows within five minutes is told in one message, when they are over.
  void tell(db::Transaction& tx, const NoticeKey& key, AccountId account, const Notice& notice) const;

 private:
  const journal::Outbox& outbox_;
  const PhoneStore& phones_;
  IdSource& ids_;
  Random& random_;
  const Clock& clock_;
};

}  // namespace waymark::accounts
