#include "features/accounts/notices/notices.hpp"

#include "base/assert.hpp"
#include "features/accounts/limits.hpp"
#include "platform/keys.hpp"

namespace waymark::accounts {
namespace {

constexpr std::size_t kLinkTokenBytes = 32;
// Its own address and two that it left, and every phone.
constexpr std::size_t kChannelsMax = 3 + kPhonesMax;

}  // namespace

Notices::Notices(const journal::Outbox& outbox, const PhoneStore& phones, IdSource& ids, Random& random,
                 const Clock& clock)
    : outbox_(outbox), phones_(phones), ids_(ids), random_(random), clock_(clock) {}

NoticeKey Notices::make_key() const {
  NoticeKey key{.link = {.id = ids_.next<MailLinkId>(), .token = random_.token(kLinkTokenBytes)}, .now = clock_.now()};
  key.link.token_hash = sha256(key.link.token);
  for (std::size_t i = 0; i < kChannelsMax; ++i) key.ids.push_back(ids_.next<journal::OutboxId>());
  return key;
}

void Notices::tell(db::Transaction& tx, const NoticeKey& key, AccountId account, const Notice& notice) const {
  std::size_t used = 0;
  journal::Telling telling{
      .id = {}, .kind = std::string(notice.kind), .account = account, .arguments = notice.arguments};
  // What can be stopped by its link, or is told to an address that was left, goes out at once.
  if (notice.link != LinkPurpose::cancel && notice.also_to.empty()) {
    const auto began = outbox_.find_group(tx, account, key.now - kNoticesTogether);
    telling.group_started_at = began.value_or(key.now);
    if (began) telling.due_at = *began + kNoticesTogether;
  }
  const auto send = [&] {
    WAYMARK_ASSERT(used < key.ids.size());
    telling.id = key.ids[used++];
    outbox_.tell(tx, telling);
  };
  if (notice.link) {
    add_mail_link(tx, key.link, {.account = account, .purpose = *notice.link, .subject = notice.link_subject}, key.now,
                  key.now + kMailLinkLifetime);
    telling.arguments.emplace_back("link", "/link/" + key.link.token);
  }
  send();
  for (const auto& address : notice.also_to) {
    telling.email = address;
    send();
  }
  if (!notice.also_texts) return;
  telling.email.clear();
  telling.arguments = notice.arguments;
  telling.arguments.insert(telling.arguments.end(), notice.text_arguments.begin(), notice.text_arguments.end());
  for (const auto& phone : phones_.list(tx, account)) {
    telling.phone = phone.number;
    telling.spoken = phone.is_spoken_to;
    send();
  }
}

}  // namespace waymark::accounts
