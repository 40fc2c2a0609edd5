#include "features/accounts/recovery/end_everything.hpp"

#include "features/accounts/devices/device_store.hpp"
#include "features/accounts/recovery/vouching.hpp"
#include "journal/audit.hpp"

namespace waymark::accounts {

void end_everything(const Accounts& accounts, db::Transaction& tx, AccountId account, SessionId kept,
                    std::int64_t audit_id, Instant now) {
  accounts.sessions.end_all(tx, account, kept, audit_id, now);
  forget_devices(tx, account, now);
  accounts.recoveries.remove_all(tx, account);
  accounts.email_changes.remove(tx, account);
  drop_vouching(tx, account, now);
  accounts.waits.cancel_all(tx, account, now);
}

namespace {

bool lock(Accounts& accounts, AccountId account, const MailLink* link) {
  const auto notice = accounts.notices.make_key();
  const auto audit_id = accounts.parts.ids.next_value();
  const auto sessions_audit_id = accounts.parts.ids.next_value();
  const bool locked = accounts.parts.database.write([&](db::Transaction& tx) {
    if (link != nullptr && !use_mail_link(tx, link->id, notice.now)) return false;
    if (!accounts.store.lock_by_owner(tx, account, notice.now)) return false;
    end_everything(accounts, tx, account, SessionId{}, sessions_audit_id, notice.now);
    accounts.notices.tell(tx, notice, account, {.kind = "accounts.locked_by_owner"});
    journal::record(tx, {.id = audit_id, .at = notice.now, .event = "account.locked_by_owner", .account = account});
    return true;
  });
  if (locked) accounts.wake_deliverer();
  return locked;
}

}  // namespace

bool lock_by_owner(Accounts& accounts, const MailLink& link) { return lock(accounts, link.account, &link); }

bool lock_by_owner(Accounts& accounts, AccountId account) { return lock(accounts, account, nullptr); }

}  // namespace waymark::accounts
