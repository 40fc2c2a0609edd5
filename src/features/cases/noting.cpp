#include "features/cases/noting.hpp"

#include "journal/audit.hpp"

namespace waymark::cases {

void Noting::note(std::string_view event, AccountId account, std::optional<CaseId> on_case,
                  std::string_view detail) const {
  journal::record(tx, {.id = cases.parts().ids.next_value(),
                       .at = now,
                       .event = event,
                       .account = account,
                       .on_case = on_case,
                       .detail = detail,
                       .network = std::string(network)});
}

void Noting::tell(std::string_view kind, AccountId account, std::string_view receipt_number) const {
  cases.parts().outbox.tell(tx, {.id = cases.parts().ids.next<journal::OutboxId>(),
                                 .kind = std::string(kind),
                                 .account = account,
                                 .arguments = {{"receipt_ending", receipt_ending(receipt_number)}}});
}

}  // namespace waymark::cases
