#include "features/office/office.hpp"

#include "features/office/search.hpp"
#include "journal/audit.hpp"

namespace waymark::office {

void Office::delete_lapsed() {
  sessions.delete_lapsed(database());
  delete_old_searches(*this);
}

void record(db::Transaction& tx, const OfficerAct& act) {
  const auto actor = officer_actor(act.officer);
  journal::record(tx, {.id = act.audit_id,
                       .at = act.at,
                       .event = act.event,
                       .account = act.account,
                       .on_case = act.on_case,
                       .actor = actor,
                       .detail = act.detail});
}

void record_account_look(Office& office, OfficerId by, AccountId account) {
  const auto audit_id = office.base().ids.next_value();
  const auto now = office.base().clock.now();
  office.database().write([&](db::Transaction& tx) {
    record(tx, {.audit_id = audit_id, .at = now, .event = "account.seen_by_office", .officer = by, .account = account});
  });
}

}  // namespace waymark::office
