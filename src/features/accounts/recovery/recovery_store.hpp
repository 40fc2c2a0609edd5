// The table of recoveries under way. Threads: immutable after construction.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/email.hpp"
#include "db/database.hpp"
#include "features/accounts/factors/phone_store.hpp"
#include "platform/sealer.hpp"

namespace waymark::accounts {

using RecoveryId = Id<struct RecoveryTag>;

enum class RecoveryPurpose {
  password,       // forgotten: the emailed code and the second factor lead to a new one
  second_factor,  // lost: the emailed code, the password and somebody who vouches lead to a new app
};
std::string_view to_text(RecoveryPurpose purpose);

// The new second factor of who lost the old one; kept as one sealed value.
struct RecoveryDraft {
  std::string totp_secret{};  // raw bytes; made with the flow
  std::optional<std::int64_t> totp_step{};
  std::vector<std::string> backup_codes{};  // in the open until the person has them
};

struct Recovery {
  RecoveryId id{};
  RecoveryPurpose purpose = RecoveryPurpose::password;
  Email email{};                       // as typed
  std::optional<AccountId> account{};  // none: no open account has the address, and no code is ever right
  std::string code_hash{};             // of the emailed code; empty once it was used
  std::optional<Instant> code_expires_at{};
  std::optional<Instant> email_proved_at{};
  std::string factor{};  // the second factor that was given: "totp", "backup_code", "text" …
  PhoneId phone{};       // that a code was texted to
  std::string phone_code_hash{};
  std::optional<Instant> phone_code_expires_at{};
  std::optional<Instant> password_proved_at{};
  RecoveryDraft draft{};
  Instant created_at{};
  Instant expires_at{};
};

class RecoveryStore {
 public:
  // `sealer` must outlive the store.
  explicit RecoveryStore(const Sealer& sealer) : sealer_(sealer) {}

  void insert(db::Transaction& tx, const Recovery& recovery, std::string_view token_hash) const;
  std::optional<Recovery> find(db::Snapshot& snapshot, RecoveryPurpose purpose, std::string_view token_hash,
                               Instant now) const;
  // The same, and nobody else changes it until the transaction ends.
  std::optional<Recovery> lock(db::Transaction& tx, RecoveryPurpose purpose, std::string_view token_hash,
                               Instant now) const;
  // Writes all but id, purpose, address, account and times back. The row must be locked by this transaction.
  void save(db::Transaction& tx, const Recovery& recovery) const;
  void set_token(db::Transaction& tx, RecoveryId id, std::string_view token_hash) const;
  void remove(db::Transaction& tx, RecoveryId id) const;
  void remove_all(db::Transaction& tx, AccountId account) const;

 private:
  Recovery read(const db::Row& row) const;
  const Sealer& sealer_;
};

void delete_lapsed_recoveries(db::Transaction& tx, Instant now);

}  // namespace waymark::accounts
