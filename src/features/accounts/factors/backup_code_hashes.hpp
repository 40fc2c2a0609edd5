// Backup codes as they are kept: Argon2id with one salt for the set, under a keyed hash. With the database alone
// nothing can be tried, and with its keys too each try costs what a password's does (ASVS 5.0 V6.5.2).
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "features/accounts/accounts.hpp"

namespace waymark::accounts {

struct BackupCodeHashes {
  std::string recipe{};
  std::vector<std::string> hashes{};  // in the codes' order
};

// All hash slowly, so never inside a unit, and fail with FailureKind::unavailable as the hasher does.
Result<BackupCodeHashes> hash_backup_codes(Accounts& accounts, std::span<const std::string> codes);
// The same, ready to be written down.
Result<NewBackupCodes> make_backup_code_set(Accounts& accounts, std::span<const std::string> codes);
// A typed code (parse_backup_code) as the account's present set has it. An account without one costs the same time.
Result<std::string> hash_backup_code(Accounts& accounts, AccountId account, std::string_view code);

}  // namespace waymark::accounts
