// Helping somebody back into their account: two officers check who they are, each for themselves; a day later, unless
// the owner says no, the person sets up a new second factor. The same rules as the operators' command.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "features/accounts/recovery/vouching.hpp"
#include "features/office/office.hpp"

namespace waymark::office {

// The documents by which an officer may say who somebody is: shown in the original, in person or by a video call.
// Locale keys "office.document.DOCUMENT".
inline constexpr std::array<std::string_view, 4> kDocuments{"passport", "residence_card", "drivers_licence",
                                                            "identity_card"};

struct HelpedPerson {
  AccountId account{};
  std::string name{}, email{};
  accounts::AccountState state{};
  std::optional<Instant> requested_at{};  // asks to be vouched for
  bool is_vouched_once = false;
  bool did_asker_vouch = false;
};
// The look is in the account's own record, which its owner reads.
std::optional<HelpedPerson> open_person(Office& office, const web::OfficeSeat& by, AccountId account);
std::vector<HelpedPerson> list_recoveries(Office& office, const web::OfficeSeat& by);

// Refusals at the field "document"; conflict when nothing is asked for, or the same officer vouched before.
Result<accounts::Vouching> vouch(Office& office, const web::OfficeSeat& by, AccountId account,
                                 std::string_view document);
// Failed tries are forgotten, and the account may be tried again at once. Not one that is locked by the operator or its
// owner: not_found.
Result<void> forget_failed_tries(Office& office, const web::OfficeSeat& by, AccountId account);

}  // namespace waymark::office
