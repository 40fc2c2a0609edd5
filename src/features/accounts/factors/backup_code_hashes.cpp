#include "features/accounts/factors/backup_code_hashes.hpp"

namespace waymark::accounts {
namespace {

// An empty recipe: the keyed hash alone, as sets before migration 0027 have it.
Result<std::string> hash_by(Accounts& accounts, std::string_view recipe, std::string_view code) {
  if (recipe.empty()) return accounts.factors.backup_code_hash(code);
  const auto derived = accounts.parts.hasher.derive(code, recipe);
  if (!derived) return refuse(derived.error());
  return accounts.factors.backup_code_hash(*derived);
}

}  // namespace

Result<BackupCodeHashes> hash_backup_codes(Accounts& accounts, std::span<const std::string> codes) {
  BackupCodeHashes made{.recipe = accounts.parts.hasher.make_recipe()};
  for (const auto& code : codes) {
    auto hash = hash_by(accounts, made.recipe, code);
    if (!hash) return refuse(hash.error());
    made.hashes.push_back(std::move(*hash));
  }
  return made;
}

Result<NewBackupCodes> make_backup_code_set(Accounts& accounts, std::span<const std::string> codes) {
  auto hashed = hash_backup_codes(accounts, codes);
  if (!hashed) return refuse(hashed.error());
  NewBackupCodes set{.recipe = std::move(hashed->recipe)};
  for (auto& hash : hashed->hashes) {
    set.codes.push_back({accounts.parts.ids.next<BackupCodeId>(), std::move(hash)});
  }
  return set;
}

Result<std::string> hash_backup_code(Accounts& accounts, AccountId account, std::string_view code) {
  const auto found = accounts.factors.find_backup_code_recipe(*accounts.parts.database.snapshot(), account);
  return hash_by(accounts, found ? *found : accounts.parts.hasher.make_recipe(), code);
}

}  // namespace waymark::accounts
