// What an officer can do to a case, and how each act's form becomes one: read and checked in itself. Whether it fits
// the case is cases::act_on_case's to say.
#pragma once

#include <optional>
#include <string_view>

#include "base/result.hpp"
#include "catalogue/catalogue.hpp"
#include "features/cases/working/office_view.hpp"
#include "features/cases/working/work_case.hpp"
#include "web/form.hpp"

namespace waymark::office {

// The last part of the form's address, and locale keys "office.act.ACT".
enum class Act {
  note,
  evidence_request,
  evidence_received,
  appointment,
  appointment_change,
  stage,
  decision,
  closure,
  reopening,
  correction,
};
inline constexpr Act kActs[] = {
    Act::note,  Act::evidence_request, Act::evidence_received, Act::appointment, Act::appointment_change,
    Act::stage, Act::decision,         Act::closure,           Act::reopening,   Act::correction};
std::string_view to_text(Act act);  // "evidence-request"
std::optional<Act> find_act(std::string_view text);
// A closed case can only be noted on, opened again and corrected; without an open request none is received; and so on.
bool is_possible(Act act, const cases::OfficeCase& of, const cases::CasePicture& picture);

inline constexpr std::size_t kActTextMax = 4000;
inline constexpr int kItemsMax = 20;
// 8 CFR 103.2(b)(8)(iv): no request for evidence gives more time than this.
inline constexpr std::chrono::days kEvidenceDaysMax{84};

struct ActAsked {
  Act act{};
  const web::Form& form;
  const cases::OfficeCase& of;
  const cases::CasePicture& picture;
  const catalogue::Catalogue& catalogue;
  Date today{};
  std::int64_t fresh_id = 0;  // names a new appointment
};
// The act with its version; the reason is the caller's to add.
Result<cases::OfficeAct> read_act(const ActAsked& asked);

}  // namespace waymark::office
