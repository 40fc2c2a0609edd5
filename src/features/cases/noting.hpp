// What a use case writes beside its own rows in one unit: lines of the audit trail, and what people are told.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "db/database.hpp"
#include "features/cases/cases.hpp"

namespace waymark::cases {

// Lives within the unit. `network`: hashed.
struct Noting {
  const Cases& cases;
  db::Transaction& tx;
  Instant now;
  std::string_view network;

  void note(std::string_view event, AccountId account, std::optional<CaseId> on_case, std::string_view detail) const;
  // With the end of the receipt number, and nothing else of the case.
  void tell(std::string_view kind, AccountId account, std::string_view receipt_number) const;
};

}  // namespace waymark::cases
