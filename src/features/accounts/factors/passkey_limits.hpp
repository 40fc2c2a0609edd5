// The numbers of passkeys.
#pragma once

#include "features/accounts/limits.hpp"

namespace waymark::accounts {

inline constexpr std::size_t kPasskeysMax = 20;
inline constexpr std::size_t kPasskeyNameLengthMax = 60;
inline constexpr std::chrono::minutes kPasskeyChallengeLifetime{5};

// Answers of passkeys: by network, and by passkey and network. None can be guessed; these only bound the work that
// somebody can make, and no stranger's tries stop a passkey elsewhere.
inline constexpr Limit kPasskeyNetworkTries{"passkey_network", 300, 1h, 1h, 0, 0s, false};
inline constexpr Limit kPasskeyTriesFromNetwork{"passkey_from", 20, 15min, 15min};
}  // namespace waymark::accounts
