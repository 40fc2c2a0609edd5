#include "features/accounts/factors/backup_code_hashes.hpp"

namespace waymark::accounts {

Result<BackupCodeHashes> hash_backup_codes(Accounts& accounts, std::span<const std::string> codes) {
  BackupCodeHashes made{.recipe = accounts.parts.hasher.make_recipe()};
  for (const auto& code : codes) {
    const auto derived = accounts.parts.hasher.derive(code, made.recipe);
    if (!derived) return refuse(derived.error());
    made.hashes.push_back(accounts.factors.backup_code_hash(*derived));
  }
  return made;
}

Result<std::string> hash_backup_code(Accounts& accounts, AccountId account, std::string_view code) {
  const auto found = accounts.factors.find_backup_code_recipe(*accounts.parts.database.snapshot(), account);
  const auto recipe = found ? *found : accounts.parts.hasher.make_recipe();
  if (recipe.empty()) return accounts.factors.backup_code_hash(code);
  const auto derived = accounts.parts.hasher.derive(code, recipe);
  if (!derived) return refuse(derived.error());
  return accounts.factors.backup_code_hash(*derived);
}

}  // namespace waymark::accounts
