#include "features/feed/feed_keys.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "journal/audit.hpp"

namespace waymark::feed {
namespace {

constexpr std::string_view kBegins = "wmk_";
constexpr std::size_t kSecretBytes = 32;
constexpr std::size_t kSecretLength = 43;  // of 32 bytes in base64url
constexpr std::size_t kPrefixesMax = 20;

#define WAYMARK_FEED_KEY \
  "SELECT id, name, may_write, prefixes, created_at, expires_at, used_on, revoked_at FROM feed_keys "
constexpr db::Query kInsert{"feed_keys.insert",
                            "INSERT INTO feed_keys (id, name, key_hash, may_write, prefixes, created_at, expires_at) "
                            "VALUES ($1, $2, $3, $4, $5, $6, $7)"};
constexpr db::Query kList{"feed_keys.list", WAYMARK_FEED_KEY "ORDER BY id DESC LIMIT 200"};
constexpr db::Query kFindById{"feed_keys.find_by_id", WAYMARK_FEED_KEY "WHERE id = $1"};
constexpr db::Query kFind{"feed_keys.find", WAYMARK_FEED_KEY "WHERE key_hash = $1"};
constexpr db::Query kRevoke{"feed_keys.revoke",
                            "UPDATE feed_keys SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL"};
constexpr db::Query kShorten{"feed_keys.shorten",
                             "UPDATE feed_keys SET expires_at = $2 WHERE id = $1 AND expires_at > $2"};
constexpr db::Query kUsed{"feed_keys.note_use",
                          "UPDATE feed_keys SET used_on = $2 WHERE id = $1 AND (used_on IS NULL OR used_on < $2)"};

std::vector<std::string> split_prefixes(std::string_view text) {
  std::vector<std::string> prefixes;
  for (const auto part : split(text, ',')) {
    if (!trim(part).empty()) prefixes.push_back(to_ascii_upper(trim(part)));
  }
  return prefixes;
}

std::string joined(const std::vector<std::string>& prefixes) {
  std::string text;
  for (const auto& prefix : prefixes) text += (text.empty() ? "" : ",") + prefix;
  return text;
}

// The beginning of a receipt number: up to three letters, then digits.
bool is_prefix(std::string_view text) {
  const auto letters = static_cast<std::size_t>(
      std::ranges::find_if_not(text, [](char c) { return c >= 'A' && c <= 'Z'; }) - text.begin());
  const auto digits = text.substr(letters);
  return !text.empty() && text.size() <= 13 && letters <= 3 && (digits.empty() || letters == 3) &&
         std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
}

FeedKey read_key(const db::Row& row) {
  return {.id = row.id<FeedKeyId>(0),
          .name = std::string(row.text(1)),
          .may_write = row.boolean(2),
          .prefixes = split_prefixes(row.text(3)),
          .created_at = row.instant(4),
          .expires_at = row.instant(5),
          .used_on = row.maybe_date(6),
          .revoked_at = row.maybe_instant(7)};
}

std::string make_secret(const cases::Cases& cases) {
  return std::string(kBegins) + cases.parts().random.token(kSecretBytes);
}

void insert(db::Transaction& tx, const FeedKey& key, std::string_view hash) {
  tx.run(kInsert,
         {key.id, key.name, db::Bytes{hash}, key.may_write, joined(key.prefixes), key.created_at, key.expires_at});
}

void note(db::Transaction& tx, std::int64_t id, Instant now, std::string_view by, std::string_view event,
          FeedKeyId key) {
  const auto detail = fmt::format("key {}", key.value);
  journal::record(tx, {.id = id, .at = now, .event = event, .actor = by, .detail = detail});
}

}  // namespace

Result<IssuedKey> issue_key(const cases::Cases& cases, std::string_view by, const NewFeedKey& wanted) {
  const auto& parts = cases.parts();
  const auto now = parts.clock.now();
  FeedKey key{.id = parts.ids.next<FeedKeyId>(),
              .name = tidy_line(wanted.name),
              .may_write = wanted.may_write,
              .prefixes = split_prefixes(wanted.prefixes),
              .created_at = now,
              .expires_at = now + std::chrono::days{wanted.days}};
  Failure failure{.kind = FailureKind::bad_input, .message = {"web.error.check_answers"}};
  if (key.name.empty() || count_code_points(key.name) > kKeyNameMax)
    failure.fields.push_back({"name", {"feed.error.key_name"}});
  if (key.prefixes.size() > kPrefixesMax || !std::ranges::all_of(key.prefixes, is_prefix))
    failure.fields.push_back({"prefixes", {"feed.error.prefixes"}});
  if (wanted.days < 1 || wanted.days > kKeyDaysMax) failure.fields.push_back({"days", {"feed.error.days"}});
  if (!failure.fields.empty()) return refuse(std::move(failure));
  const auto secret = make_secret(cases);
  const auto hash = sha256(secret);
  const auto audit_id = parts.ids.next_value();
  parts.database.write([&](db::Transaction& tx) {
    insert(tx, key, hash);
    note(tx, audit_id, now, by, "feed.key_issued", key.id);
  });
  return IssuedKey{key.id, secret};
}

Result<IssuedKey> rotate_key(const cases::Cases& cases, std::string_view by, FeedKeyId old) {
  const auto& parts = cases.parts();
  const auto now = parts.clock.now();
  const auto id = parts.ids.next<FeedKeyId>();
  const auto secret = make_secret(cases);
  const auto hash = sha256(secret);
  const auto audit_id = parts.ids.next_value();
  const bool is_rotated = parts.database.write([&](db::Transaction& tx) {
    auto key = tx.find(kFindById, {old}, read_key);
    if (!key || !key->is_good(now)) return false;
    tx.run(kShorten, {old, now + kKeyOverlap});
    key->id = id;
    key->created_at = now;
    key->expires_at = now + std::chrono::days{kKeyDaysMax};
    insert(tx, *key, hash);
    note(tx, audit_id, now, by, "feed.key_rotated", old);
    return true;
  });
  if (!is_rotated) return refuse(FailureKind::not_found, "feed.error.no_key");
  return IssuedKey{id, secret};
}

Result<void> revoke_key(const cases::Cases& cases, std::string_view by, FeedKeyId key) {
  const auto& parts = cases.parts();
  const auto now = parts.clock.now();
  const auto audit_id = parts.ids.next_value();
  const bool is_revoked = parts.database.write([&](db::Transaction& tx) {
    if (tx.run(kRevoke, {key, now}) != 1) return false;
    note(tx, audit_id, now, by, "feed.key_revoked", key);
    return true;
  });
  if (!is_revoked) return refuse(FailureKind::not_found, "feed.error.no_key");
  return {};
}

std::vector<FeedKey> list_keys(db::Snapshot& snapshot) { return snapshot.list(kList, {}, read_key); }

std::optional<FeedKey> find_key(db::Snapshot& snapshot, std::string_view authorization, Instant now) {
  constexpr std::string_view kScheme = "bearer ";
  if (authorization.size() != kScheme.size() + kBegins.size() + kSecretLength) return std::nullopt;
  if (!equals_ignoring_ascii_case(authorization.substr(0, kScheme.size()), kScheme)) return std::nullopt;
  const auto hash = sha256(authorization.substr(kScheme.size()));
  auto key = snapshot.find(kFind, {db::Bytes{hash}}, read_key);
  return key && key->is_good(now) ? key : std::nullopt;
}

void note_use(db::Transaction& tx, FeedKeyId key, Date day) { tx.run(kUsed, {key, to_iso(day)}); }

}  // namespace waymark::feed
