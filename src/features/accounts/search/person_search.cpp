#include "features/accounts/search/person_search.hpp"

#include <algorithm>
#include <iterator>

#include "base/text.hpp"

namespace waymark::accounts {
namespace {

// A person of more names is found by the longest of them.
constexpr std::size_t kTokensMax = 6;
// 128 bits: no two of a hundred million meet by chance.
constexpr std::size_t kEntryBytes = 16;

constexpr db::Query kAdd{"person_search.add",
                         "INSERT INTO person_search (entry, kind, subject) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING"};
constexpr db::Query kRemove{"person_search.remove",
                            "DELETE FROM person_search WHERE entry = $1 AND kind = $2 AND subject = $3"};
constexpr db::Query kFind{"person_search.find",
                          "SELECT subject FROM person_search WHERE entry = $1 AND kind = $2 ORDER BY subject DESC "
                          "LIMIT $3"};
constexpr db::Query kFindBoth{"person_search.find_both",
                              "SELECT s.subject FROM person_search s WHERE s.entry = $1 AND s.kind = $2 "
                              "AND EXISTS (SELECT 1 FROM person_search t WHERE t.entry = $4 AND t.kind = $2 "
                              "AND t.subject = s.subject) ORDER BY s.subject DESC LIMIT $3"};

}  // namespace

std::vector<std::string> name_tokens(const std::vector<std::string>& names) {
  std::vector<std::string> tokens;
  for (const auto& name : names) {
    const auto folded = fold_name(name);
    for (const auto token : split(folded, ' ')) {
      if (!token.empty() && std::ranges::find(tokens, token) == tokens.end()) tokens.emplace_back(token);
    }
  }
  std::ranges::sort(tokens, [](const auto& left, const auto& right) {
    return left.size() != right.size() ? left.size() > right.size() : left < right;
  });
  if (tokens.size() > kTokensMax) tokens.resize(kTokensMax);
  std::ranges::sort(tokens);
  return tokens;
}

PersonSearch::PersonSearch(const KeyRing& keys) : hash_(keys, "person_search") {}

std::string PersonSearch::entry(std::string_view what, std::string_view left, std::string_view right) const {
  return hash_.of(std::string(what).append("\n").append(left).append("\n").append(right)).substr(0, kEntryBytes);
}

std::vector<std::string> PersonSearch::entries_of(const SearchedPerson& person) const {
  std::vector<std::string> entries;
  const auto tokens = name_tokens(person.names);
  for (auto left = tokens.begin(); left != tokens.end(); ++left) {
    for (auto right = std::next(left); right != tokens.end(); ++right) entries.push_back(entry("names", *left, *right));
    if (person.born_on) entries.push_back(entry("born", *left, to_iso(*person.born_on)));
  }
  if (!person.email.empty()) entries.push_back(entry("email", person.email, ""));
  return entries;
}

void PersonSearch::queue_add(db::Transaction& tx, const SearchSubject& subject,
                             const std::vector<std::string>& entries) {
  for (const auto& one : entries) tx.queue(kAdd, {db::Bytes{one}, subject.kind, subject.id}, {});
}

void PersonSearch::remove(db::Transaction& tx, const SearchSubject& subject, const std::vector<std::string>& entries) {
  for (const auto& one : entries) tx.run(kRemove, {db::Bytes{one}, subject.kind, subject.id});
}

bool PersonSearch::is_enough(const SearchedPerson& asked) {
  return !asked.email.empty() || name_tokens(asked.names).size() + (asked.born_on ? 1 : 0) >= 2;
}

std::vector<std::int64_t> PersonSearch::find(db::Snapshot& snapshot, std::string_view kind, const SearchedPerson& asked,
                                             int most) const {
  const auto read = [](const db::Row& row) { return row.integer(0); };
  if (!asked.email.empty()) {
    const auto by_email = entry("email", asked.email, "");
    return snapshot.list(kFind, {db::Bytes{by_email}, kind, most}, read);
  }
  const auto entries = entries_of(asked);
  if (entries.empty() || !is_enough(asked)) return {};
  // The birth date's entry holds the fewest people, and stands before a name's own pairs or after them: any two entries
  // that between them hold all that was typed will do, since who shows the results looks at every name.
  const auto tokens = name_tokens(asked.names);
  const auto first = asked.born_on ? entry("born", tokens.front(), to_iso(*asked.born_on)) : entries.front();
  if (tokens.size() + (asked.born_on ? 1 : 0) == 2) return snapshot.list(kFind, {db::Bytes{first}, kind, most}, read);
  const auto second = asked.born_on ? entry("born", tokens.back(), to_iso(*asked.born_on))
                                    : entry("names", tokens.front(), tokens.back());
  return snapshot.list(kFindBoth, {db::Bytes{first}, kind, most, db::Bytes{second}}, read);
}

}  // namespace waymark::accounts
