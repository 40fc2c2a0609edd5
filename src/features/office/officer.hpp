// A member of the agency's staff. Not an account: who works here and has a case here has one of each, and neither opens
// the other.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/email.hpp"
#include "base/time.hpp"
#include "web/office.hpp"

namespace waymark::office {

using OfficerPasskeyId = Id<struct OfficerPasskeyTag>;
using InvitationId = Id<struct InvitationTag>;
using SearchId = Id<struct SearchTag>;

enum class OfficerState {
  invited,  // has no key yet
  active,
  stopped,  // left, or lost their trust: no session lives or starts
};
std::string_view to_text(OfficerState state);
std::optional<OfficerState> find_officer_state(std::string_view text);

struct Officer {
  OfficerId id{};
  Email email{};
  std::string name{};
  std::string handle{};  // the random name under which authenticators keep them
  web::OfficeRole role{};
  std::string unit{};
  std::string language{};
  OfficerState state = OfficerState::invited;
  Instant created_at{};
  std::optional<Instant> signed_in_at{};

  web::OfficeSeat seat() const { return {.officer = id, .role = role, .name = name, .unit = unit}; }
};

struct OfficerPasskey {
  OfficerPasskeyId id{};
  OfficerId officer{};
  std::string name{};
  std::string credential_id{};
  std::string public_key{};
  std::uint32_t sign_count = 0;
  bool is_backup_eligible = false;
  std::string transports{};
  Instant created_at{};
  std::optional<Instant> used_at{};
  std::optional<Instant> switched_off_at{};  // a copy of it was seen
};

}  // namespace waymark::office
