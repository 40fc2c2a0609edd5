// The table of sign-ups under way. Threads: immutable after construction.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/email.hpp"
#include "db/database.hpp"
#include "features/accounts/sign_up/sign_up_draft.hpp"
#include "features/accounts/types.hpp"
#include "platform/keys.hpp"
#include "platform/sealer.hpp"

namespace waymark::accounts {

struct SignUp {
  SignUpId id{};
  Email email{};
  std::optional<Instant> email_proved_at{};
  std::string code_hash{};  // of the emailed code; empty once it was used
  std::optional<Instant> code_expires_at{};
  Draft draft{};
  // Set while this flow only waits to take over an older one of the same address (welcome_back).
  std::optional<SignUpId> continues{};
  Instant created_at{};
  Instant expires_at{};
};

class SignUpStore {
 public:
  // `sealer` must outlive the store.
  SignUpStore(const Sealer& sealer, const KeyRing& keys);

  // Under a token (its SHA-256) that nobody else holds.
  void insert(db::Transaction& tx, const SignUp& sign_up, std::string_view token_hash) const;
  std::optional<SignUp> find(db::Snapshot& snapshot, std::string_view token_hash, Instant now) const;
  std::optional<SignUp> find(db::Snapshot& snapshot, SignUpId id, Instant now) const;
  // The same, and nobody else changes it until the transaction ends.
  std::optional<SignUp> lock(db::Transaction& tx, std::string_view token_hash, Instant now) const;
  std::optional<SignUp> lock(db::Transaction& tx, SignUpId id, Instant now) const;
  // Writes all but id, address and times back. The row must be locked by this transaction.
  void save(db::Transaction& tx, const SignUp& sign_up) const;
  // From now on only this token names the flow.
  void set_token(db::Transaction& tx, SignUpId id, std::string_view token_hash) const;
  void remove(db::Transaction& tx, SignUpId id) const;

  // The flow of this address that got furthest: its address is proved, and it waits for no other. The newest.
  std::optional<SignUp> find_proved(db::Snapshot& snapshot, std::string_view canonical, SignUpId other_than,
                                    Instant now) const;
  // Every flow of the address whose owner has not been proved, but `kept`.
  void remove_unproved(db::Transaction& tx, std::string_view canonical, SignUpId kept) const;
  void remove_all(db::Transaction& tx, std::string_view canonical) const;

 private:
  SignUp read(const db::Row& row) const;
  const Sealer& sealer_;
  KeyedHash email_hash_;
};

void delete_lapsed_sign_ups(db::Transaction& tx, Instant now);

}  // namespace waymark::accounts
