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

}  // namespace waymark::office
