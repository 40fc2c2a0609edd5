#include "features/accounts/sign_in/sign_in_lock.hpp"

#include "journal/audit.hpp"

namespace waymark::accounts {

void record_lock(Accounts& accounts, std::optional<AccountId> account, const LockKind& kind) {
  auto& parts = accounts.parts;
  const auto now = parts.clock.now();
  const auto notice = accounts.notices.make_key();
  const auto audit_id = parts.ids.next_value();
  const auto minutes = std::chrono::ceil<std::chrono::minutes>(kind.lasts).count();
  parts.database.write([&](db::Transaction& tx) {
    if (account) {
      accounts.notices.tell(tx, notice, *account,
                            {.kind = kind.telling,
                             .arguments = {{"minutes", std::to_string(minutes)}},
                             .also_texts = kind.lasts.count() == 0});
    }
    journal::record(tx, {.id = audit_id, .at = now, .event = kind.event, .account = account, .actor = kind.actor});
  });
  if (account) accounts.wake_deliverer();
}

}  // namespace waymark::accounts
