// A link that stands in a mail. Opening it shows a page that asks; only that page's POST acts, and only once: mail
// scanners open every link there is.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "db/database.hpp"

namespace waymark::accounts {

using MailLinkId = Id<struct MailLinkTag>;

enum class LinkPurpose {
  not_me,  // "this wasn't me": locks the account, ends its sessions, starts the way back in
  cancel,  // of something that waits; the subject is its row
};
std::string_view to_text(LinkPurpose purpose);
LinkPurpose link_purpose(std::string_view text);  // asserts that the text is one of them

// What a link is made of; everything random and the time, made before the unit.
struct LinkKey {
  MailLinkId id{};
  std::string token{};       // goes into the mail, and nowhere else
  std::string token_hash{};  // SHA-256
};

struct MailLink {
  MailLinkId id{};
  AccountId account{};
  LinkPurpose purpose = LinkPurpose::not_me;
  std::int64_t subject = 0;  // 0: none
};

void add_mail_link(db::Transaction& tx, const LinkKey& key, const MailLink& link, Instant now, Instant expires_at);
// A link that is good still; reading it uses nothing up.
std::optional<MailLink> find_mail_link(db::Snapshot& snapshot, std::string_view token, Instant now);
// Uses it up: true for exactly one caller.
bool use_mail_link(db::Transaction& tx, MailLinkId link, Instant now);
void delete_lapsed_mail_links(db::Transaction& tx, Instant before);

}  // namespace waymark::accounts
