// Finding people in sealed data: for each person keyed hashes of two things that are known of them together. One name,
// or one birth date, finds nobody: a birth date's hash alone has 36,000 values. Threads: immutable after construction.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "db/database.hpp"
#include "platform/keys.hpp"

namespace waymark::accounts {

struct SearchedPerson {
  std::vector<std::string> names{};  // given and family names, or an organisation's; in any order
  std::optional<Date> born_on{};
  std::string email{};  // canonical; empty: none
};

// "account" or "party", and the id of its row.
struct SearchSubject {
  std::string_view kind;
  std::int64_t id = 0;
};
inline constexpr std::string_view kSearchAccount = "account";
inline constexpr std::string_view kSearchParty = "party";

// The words of names as they are compared: folded, each once, the longest few.
std::vector<std::string> name_tokens(const std::vector<std::string>& names);

class PersonSearch {
 public:
  explicit PersonSearch(const KeyRing& keys);

  // Under what the person is found; made before the unit.
  std::vector<std::string> entries_of(const SearchedPerson& person) const;
  // Adding twice is once. What a person was called before stays findable until it is taken off by its own entries: who
  // shows what was found looks at the names as they are now (name_tokens).
  static void queue_add(db::Transaction& tx, const SearchSubject& subject, const std::vector<std::string>& entries);
  static void remove(db::Transaction& tx, const SearchSubject& subject, const std::vector<std::string>& entries);

  // Those who match all that is asked: an email, or two of a name, another name and a birth date. Nobody when it is
  // less; the caller says so before. At most `most`, the newest first, of each kind.
  std::vector<std::int64_t> find(db::Snapshot& snapshot, std::string_view kind, const SearchedPerson& asked,
                                 int most) const;
  static bool is_enough(const SearchedPerson& asked);

 private:
  std::string entry(std::string_view what, std::string_view left, std::string_view right) const;
  KeyedHash hash_;
};

}  // namespace waymark::accounts
