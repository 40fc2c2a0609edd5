// Firms: representatives and their people, who share clients. Enumerators equal the database text and the locale keys.
#pragma once

#include <optional>
#include <string_view>

#include "base/id.hpp"

namespace waymark::cases {

using FirmId = Id<struct FirmTag>;
using FirmMemberId = Id<struct FirmMemberTag>;

// owner: manages who is in the firm, too; read_only: looks at the shared cases, and writes nothing.
enum class FirmStanding { owner, member, read_only };
inline constexpr FirmStanding kFirmStandings[] = {FirmStanding::owner, FirmStanding::member, FirmStanding::read_only};

std::string_view to_text(FirmStanding standing);
std::optional<FirmStanding> find_firm_standing(std::string_view text);

}  // namespace waymark::cases
