#include "features/accounts/notices/mail_link.hpp"

#include "base/assert.hpp"
#include "platform/keys.hpp"

namespace waymark::accounts {
namespace {

constexpr db::Query kAdd{"mail_links.add",
                         "INSERT INTO mail_links (id, token_hash, account, purpose, subject, created_at, expires_at) "
                         "VALUES ($1, $2, $3, $4, $5, $6, $7)"};
constexpr db::Query kFind{"mail_links.find",
                          "SELECT id, account, purpose, subject FROM mail_links "
                          "WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2"};
constexpr db::Query kUse{"mail_links.use",
                         "UPDATE mail_links SET used_at = $2 WHERE id = $1 AND used_at IS NULL AND expires_at > $2 "
                         "RETURNING id"};
constexpr db::Query kDeleteLapsed{"mail_links.delete_lapsed", "DELETE FROM mail_links WHERE expires_at < $1"};

}  // namespace

std::string_view to_text(LinkPurpose purpose) { return purpose == LinkPurpose::not_me ? "not_me" : "cancel"; }

LinkPurpose link_purpose(std::string_view text) {
  WAYMARK_ASSERT(text == "not_me" || text == "cancel");
  return text == "not_me" ? LinkPurpose::not_me : LinkPurpose::cancel;
}

void add_mail_link(db::Transaction& tx, const LinkKey& key, const MailLink& link, Instant now, Instant expires_at) {
  const auto subject = link.subject == 0 ? db::Parameter(nullptr) : db::Parameter(link.subject);
  tx.run(kAdd, {key.id, db::Bytes{key.token_hash}, link.account, to_text(link.purpose), subject, now, expires_at});
}

std::optional<MailLink> find_mail_link(db::Snapshot& snapshot, std::string_view token, Instant now) {
  const auto hash = sha256(token);
  return snapshot.find(kFind, {db::Bytes{hash}, now}, [](const db::Row& row) {
    return MailLink{.id = row.id<MailLinkId>(0),
                    .account = row.id<AccountId>(1),
                    .purpose = link_purpose(row.text(2)),
                    .subject = row.is_null(3) ? 0 : row.integer(3)};
  });
}

bool use_mail_link(db::Transaction& tx, MailLinkId link, Instant now) { return tx.has(kUse, {link, now}); }

void delete_lapsed_mail_links(db::Transaction& tx, Instant before) { tx.run(kDeleteLapsed, {before}); }

}  // namespace waymark::accounts
