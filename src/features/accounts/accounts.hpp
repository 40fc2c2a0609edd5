// The accounts feature put together: what its use cases share. Built once by app; threads: safe.
#pragma once

#include <functional>

#include "catalogue/catalogue.hpp"
#include "catalogue/words.hpp"
#include "db/database.hpp"
#include "features/accounts/account_store.hpp"
#include "features/accounts/factors/factor_store.hpp"
#include "features/accounts/factors/pending_factor_store.hpp"
#include "features/accounts/factors/phone_store.hpp"
#include "features/accounts/notices/notices.hpp"
#include "features/accounts/personal_data.hpp"
#include "features/accounts/recovery/email_change_store.hpp"
#include "features/accounts/recovery/recovery_store.hpp"
#include "features/accounts/recovery/wait_store.hpp"
#include "features/accounts/sessions/drafts.hpp"
#include "features/accounts/sessions/session.hpp"
#include "features/accounts/sign_up/sign_up_store.hpp"
#include "features/accounts/throttle/throttle.hpp"
#include "journal/outbox.hpp"
#include "platform/breached_passwords.hpp"
#include "platform/clock.hpp"
#include "platform/ids.hpp"
#include "platform/keys.hpp"
#include "platform/password_hasher.hpp"
#include "platform/random.hpp"
#include "platform/sealer.hpp"

namespace waymark::accounts {

// All references outlive Accounts.
struct AccountsParts {
  db::Database& database;
  const Clock& clock;
  Random& random;
  IdSource& ids;
  const KeyRing& keys;
  const Sealer& sealer;
  PasswordHasher& hasher;
  const journal::Outbox& outbox;
  const catalogue::Catalogue& catalogue;
  const catalogue::Words& words;
  const NetworkPlaces* places = nullptr;        // null: not configured
  const BreachedPasswords* breached = nullptr;  // null: not configured
  // Called after a unit that told something, so that a code leaves at once; may be empty.
  std::function<void()> wake_deliverer{};
};

struct Accounts {
  explicit Accounts(AccountsParts given);

  AccountsParts parts;
  AccountStore store;
  FactorStore factors;
  PhoneStore phones;
  PendingFactorStore pending;
  SignUpStore sign_ups;
  WaitStore waits;
  RecoveryStore recoveries;
  EmailChangeStore email_changes;
  Notices notices;
  Sessions sessions;
  Drafts drafts;
  Throttle throttle;
  // Every feature that keeps something about a person; filled by app.
  std::vector<const PersonalData*> personal_data{};

  void wake_deliverer() const {
    if (parts.wake_deliverer) parts.wake_deliverer();
  }
  // Writes last-seen times, and deletes what has lapsed: ended sessions, unfinished sign-ups, old limits,
  // what is left of accounts that were closed.
  void write_last_seen();
  void delete_lapsed();
};

}  // namespace waymark::accounts
