// The tables of second factors: authenticator apps and backup codes. What is good once is good once: each use is one
// conditional UPDATE. Threads: immutable after construction.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/database.hpp"
#include "features/accounts/types.hpp"
#include "platform/keys.hpp"
#include "platform/sealer.hpp"

namespace waymark::accounts {

struct NewBackupCode {
  BackupCodeId id{};
  std::string hash{};
};
// A whole set (factors/backup_code_hashes makes it).
struct NewBackupCodes {
  std::string recipe{};  // PasswordHasher::make_recipe; "" for the keyed hash alone
  std::vector<NewBackupCode> codes{};
};

class FactorStore {
 public:
  // `sealer` must outlive the store.
  FactorStore(const Sealer& sealer, const KeyRing& keys);

  void add_totp(db::Transaction& tx, const TotpFactor& factor) const;
  std::vector<TotpFactor> list_totp(db::Snapshot& snapshot, AccountId account) const;  // oldest first
  // The owner's name for it; false when the account has no such app.
  bool rename_totp(db::Transaction& tx, AccountId account, TotpFactorId factor, std::string_view name) const;
  // Only ways_in's rule says whether it may go.
  bool remove_totp(db::Transaction& tx, AccountId account, TotpFactorId factor) const;
  bool has_totp(db::Snapshot& snapshot, AccountId account, TotpFactorId factor) const;
  // Takes the step: true for exactly one caller, and never again for it or an earlier one.
  bool use_totp_step(db::Transaction& tx, TotpFactorId factor, std::int64_t step, Instant now) const;

  void delete_totp(db::Transaction& tx, AccountId account) const;  // all of them

  // The keyed hash over what the set's recipe makes of a code (factors/backup_code_hashes).
  std::string backup_code_hash(std::string_view derived) const;
  void add_backup_codes(db::Transaction& tx, AccountId account, const NewBackupCodes& set, Instant now) const;
  // Of the set the account has codes left of; "" for a set under the keyed hash alone.
  std::optional<std::string> find_backup_code_recipe(db::Snapshot& snapshot, AccountId account) const;
  // Takes the code: true for exactly one caller.
  bool use_backup_code(db::Transaction& tx, AccountId account, std::string_view hash, Instant now) const;
  int count_unused_backup_codes(db::Snapshot& snapshot, AccountId account) const;
  void delete_backup_codes(db::Transaction& tx, AccountId account) const;

 private:
  const Sealer& sealer_;
  KeyedHash code_hash_;
};

}  // namespace waymark::accounts
