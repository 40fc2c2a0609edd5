#include "features/accounts/account_store.hpp"

#include "base/assert.hpp"

namespace waymark::accounts {
namespace {

constexpr db::Query kAdd{
    "accounts.add",
    "INSERT INTO accounts (id, email_sealed, email_index, given_name_sealed, family_name_sealed, date_of_birth_sealed, "
    "language, time_zone, password_hash_sealed, state, consent_version, consented_at, created_at) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'active', $10, $11, $12) "
    "ON CONFLICT (email_index) DO NOTHING"};
constexpr db::Query kFindByEmail{"accounts.find_by_email", "SELECT id FROM accounts WHERE email_index = $1"};
constexpr db::Query kFindForSignIn{"accounts.find_for_sign_in",
                                   "SELECT id, state, language, password_hash_sealed, closed_at FROM accounts "
                                   "WHERE email_index = $1"};
constexpr db::Query kFindProfile{
    "accounts.find_profile",
    "SELECT email_sealed, given_name_sealed, family_name_sealed, date_of_birth_sealed, language, time_zone, "
    "state, created_at, signed_in_at FROM accounts WHERE id = $1 AND erased_at IS NULL"};
constexpr db::Query kHold{"accounts.hold", "UPDATE accounts SET language = language WHERE id = $1"};
constexpr db::Query kFindPasswordHash{"accounts.find_password_hash",
                                      "SELECT password_hash_sealed FROM accounts WHERE id = $1"};
constexpr db::Query kReplacePasswordHash{"accounts.replace_password_hash",
                                         "UPDATE accounts SET password_hash_sealed = $2 WHERE id = $1"};
constexpr db::Query kReplaceName{"accounts.replace_name",
                                 "UPDATE accounts SET given_name_sealed = $2, family_name_sealed = $3 WHERE id = $1"};
constexpr db::Query kSetLanguage{"accounts.set_language", "UPDATE accounts SET language = $2 WHERE id = $1"};
constexpr db::Query kSetTimeZone{"accounts.set_time_zone", "UPDATE accounts SET time_zone = $2 WHERE id = $1"};
constexpr db::Query kFindPhrase{"accounts.find_phrase",
                                "SELECT phrase_sealed FROM accounts WHERE id = $1 AND phrase_sealed IS NOT NULL"};
constexpr db::Query kSetPhrase{"accounts.set_phrase", "UPDATE accounts SET phrase_sealed = $2 WHERE id = $1"};
constexpr db::Query kSetState{"accounts.set_state",
                              "UPDATE accounts SET state = $2 WHERE id = $1 AND state <> 'closed'"};
constexpr db::Query kLockByOwner{"accounts.lock_by_owner",
                                 "UPDATE accounts SET owner_locked_at = $2 WHERE id = $1 AND state <> 'closed'"};
constexpr db::Query kLiftOwnerLock{"accounts.lift_owner_lock",
                                   "UPDATE accounts SET owner_locked_at = NULL WHERE id = $1"};
constexpr db::Query kIsOpen{"accounts.is_open", "SELECT 1 FROM accounts WHERE id = $1 AND state = 'active'"};
constexpr db::Query kIsLockedByOwner{"accounts.is_locked_by_owner",
                                     "SELECT 1 FROM accounts WHERE id = $1 AND owner_locked_at IS NOT NULL"};
constexpr db::Query kReplaceEmail{
    "accounts.replace_email",
    "UPDATE accounts SET email_sealed = $2, email_index = $3 WHERE id = $1 "
    "AND NOT EXISTS (SELECT 1 FROM accounts other WHERE other.email_index = $3 AND other.id <> $1)"};

constexpr db::Query kLoadConsent{"accounts.load_consent",
                                 "SELECT consent_version, consented_at FROM accounts WHERE id = $1"};
constexpr db::Query kClose{"accounts.close",
                           "UPDATE accounts SET state = 'closed', closed_at = $2 WHERE id = $1 AND state = 'active'"};
constexpr db::Query kReopen{"accounts.reopen",
                            "UPDATE accounts SET state = 'active', closed_at = NULL WHERE id = $1 "
                            "AND state = 'closed' AND erased_at IS NULL AND closed_at > $2"};
constexpr db::Query kFindClosedAt{"accounts.find_closed_at",
                                  "SELECT closed_at FROM accounts WHERE id = $1 AND state = 'closed' "
                                  "AND erased_at IS NULL AND closed_at IS NOT NULL"};
constexpr db::Query kListToErase{"accounts.list_to_erase",
                                 "SELECT id FROM accounts WHERE closed_at IS NOT NULL AND erased_at IS NULL "
                                 "AND closed_at <= $1 ORDER BY closed_at, id LIMIT $2"};
constexpr db::Query kErase{
    "accounts.erase",
    "UPDATE accounts SET email_sealed = $4, email_index = $5, given_name_sealed = $6, family_name_sealed = $7, "
    "date_of_birth_sealed = $8, password_hash_sealed = $9, phone_sealed = NULL, phone_proved_at = NULL, "
    "time_zone = NULL, signed_in_at = NULL, owner_locked_at = NULL, phrase_sealed = NULL, erased_at = $3 "
    "WHERE id = $1 AND state = 'closed' AND erased_at IS NULL AND closed_at <= $2"};

SealPlace place(std::string_view column, AccountId account) { return {"accounts", column, account.value}; }

}  // namespace

AccountStore::AccountStore(const Sealer& sealer, const KeyRing& keys)
    : sealer_(sealer), email_hash_(keys, "accounts.email"), search_(keys) {}

std::string AccountStore::email_index(std::string_view canonical) const { return email_hash_.of(canonical); }

bool AccountStore::add(db::Transaction& tx, const NewAccount& account) const {
  const auto& profile = account.profile;
  const auto seal = [&](std::string_view column, std::string_view plain) {
    return sealer_.seal(place(column, profile.id), plain);
  };
  const auto email = seal("email_sealed", profile.email.address);
  const auto index = email_index(profile.email.canonical);
  const auto given = seal("given_name_sealed", profile.given_name);
  const auto family = seal("family_name_sealed", profile.family_name);
  const auto birth = seal("date_of_birth_sealed", to_iso(profile.date_of_birth));
  const auto password = seal("password_hash_sealed", account.password_hash);
  const bool is_new = tx.run(kAdd, {profile.id, db::Bytes{email}, db::Bytes{index}, db::Bytes{given}, db::Bytes{family},
                                    db::Bytes{birth}, profile.language, profile.time_zone, db::Bytes{password},
                                    account.consent_version, account.consented_at, profile.created_at}) == 1;
  if (is_new) index_person(tx, profile);
  return is_new;
}

void AccountStore::index_person(db::Transaction& tx, const Profile& profile) const {
  const auto entries = search_.entries_of({.names = {profile.given_name, profile.family_name},
                                           .born_on = profile.date_of_birth,
                                           .email = profile.email.canonical});
  PersonSearch::queue_add(tx, {kSearchAccount, profile.id.value}, entries);
  tx.drain();
}

void AccountStore::forget_person(db::Transaction& tx, AccountId account) const {
  // Two changes at once would each remove the same entries and add them twice, or wait for each other.
  tx.run(kHold, {account});
  const auto profile = find_profile(tx, account);
  if (!profile) return;
  PersonSearch::remove(tx, {kSearchAccount, account.value},
                       search_.entries_of({.names = {profile->given_name, profile->family_name},
                                           .born_on = profile->date_of_birth,
                                           .email = profile->email.canonical}));
}

std::optional<AccountId> AccountStore::find_by_email(db::Snapshot& snapshot, std::string_view canonical) const {
  const auto index = email_index(canonical);
  return snapshot.find(kFindByEmail, {db::Bytes{index}}, [](const db::Row& row) { return row.id<AccountId>(0); });
}

std::optional<SignInRecord> AccountStore::find_for_sign_in(db::Snapshot& snapshot, std::string_view canonical) const {
  const auto index = email_index(canonical);
  return snapshot.find(kFindForSignIn, {db::Bytes{index}}, [&](const db::Row& row) {
    const auto id = row.id<AccountId>(0);
    return SignInRecord{.id = id,
                        .state = account_state(row.text(1)),
                        .language = std::string(row.text(2)),
                        .password_hash = sealer_.open(place("password_hash_sealed", id), row.bytes(3)),
                        .closed_at = row.maybe_instant(4)};
  });
}

std::optional<Profile> AccountStore::find_profile(db::Snapshot& snapshot, AccountId account) const {
  return snapshot.find(kFindProfile, {account}, [&](const db::Row& row) {
    const auto open = [&](std::string_view column, int position) {
      return sealer_.open(place(column, account), row.bytes(position));
    };
    auto email = parse_email(open("email_sealed", 0));
    const auto birth = parse_iso_date(open("date_of_birth_sealed", 3));
    WAYMARK_ASSERT(email && birth);
    Profile profile{.id = account,
                    .email = std::move(*email),
                    .given_name = open("given_name_sealed", 1),
                    .family_name = open("family_name_sealed", 2),
                    .date_of_birth = *birth,
                    .language = std::string(row.text(4)),
                    .time_zone = row.maybe_text(5),
                    .state = account_state(row.text(6)),
                    .created_at = row.instant(7),
                    .signed_in_at = row.maybe_instant(8)};
    return profile;
  });
}

Profile AccountStore::load_profile(db::Snapshot& snapshot, AccountId account) const {
  auto profile = find_profile(snapshot, account);
  WAYMARK_ASSERT(profile);
  return std::move(*profile);
}

std::optional<std::string> AccountStore::find_password_hash(db::Snapshot& snapshot, AccountId account) const {
  return snapshot.find(kFindPasswordHash, {account}, [&](const db::Row& row) {
    return sealer_.open(place("password_hash_sealed", account), row.bytes(0));
  });
}

void AccountStore::replace_password_hash(db::Transaction& tx, AccountId account, std::string_view encoded) const {
  const auto sealed = sealer_.seal(place("password_hash_sealed", account), encoded);
  tx.run(kReplacePasswordHash, {account, db::Bytes{sealed}});
}

void AccountStore::replace_name(db::Transaction& tx, AccountId account, std::string_view given,
                                std::string_view family) const {
  const auto given_sealed = sealer_.seal(place("given_name_sealed", account), given);
  const auto family_sealed = sealer_.seal(place("family_name_sealed", account), family);
  forget_person(tx, account);
  tx.run(kReplaceName, {account, db::Bytes{given_sealed}, db::Bytes{family_sealed}});
  if (const auto profile = find_profile(tx, account)) index_person(tx, *profile);
}

void AccountStore::set_language(db::Transaction& tx, AccountId account, std::string_view language) const {
  set_account_language(tx, account, language);
}

void set_account_language(db::Transaction& tx, AccountId account, std::string_view language) {
  tx.run(kSetLanguage, {account, language});
}

void AccountStore::set_time_zone(db::Transaction& tx, AccountId account, std::string_view zone) const {
  tx.run(kSetTimeZone, {account, zone.empty() ? db::Parameter(nullptr) : db::Parameter(zone)});
}

bool AccountStore::set_locked(db::Transaction& tx, AccountId account, bool locked) const {
  return tx.run(kSetState, {account, to_text(locked ? AccountState::locked : AccountState::active)}) == 1;
}

bool AccountStore::lock_by_owner(db::Transaction& tx, AccountId account, Instant now) const {
  return tx.run(kLockByOwner, {account, now}) == 1;
}

void AccountStore::lift_owner_lock(db::Transaction& tx, AccountId account) const { tx.run(kLiftOwnerLock, {account}); }

bool AccountStore::is_open(db::Snapshot& snapshot, AccountId account) const { return snapshot.has(kIsOpen, {account}); }

bool AccountStore::is_locked_by_owner(db::Snapshot& snapshot, AccountId account) const {
  return snapshot.has(kIsLockedByOwner, {account});
}

bool AccountStore::replace_email(db::Transaction& tx, AccountId account, const Email& email) const {
  const auto sealed = sealer_.seal(place("email_sealed", account), email.address);
  const auto index = email_index(email.canonical);
  forget_person(tx, account);
  const bool is_replaced = tx.run(kReplaceEmail, {account, db::Bytes{sealed}, db::Bytes{index}}) == 1;
  if (const auto profile = find_profile(tx, account)) index_person(tx, *profile);
  return is_replaced;
}

std::string AccountStore::find_phrase(db::Snapshot& snapshot, AccountId account) const {
  const auto phrase = snapshot.find(kFindPhrase, {account}, [&](const db::Row& row) {
    return sealer_.open(place("phrase_sealed", account), row.bytes(0));
  });
  return phrase.value_or("");
}

void AccountStore::set_phrase(db::Transaction& tx, AccountId account, std::string_view phrase) const {
  const auto sealed = sealer_.seal(place("phrase_sealed", account), phrase);
  tx.run(kSetPhrase, {account, phrase.empty() ? db::Parameter(nullptr) : db::Parameter(db::Bytes{sealed})});
}

Consent AccountStore::load_consent(db::Snapshot& snapshot, AccountId account) const {
  auto consent = snapshot.find(kLoadConsent, {account}, [](const db::Row& row) {
    return Consent{.version = std::string(row.text(0)), .at = row.instant(1)};
  });
  WAYMARK_ASSERT(consent);
  return std::move(*consent);
}

bool AccountStore::close(db::Transaction& tx, AccountId account, Instant now) const {
  return tx.run(kClose, {account, now}) == 1;
}

bool AccountStore::reopen(db::Transaction& tx, AccountId account, Instant not_before) const {
  return tx.run(kReopen, {account, not_before}) == 1;
}

std::optional<Instant> AccountStore::find_closed_at(db::Snapshot& snapshot, AccountId account) const {
  return snapshot.find(kFindClosedAt, {account}, [](const db::Row& row) { return row.instant(0); });
}

std::vector<AccountId> AccountStore::list_to_erase(db::Snapshot& snapshot, Instant closed_until, int most) const {
  return snapshot.list(kListToErase, {closed_until, most}, [](const db::Row& row) { return row.id<AccountId>(0); });
}

bool AccountStore::erase(db::Transaction& tx, AccountId account, Instant closed_until, Instant now) const {
  const auto sealed_nothing = [&](std::string_view column) { return sealer_.seal(place(column, account), {}); };
  const auto email = sealed_nothing("email_sealed");
  const auto given = sealed_nothing("given_name_sealed");
  const auto family = sealed_nothing("family_name_sealed");
  const auto birth = sealed_nothing("date_of_birth_sealed");
  const auto password = sealed_nothing("password_hash_sealed");
  // No address reads like this, and no two accounts share it.
  const auto index = email_hash_.of(fmt::format("erased {}", account.value));
  forget_person(tx, account);
  return tx.run(kErase, {account, closed_until, now, db::Bytes{email}, db::Bytes{index}, db::Bytes{given},
                         db::Bytes{family}, db::Bytes{birth}, db::Bytes{password}}) == 1;
}

std::string open_called_name(const Sealer& sealer, AccountId account, std::string_view given_sealed,
                             std::string_view family_sealed) {
  auto given = sealer.open(place("given_name_sealed", account), given_sealed);
  return given.empty() ? sealer.open(place("family_name_sealed", account), family_sealed) : given;
}

}  // namespace waymark::accounts
