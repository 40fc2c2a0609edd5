// Adding and taking off ways to sign in, by their owner who proved again just now. Each is written down in the trail
// and told on every channel.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "features/accounts/accounts.hpp"

namespace waymark::accounts {

// Who changes the ways of which account, in which session.
struct FactorAsker {
  AccountId account{};
  SessionId session{};
};

// --- Authenticator apps ---

// Makes a secret to scan, or keeps the one that this session made already; conflict when there are enough apps.
Result<void> start_app(Accounts& accounts, const FactorAsker& asker);
// The secret being set up: raw bytes; none when it was not begun, or lapsed.
std::optional<std::string> find_pending_app(const Accounts& accounts, db::Snapshot& snapshot, const FactorAsker& asker,
                                            Instant now);
struct AppAnswer {
  std::string_view name{};  // what its owner calls it; may be empty
  std::string_view code{};  // that the app shows now
};
// The code is used up: it does not sign in. conflict when nothing is being set up any more.
Result<void> confirm_app(Accounts& accounts, const FactorAsker& asker, const AppAnswer& answer);
Result<void> rename_app(Accounts& accounts, const FactorAsker& asker, TotpFactorId app, std::string_view name);
// conflict when it is the last second factor.
Result<void> remove_app(Accounts& accounts, const FactorAsker& asker, TotpFactorId app);

// --- Backup codes ---

// Makes a set to be kept, or keeps the one that this session made already. The old codes stay good until keep_….
void start_backup_codes(Accounts& accounts, const FactorAsker& asker);
// The set being made, as make_backup_codes gives it; empty when there is none.
std::vector<std::string> find_pending_backup_codes(const Accounts& accounts, db::Snapshot& snapshot,
                                                   const FactorAsker& asker, Instant now);
// The person has them: from now on these are good, and no others.
Result<void> keep_new_backup_codes(Accounts& accounts, const FactorAsker& asker, bool has_them);

}  // namespace waymark::accounts
