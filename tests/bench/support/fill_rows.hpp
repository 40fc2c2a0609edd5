// The rows of a made-up installation, a table at a time, sealed and folded as the product would have written them.
#pragma once

#include "app/features.hpp"
#include "support/bulk_table.hpp"

namespace waymark::bench {

struct FillSize {
  std::int64_t accounts = 0, cases = 0, sessions = 0;
};

class Filler {
 public:
  // All outlive the filler.
  Filler(app::Foundation& foundation, app::Features& features, BulkDatabase& into, FillSize size);

  void fill_accounts();
  void fill_sessions();
  void fill_cases();
  void fill_parties();
  void fill_events();
  void fill_requests();
  void fill_appointments();
  // By what the office finds accounts and parties.
  void fill_person_search();

 private:
  // Each account has its share of the cases, spread over all of them as they would come in.
  std::int64_t account_of_case(std::int64_t number) const;
  std::string seal(std::string_view table, std::string_view column, std::int64_t row, std::string_view plain) const;

  app::Foundation& foundation_;
  app::Features& features_;
  BulkDatabase& into_;
  FillSize size_;
  Instant now_;
};

}  // namespace waymark::bench
