#include "features/accounts/closing/close_account.hpp"

#include "features/accounts/devices/device_store.hpp"
#include "features/accounts/sessions/session_store.hpp"
#include "journal/audit.hpp"

namespace waymark::accounts {
namespace {

constexpr int kErasedATurn = 50;

}  // namespace

Result<void> close_account(Accounts& accounts, AccountId account, const Client& client) {
  const auto& parts = accounts.parts;
  const auto now = parts.clock.now();
  const auto sessions_audit_id = parts.ids.next_value();
  const auto audit_id = parts.ids.next_value();
  const auto network = accounts.sessions.hash_network(client.peer);
  const auto notice = accounts.notices.make_key();
  const auto profile = accounts.store.find_profile(*parts.database.snapshot(), account);
  if (!profile) return refuse(FailureKind::unauthorized, "accounts.error.sign_in_anew");
  const auto& words = parts.words.choose(profile->language, {}, parts.catalogue.brand().default_language);
  const auto zone = profile->time_zone.value_or(parts.catalogue.brand().time_zone);
  const auto erased_on = words.long_date(catalogue::day_in_zone(now + kClosedAccountKept, zone));
  const bool was_closed = parts.database.write([&](db::Transaction& tx) {
    if (!accounts.store.close(tx, account, now)) return false;
    accounts.sessions.end_all(tx, account, SessionId{}, sessions_audit_id, now);
    forget_devices(tx, account, now);
    accounts.notices.tell(tx, notice, account, {.kind = "accounts.closed", .arguments = {{"date", erased_on}}});
    journal::record(tx, {.id = audit_id, .at = now, .event = "account.closed", .account = account, .network = network});
    return true;
  });
  if (!was_closed) return refuse(FailureKind::unauthorized, "accounts.error.sign_in_anew");
  accounts.wake_deliverer();
  return {};
}

Result<SessionKey> come_back(Accounts& accounts, AccountId account, SessionId half, const Client& client) {
  const auto key = accounts.sessions.make_key(client);
  const auto audit_id = accounts.parts.ids.next_value();
  const auto notice = accounts.notices.make_key();
  // Refused in the middle, the account stays closed.
  struct SessionGone {};
  try {
    accounts.parts.database.write([&](db::Transaction& tx) {
      if (!find_returning(tx, half, key.now)) throw SessionGone{};
      if (accounts.store.reopen(tx, account, key.now - kClosedAccountKept)) {
        accounts.notices.tell(tx, notice, account, {.kind = "accounts.reopened", .link = LinkPurpose::not_me});
        journal::record(
            tx,
            {.id = audit_id, .at = key.now, .event = "account.reopened", .account = account, .network = key.network});
      }
      if (accounts.sessions.raise(tx, key, half, "come_back") != account) throw SessionGone{};
    });
  } catch (const SessionGone&) {
    return refuse(FailureKind::unauthorized, "accounts.error.sign_in_anew");
  }
  accounts.wake_deliverer();
  return key;
}

int erase_closed_accounts(Accounts& accounts) {
  const auto& parts = accounts.parts;
  int erased = 0;
  for (;;) {
    const auto now = parts.clock.now();
    const auto due = accounts.store.list_to_erase(*parts.database.snapshot(), now - kClosedAccountKept, kErasedATurn);
    if (due.empty()) return erased;
    for (const auto account : due) {
      const auto audit_id = parts.ids.next_value();
      erased += parts.database.write(
          [&](db::Transaction& tx) {
            if (!accounts.store.erase(tx, account, now - kClosedAccountKept, now)) return 0;
            for (const auto* one : accounts.personal_data) one->erase(tx, account);
            journal::record(
                tx, {.id = audit_id, .at = now, .event = "account.erased", .account = account, .actor = "system"});
            return 1;
          },
          db::Urgency::bulk);
    }
  }
}

}  // namespace waymark::accounts
