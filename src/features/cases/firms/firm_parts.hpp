// What the use cases of firms are put together from. Only they include it.
#pragma once

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "features/cases/firms/firm.hpp"
#include "features/cases/noting.hpp"

namespace waymark::cases {

// What a unit answers.
enum class FirmOutcome { done, missing, in_a_firm, last_owner, too_many };
Result<void> to_result(FirmOutcome outcome);

struct FirmNoting : Noting {
  void note_in_firm(std::string_view event, AccountId account, std::string_view detail = {}) const;
  // Says nothing of the firm: a mail can go astray.
  void tell_of_firm(std::string_view kind, AccountId account) const;
};

// One unit of `by`.
template <typename Unit>
FirmOutcome write_firm(const Firms& firms, const FirmActor& by, Unit&& unit) {
  const auto& parts = firms.cases().parts();
  const auto now = parts.clock.now();
  return parts.database.write(
      [&](db::Transaction& tx) { return unit(FirmNoting{{firms.cases(), tx, now, by.network}}); });
}

// The asker's place in a firm, which nobody else changes until the unit ends; and if they own it.
std::optional<FirmMember> hold_membership(db::Transaction& tx, AccountId account);
std::optional<FirmMember> hold_ownership(db::Transaction& tx, AccountId account);

bool has_other_owner(const std::vector<FirmMember>& members, FirmMemberId but);

// Takes somebody out, and what they shared back.
void end_membership(const FirmNoting& noting, const FirmMember& member);

}  // namespace waymark::cases
