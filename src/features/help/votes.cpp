#include "features/help/votes.hpp"

namespace waymark::help {
namespace {

constexpr db::Query kAdd{"help_votes.add",
                         "INSERT INTO help_votes (article, language, day, useful, not_useful) "
                         "VALUES ($1, $2, $3, $4, $5) ON CONFLICT (article, language, day) DO UPDATE SET "
                         "useful = help_votes.useful + excluded.useful, "
                         "not_useful = help_votes.not_useful + excluded.not_useful"};
constexpr db::Query kList{
    "help_votes.list",
    "SELECT article, language, CAST(SUM(useful) AS BIGINT), CAST(SUM(not_useful) AS BIGINT) FROM help_votes "
    "WHERE day >= $1 GROUP BY article, language "
    "ORDER BY CAST(SUM(useful) AS REAL) / SUM(useful + not_useful), SUM(useful + not_useful) DESC, article, language"};

}  // namespace

void Votes::add(std::string_view article, std::string_view language, Date day, bool useful) {
  const std::scoped_lock lock(mutex_);
  auto& count = counts_[{std::string(article), std::string(language), day}];
  ++(useful ? count.useful : count.not_useful);
}

void Votes::write_to(db::Database& database) {
  std::map<Key, Count> taken;
  {
    const std::scoped_lock lock(mutex_);
    taken.swap(counts_);
  }
  if (taken.empty()) return;
  try {
    database.write(
        [&](db::Transaction& tx) {
          for (const auto& [key, count] : taken) {
            const auto& [article, language, day] = key;
            tx.run(kAdd, {article, language, to_iso(day), count.useful, count.not_useful});
          }
        },
        db::Urgency::bulk);
  } catch (const db::DatabaseError&) {
    give_back(taken);
    throw;
  }
}

void Votes::give_back(const std::map<Key, Count>& counts) {
  const std::scoped_lock lock(mutex_);
  for (const auto& [key, count] : counts) {
    counts_[key].useful += count.useful;
    counts_[key].not_useful += count.not_useful;
  }
}

std::vector<VoteSum> list_votes(db::Snapshot& snapshot, Date from) {
  return snapshot.list(kList, {to_iso(from)}, [](const db::Row& row) {
    return VoteSum{.article = std::string(row.text(0)),
                   .language = std::string(row.text(1)),
                   .useful = row.integer(2),
                   .not_useful = row.integer(3)};
  });
}

}  // namespace waymark::help
