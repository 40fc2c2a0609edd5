// Row identifiers, strong by what they name: an Id<CaseTag> is never an Id<AccountTag>.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace waymark {

// Positive in every stored row; 0 is "none yet". Made by platform/ids, so that sealed columns can bind to them
// before the row is written, and a transaction that runs twice writes the same row.
template <typename Tag>
struct Id {
  std::int64_t value = 0;
  auto operator<=>(const Id&) const = default;
  explicit operator bool() const { return value != 0; }
};

using AccountId = Id<struct AccountTag>;
using SessionId = Id<struct SessionTag>;
using CaseId = Id<struct CaseTag>;
using PartyId = Id<struct PartyTag>;
using OfficerId = Id<struct OfficerTag>;

}  // namespace waymark

template <typename Tag>
struct std::hash<waymark::Id<Tag>> {
  std::size_t operator()(const waymark::Id<Tag>& id) const noexcept { return std::hash<std::int64_t>{}(id.value); }
};
