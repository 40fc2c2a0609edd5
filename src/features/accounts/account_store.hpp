// The table of accounts. Threads: immutable after construction.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/database.hpp"
#include "features/accounts/search/person_search.hpp"
#include "features/accounts/types.hpp"
#include "platform/keys.hpp"
#include "platform/sealer.hpp"

namespace waymark::accounts {

struct NewAccount {
  Profile profile{};
  std::string password_hash{};
  std::string consent_version{};
  Instant consented_at{};
};

struct Consent {
  std::string version{};
  Instant at{};
};

class AccountStore {
 public:
  // `sealer` must outlive the store.
  AccountStore(const Sealer& sealer, const KeyRing& keys);

  // The blind index of an address: equal for what counts as one mailbox (Email::canonical).
  std::string email_index(std::string_view canonical) const;

  // False when the address has an account already; then nothing was written.
  bool add(db::Transaction& tx, const NewAccount& account) const;

  // Closed accounts keep their address, so they are found too.
  std::optional<AccountId> find_by_email(db::Snapshot& snapshot, std::string_view canonical) const;
  std::optional<SignInRecord> find_for_sign_in(db::Snapshot& snapshot, std::string_view canonical) const;
  std::optional<Profile> find_profile(db::Snapshot& snapshot, AccountId account) const;
  Profile load_profile(db::Snapshot& snapshot, AccountId account) const;
  std::optional<std::string> find_password_hash(db::Snapshot& snapshot, AccountId account) const;

  void replace_password_hash(db::Transaction& tx, AccountId account, std::string_view encoded) const;
  void replace_name(db::Transaction& tx, AccountId account, std::string_view given, std::string_view family) const;
  void set_language(db::Transaction& tx, AccountId account, std::string_view language) const;
  // An IANA name; empty: the agency's.
  void set_time_zone(db::Transaction& tx, AccountId account, std::string_view zone) const;
  // False when there is no such account, or it is closed.
  bool set_locked(db::Transaction& tx, AccountId account, bool locked) const;

  // "This wasn't me": no session lives or starts until lift_owner_lock. False when there is no such open account.
  bool lock_by_owner(db::Transaction& tx, AccountId account, Instant now) const;
  void lift_owner_lock(db::Transaction& tx, AccountId account) const;
  // Neither closed nor locked by the operator; the owner's own lock does not matter.
  bool is_open(db::Snapshot& snapshot, AccountId account) const;
  bool is_locked_by_owner(db::Snapshot& snapshot, AccountId account) const;
  // False when another account has the address; then nothing was written. Two at once: db::ConstraintViolation for one.
  bool replace_email(db::Transaction& tx, AccountId account, const Email& email) const;

  // The person's own phrase, which stands in our mails; empty: none was chosen.
  std::string find_phrase(db::Snapshot& snapshot, AccountId account) const;
  void set_phrase(db::Transaction& tx, AccountId account, std::string_view phrase) const;

  Consent load_consent(db::Snapshot& snapshot, AccountId account) const;

  // Closing: each is one conditional UPDATE, so that of two at once only one acts. False when it was not active.
  bool close(db::Transaction& tx, AccountId account, Instant now) const;
  // Of one that was closed after `not_before` and is not erased.
  bool reopen(db::Transaction& tx, AccountId account, Instant not_before) const;
  std::optional<Instant> find_closed_at(db::Snapshot& snapshot, AccountId account) const;  // none: open, or erased
  std::vector<AccountId> list_to_erase(db::Snapshot& snapshot, Instant closed_until, int most) const;
  // What is personal in the row becomes empty, and the address free for another account. False when it was reopened
  // or erased meanwhile.
  bool erase(db::Transaction& tx, AccountId account, Instant closed_until, Instant now) const;

 private:
  // Under what the office finds the person: follows every change of name and address, and goes with the account.
  void index_person(db::Transaction& tx, const Profile& profile) const;
  void forget_person(db::Transaction& tx, AccountId account) const;
  const Sealer& sealer_;
  KeyedHash email_hash_;
  PersonSearch search_;
};

void set_account_language(db::Transaction& tx, AccountId account, std::string_view language);

// The given name (or the only one) out of its sealed columns: for the greeting, read with the session.
std::string open_called_name(const Sealer& sealer, AccountId account, std::string_view given_sealed,
                             std::string_view family_sealed);

}  // namespace waymark::accounts
