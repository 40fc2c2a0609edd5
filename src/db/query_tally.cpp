#include "db/query_tally.hpp"

namespace waymark::db {

Timing query_timing(Metrics& metrics, std::string_view query) {
  return metrics.timing("waymark_query_seconds", "How long each named query takes", "query",
                        query.empty() ? "unnamed" : query);
}

void QueryTally::flush() {
  for (std::size_t i = 0; i < count_; ++i) timing_.record(gathered_[i]);
  count_ = 0;
}

}  // namespace waymark::db
