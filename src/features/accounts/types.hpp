// What an account is made of. Everything personal here is open text in memory and sealed in the database.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/email.hpp"
#include "base/id.hpp"
#include "base/time.hpp"

namespace waymark::accounts {

using TotpFactorId = Id<struct TotpFactorTag>;
using BackupCodeId = Id<struct BackupCodeTag>;
using SignUpId = Id<struct SignUpTag>;

enum class AccountState {
  active,
  locked,  // by the operator: no session lives, none can be started
  closed,
};
std::string_view to_text(AccountState state);
AccountState account_state(std::string_view text);  // asserts that the text is one of them

// Who a person is to us: for pages, and for other features that address somebody by name.
struct Profile {
  AccountId id{};
  Email email{};
  std::string given_name{};  // empty for people with one name only
  std::string family_name{};
  Date date_of_birth{};
  std::string language{};
  std::optional<std::string> time_zone{};  // none: the agency's
  AccountState state = AccountState::active;
  Instant created_at{};
  std::optional<Instant> signed_in_at{};
};

// "Ana", or the family name of somebody who has no other.
std::string_view called_name(const Profile& profile);
std::string full_name(const Profile& profile);

// What signing in needs to know of an account.
struct SignInRecord {
  AccountId id{};
  AccountState state = AccountState::active;
  std::string language{};
  std::string password_hash{};  // encoded Argon2id with its parameters
  std::optional<Instant> closed_at{};
};

struct TotpFactor {
  TotpFactorId id{};
  AccountId account{};
  std::string name{};
  std::string secret{};         // raw bytes
  std::int64_t used_step = -1;  // the highest step whose code was taken; that and every earlier one is refused
  Instant created_at{};
  std::optional<Instant> last_used_at{};
};

}  // namespace waymark::accounts
