// "Was this useful?": gathered in memory and written in batches, a row a day for each article and language. Threads:
// safe.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "db/database.hpp"

namespace waymark::help {

struct VoteCount {
  std::string article, language;
  Date day{};
  std::int64_t useful = 0, not_useful = 0;
};

class Votes {
 public:
  void add(std::string_view article, std::string_view language, Date day, bool useful);
  // What was gathered since the last time; kept for the next when it fails.
  void write_to(db::Database& database);

 private:
  using Key = std::tuple<std::string, std::string, Date>;
  struct Count {
    std::int64_t useful = 0, not_useful = 0;
  };
  void give_back(const std::map<Key, Count>& counts);

  std::mutex mutex_;
  std::map<Key, Count> counts_;
};

// By article and language, from that day on; the fewest "yes" of all answers first.
struct VoteSum {
  std::string article, language;
  std::int64_t useful = 0, not_useful = 0;
};
std::vector<VoteSum> list_votes(db::Snapshot& snapshot, Date from);

}  // namespace waymark::help
