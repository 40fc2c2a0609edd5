// What each type of record does to its case, once its turn has come.
#pragma once

#include <string_view>

#include "features/cases/case_store.hpp"
#include "features/cases/cases.hpp"
#include "features/cases/intake/agency_record.hpp"

namespace waymark::cases {

struct Refusal {
  std::string_view field, reason;  // constants of docs/feed.md
};

struct RecordOnCase {
  const Cases& cases;
  const AgencyRecord& record;
  const StoredCase& on_case;
  const catalogue::Form& form;
  Instant received_at;
};

// The line of history that the record makes.
CaseEvent to_event(const RecordOnCase& what);
// Its sealed details; empty when there are none.
std::string seal_details(const RecordOnCase& what);
// Whether it fits the case; reads, writes nothing. Null when it does.
std::optional<Refusal> find_refusal(db::Transaction& tx, const RecordOnCase& what);
// Writes what belongs to the record beside its line of history: the party, the code, the request, the appointment.
void write_effects(db::Transaction& tx, const RecordOnCase& what, const CaseEvent& event);

}  // namespace waymark::cases
