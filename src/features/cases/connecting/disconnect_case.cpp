#include "features/cases/connecting/disconnect_case.hpp"

#include "features/cases/consenting/consent_store.hpp"
#include "features/cases/party_store.hpp"
#include "features/cases/representing/represent.hpp"
#include "features/cases/sharing/helper_store.hpp"
#include "journal/audit.hpp"

namespace waymark::cases {

Result<void> disconnect_case(const Cases& cases, AccountId account, std::string_view receipt_number,
                             std::string_view network) {
  const auto& parts = cases.parts();
  const auto now = parts.clock.now();
  const auto audit_id = parts.ids.next_value();
  const journal::Telling telling{.id = parts.ids.next<journal::OutboxId>(),
                                 .kind = "cases.disconnected",
                                 .account = account,
                                 .arguments = {{"receipt_ending", receipt_ending(receipt_number)}}};
  const bool was_connected = parts.database.write([&](db::Transaction& tx) {
    const auto party = disconnect_party(tx, account, receipt_number);
    if (!party) return false;
    end_all_consents(tx, party->on_case, account, now);
    end_all_given(tx, party->on_case, account, now);
    end_with_part(cases, tx, party->on_case, account, now);
    journal::record(tx, {.id = audit_id,
                         .at = now,
                         .event = "case.disconnected",
                         .account = account,
                         .on_case = party->on_case,
                         .detail = to_text(party->role),
                         .network = std::string(network)});
    parts.outbox.tell(tx, telling);
    return true;
  });
  if (!was_connected) return refuse(FailureKind::not_found, "web.error.not_found");
  return {};
}

}  // namespace waymark::cases
