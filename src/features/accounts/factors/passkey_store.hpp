// The tables of passkeys, of the handles under which authenticators keep accounts, and of answered challenges.
// Threads: immutable after construction.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/database.hpp"
#include "features/accounts/factors/passkey.hpp"
#include "platform/keys.hpp"
#include "platform/sealer.hpp"

namespace waymark::accounts {

class PasskeyStore {
 public:
  // `sealer` must outlive the store.
  PasskeyStore(const Sealer& sealer, const KeyRing& keys);

  // False when the credential is registered already, here or with another account; then nothing was written.
  bool add(db::Transaction& tx, const Passkey& passkey) const;
  std::vector<Passkey> list(db::Snapshot& snapshot, AccountId account) const;  // the oldest first, switched off too
  std::optional<Passkey> find(db::Snapshot& snapshot, AccountId account, PasskeyId passkey) const;
  std::optional<Passkey> find_by_credential(db::Snapshot& snapshot, std::string_view credential_id) const;
  // Those that are not switched off.
  int count_usable(db::Snapshot& snapshot, AccountId account) const;

  // Takes a use: true when the counter moved on and the passkey is neither removed nor switched off. Of several uses
  // with one count (other than zero) exactly one is taken.
  bool use(db::Transaction& tx, PasskeyId passkey, std::uint32_t sign_count, bool is_backed_up, Instant now) const;
  // True for exactly one caller.
  bool switch_off(db::Transaction& tx, PasskeyId passkey, Instant now) const;
  bool rename(db::Transaction& tx, AccountId account, PasskeyId passkey, std::string_view name) const;
  bool remove(db::Transaction& tx, AccountId account, PasskeyId passkey) const;

  void remove_all(db::Transaction& tx, AccountId account) const;

  std::optional<std::string> find_handle(db::Snapshot& snapshot, AccountId account) const;
  // The account's handle: `fresh` (64 random bytes, made before the unit) unless it has one.
  std::string keep_handle(db::Transaction& tx, AccountId account, std::string_view fresh) const;

  // Takes an answered challenge: true for exactly one caller.
  bool use_challenge(db::Transaction& tx, std::string_view challenge, Instant lapses_at) const;

 private:
  Passkey read(const db::Row& row) const;
  const Sealer& sealer_;
  KeyedHash credential_hash_;
};

void delete_lapsed_passkey_challenges(db::Transaction& tx, Instant now);

}  // namespace waymark::accounts
