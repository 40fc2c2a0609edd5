#include "features/accounts/types.hpp"

#include "base/assert.hpp"

namespace waymark::accounts {

std::string_view to_text(AccountState state) {
  switch (state) {
    case AccountState::active:
      return "active";
    case AccountState::locked:
      return "locked";
    case AccountState::closed:
      return "closed";
  }
  WAYMARK_ASSERT(false);
  return {};
}

AccountState account_state(std::string_view text) {
  for (const auto state : {AccountState::active, AccountState::locked, AccountState::closed}) {
    if (to_text(state) == text) return state;
  }
  WAYMARK_ASSERT(false);
  return AccountState::closed;
}

std::string_view called_name(const Profile& profile) {
  return profile.given_name.empty() ? profile.family_name : profile.given_name;
}

std::string full_name(const Profile& profile) {
  return profile.given_name.empty() ? profile.family_name : profile.given_name + " " + profile.family_name;
}

}  // namespace waymark::accounts
