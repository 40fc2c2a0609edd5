// What every change to an account's ways of signing in does beside the change itself.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "features/accounts/accounts.hpp"

namespace waymark::accounts {

// Made before the unit.
struct FactorChange {
  NoticeKey notice{};
  std::int64_t audit_id = 0;
  Instant now{};
};
FactorChange make_factor_change(Accounts& accounts);

// Writes the trail and tells the owner. Both constants; `detail` says which way: "app", "phone" …
struct FactorEvent {
  std::string_view event, detail;
  std::string_view notice{};  // the kind of notice; empty: nobody need hear of it
  std::vector<std::pair<std::string, std::string>> arguments{};
};
void record_factor_change(const Accounts& accounts, db::Transaction& tx, const FactorChange& change, AccountId account,
                          const FactorEvent& event);

}  // namespace waymark::accounts
