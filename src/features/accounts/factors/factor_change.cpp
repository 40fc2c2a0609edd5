#include "features/accounts/factors/factor_change.hpp"

#include "journal/audit.hpp"

namespace waymark::accounts {

FactorChange make_factor_change(Accounts& accounts) {
  FactorChange change{.notice = accounts.notices.make_key(), .audit_id = accounts.parts.ids.next_value()};
  change.now = change.notice.now;
  return change;
}

void record_factor_change(const Accounts& accounts, db::Transaction& tx, const FactorChange& change, AccountId account,
                          const FactorEvent& event) {
  journal::record(
      tx, {.id = change.audit_id, .at = change.now, .event = event.event, .account = account, .detail = event.detail});
  if (event.notice.empty()) return;
  accounts.notices.tell(tx, change.notice, account,
                        {.kind = event.notice, .arguments = event.arguments, .link = LinkPurpose::not_me});
}

}  // namespace waymark::accounts
