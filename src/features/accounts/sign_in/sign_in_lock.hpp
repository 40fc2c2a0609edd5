// What follows when the last try of signing in was used up: its owner is told, once, and the trail says so.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "features/accounts/accounts.hpp"

namespace waymark::accounts {

struct LockKind {
  std::string_view telling;  // what the owner is told: a mail's words
  std::string_view event;    // what the trail says
  std::string_view actor;
  std::chrono::milliseconds lasts;  // zero: until it is bound anew; then every channel is told
};

inline constexpr LockKind kSignInLock{"accounts.sign_in_locked", "account.sign_in_locked", "stranger",
                                      kSignInTries.lock};
inline constexpr LockKind kDeviceLock{"accounts.device_locked", "account.device_locked", "person",
                                      kSignInTriesOnDevice.lock};
inline constexpr LockKind kPasswordOff{"accounts.password_off", "account.password_off", "stranger",
                                       kPasswordTries.lock};
inline constexpr LockKind kSecondFactorLock{"accounts.second_factor_locked", "account.second_factor_locked", "stranger",
                                            kSecondFactorTries.lock};
inline constexpr LockKind kAuthenticatorOff{"accounts.authenticator_off", "account.authenticator_off", "stranger",
                                            kAuthenticatorTries.lock};
inline constexpr LockKind kTextedCodesStopped{"accounts.texted_codes_stopped", "account.texted_codes_stopped",
                                              "stranger", kSignInCodeTries.window};
inline constexpr LockKind kProveAgainLock{"accounts.prove_again_locked", "account.prove_again_locked", "person",
                                          kProveAgainTries.lock};

// Call it for the one try that TryPlace::wrong() says was the last. An address without an account is written down too:
// whether there is one must not show in how long the answer takes.
void record_lock(Accounts& accounts, std::optional<AccountId> account, const LockKind& kind);

}  // namespace waymark::accounts
