// Somebody who represents people before the agency: a lawyer, or an accredited person of a recognised organisation
// (8 CFR 1292.1). Enumerators equal the database text and the locale keys.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/id.hpp"
#include "base/time.hpp"

namespace waymark::cases {

using RepresentativeId = Id<struct RepresentativeTag>;

enum class RepresentativeKind { lawyer, accredited };
inline constexpr RepresentativeKind kRepresentativeKinds[] = {RepresentativeKind::lawyer,
                                                              RepresentativeKind::accredited};
// waiting: for the office. Only who is verified can be linked to a client.
enum class RepresentativeState { waiting, verified, refused, withdrawn };
inline constexpr RepresentativeState kRepresentativeStates[] = {
    RepresentativeState::waiting, RepresentativeState::verified, RepresentativeState::refused,
    RepresentativeState::withdrawn};

std::string_view to_text(RepresentativeKind kind);
std::string_view to_text(RepresentativeState state);
std::optional<RepresentativeKind> find_representative_kind(std::string_view text);

// What they say of themselves, opened.
struct Representative {
  AccountId account{};
  RepresentativeKind kind{};
  std::string organisation, licence;
  RepresentativeState state{};
  Instant asked_at{};
  std::optional<Instant> decided_at{};
};

}  // namespace waymark::cases
