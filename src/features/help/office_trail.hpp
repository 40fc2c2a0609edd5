// What an officer did in the help feature, for the audit trail.
#pragma once

#include "base/result.hpp"
#include "features/help/help.hpp"
#include "journal/audit.hpp"
#include "web/office.hpp"

namespace waymark::help {

// Made before the unit; the text that it holds is what the entry points to.
class OfficeTrail {
 public:
  // event and detail are constants.
  OfficeTrail(Help& help, const web::OfficeSeat& by, std::string_view event, std::string_view detail = {})
      : actor_(fmt::format("officer {}", by.officer.value)),
        id_(help.parts.ids.next_value()),
        at_(help.parts.clock.now()),
        event_(event),
        detail_(detail) {}
  void record(db::Transaction& tx) const {
    journal::record(tx, {.id = id_, .at = at_, .event = event_, .actor = actor_, .detail = detail_});
  }
  Instant at() const { return at_; }

 private:
  std::string actor_;
  std::int64_t id_;
  Instant at_;
  std::string_view event_, detail_;
};

// What came of an act, within its unit.
enum class OfficeOutcome { done, not_yours, missing };
// not_found for what is missing; conflict for what another officer has, or what is over.
Result<void> as_result(OfficeOutcome outcome);

}  // namespace waymark::help
