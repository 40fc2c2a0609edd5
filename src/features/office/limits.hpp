// The office's numbers.
#pragma once

#include <chrono>

#include "features/accounts/limits.hpp"

namespace waymark::office {

using namespace std::chrono_literals;

// NIST SP 800-63B-4, AAL2: the same as for people, and nothing prolongs them.
inline constexpr std::chrono::minutes kOfficeSessionIdle{15};
inline constexpr std::chrono::hours kOfficeSessionLifetime{12};

inline constexpr std::chrono::hours kInvitationLifetime{72};  // by mail
inline constexpr std::chrono::hours kFirstLinkLifetime{1};    // printed to a terminal
inline constexpr std::size_t kOfficerPasskeysMax = 10;
inline constexpr std::size_t kOfficerNameLengthMax = 80;
inline constexpr std::size_t kUnitLengthMax = 80;

// Whoever opened a case need not say again why, this long after the last look.
inline constexpr std::chrono::minutes kReasonHolds{30};
inline constexpr std::chrono::hours kSearchHolds{1};
inline constexpr std::chrono::days kSearchesKept{90};
inline constexpr int kResultsMax = 50;
inline constexpr int kQueuePage = 50;

// Searches by officer: far above honest work, far below copying a register.
inline constexpr accounts::Limit kOfficeSearches{"office_searches", 120, 1h, 0s, 0, 0s, false};
// Tries of invitation links, by network.
inline constexpr accounts::Limit kInvitationTries{"office_invitation", 30, 1h, 0s, 0, 0s, false};

}  // namespace waymark::office
