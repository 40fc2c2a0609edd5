// What the office itself does to a case: by the same rules and the same fold as the agency's records, one act a unit.
// Nothing is deleted or changed: a mistake is taken back by one more event.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "base/result.hpp"
#include "features/cases/cases.hpp"
#include "features/cases/intake/agency_record.hpp"
#include "web/office.hpp"

namespace waymark::cases {

struct Correction {
  std::int64_t sequence = 0;  // of the event that was a mistake
  Texts text{};               // for people to read; may be empty
};
// What a correction can take back; an appointment is cancelled instead.
bool may_be_corrected(EventKind kind);

struct OfficeAct {
  std::int64_t version = 0;   // of the case as the officer saw it
  std::string_view reason{};  // why they have it open: case_looks.hpp
  std::variant<EventContent, AppointmentContent, Correction> content{};
};

// Kind "not_found" for no such case. At the field "version" when somebody did something to the case meanwhile: nothing
// was written, and the act can be sent again once that was seen. Otherwise at the field that does not fit.
Result<void> act_on_case(const Cases& cases, const web::OfficeSeat& by, std::string_view receipt_number,
                         const OfficeAct& act);

}  // namespace waymark::cases
