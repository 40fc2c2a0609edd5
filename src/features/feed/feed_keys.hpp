// The keys of the agency's own systems: "wmk_" and 43 random symbols, shown once, kept as a hash. A key writes, or only
// reads its own reports; for all cases, or for those whose receipt numbers begin in a named way.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "features/cases/cases.hpp"
#include "web/office.hpp"

namespace waymark::feed {

using FeedKeyId = Id<struct FeedKeyTag>;

inline constexpr int kKeyDaysMax = 365;
inline constexpr std::chrono::hours kKeyOverlap{24};  // a rotated key goes on for so long
inline constexpr std::size_t kKeyNameMax = 60;

struct FeedKey {
  FeedKeyId id{};
  std::string name{};
  bool may_write = true;
  std::vector<std::string> prefixes{};  // of receipt numbers; none: all
  Instant created_at{}, expires_at{};
  std::optional<Date> used_on{};
  std::optional<Instant> revoked_at{};

  bool is_good(Instant now) const { return !revoked_at && now < expires_at; }
};

struct NewFeedKey {
  std::string name{};
  bool may_write = true;
  std::string prefixes{};  // as typed: "NPT269, NPT270"
  int days = kKeyDaysMax;
};
struct IssuedKey {
  FeedKeyId id{};
  std::string secret{};  // goes to whoever asked, and nowhere else
};

// `by`: "operator", or "officer 12345". Refusals stand at the fields "name", "prefixes", "days".
Result<IssuedKey> issue_key(const cases::Cases& cases, std::string_view by, const NewFeedKey& wanted);
// A new secret with the same rights and a year; the one before goes on for a day. not_found for one that is not good.
Result<IssuedKey> rotate_key(const cases::Cases& cases, std::string_view by, FeedKeyId key);
Result<void> revoke_key(const cases::Cases& cases, std::string_view by, FeedKeyId key);
std::vector<FeedKey> list_keys(db::Snapshot& snapshot);  // the newest first

// Whose this is: of "Bearer wmk_…". Nobody's alike for unknown, expired, revoked and misshapen ones.
std::optional<FeedKey> find_key(db::Snapshot& snapshot, std::string_view authorization, Instant now);
void note_use(db::Transaction& tx, FeedKeyId key, Date day);

}  // namespace waymark::feed
