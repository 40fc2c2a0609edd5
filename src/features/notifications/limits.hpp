// The numbers of notifications.
#pragma once

#include "features/accounts/limits.hpp"

namespace waymark::notifications {

using namespace std::chrono_literals;

// How long a message's reference can be checked; then its row is deleted.
inline constexpr std::chrono::days kSentMessageKept{730};

// Checks of references, right or wrong: by network, and by reference whoever types it.
inline constexpr accounts::Limit kChecksFromNetwork{"genuine_network", 100, 1h, 0s, 0, 0s, false};
inline constexpr accounts::Limit kChecksOfReference{"genuine_reference", 30, 24h, 0s, 0, 0s, false};

}  // namespace waymark::notifications
