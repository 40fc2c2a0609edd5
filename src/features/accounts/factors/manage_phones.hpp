// The phones of an account, by their owner who proved again just now: added by a code, used for signing in or not,
// taken off. Each is written down in the trail and told on every channel, to the number that goes as well.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "features/accounts/factors/manage_factors.hpp"
#include "features/accounts/factors/phone_codes.hpp"

namespace waymark::accounts {

// A number that a code was sent to, in this session.
struct PendingPhone {
  PendingFactorId id{};
  std::string number{};  // E.164
  bool spoken = false;
  std::string code_hash{};
  Instant code_expires_at{};
};
std::optional<PendingPhone> find_pending_phone(const Accounts& accounts, db::Snapshot& snapshot,
                                               const FactorAsker& asker, Instant now);

// Sends a code. Refuses at the field a number that the account has already; conflict when there are enough phones.
Result<void> start_phone(Accounts& accounts, const FactorAsker& asker, const PhoneAnswer& answer,
                         std::string_view language);
// conflict when no phone is being added any more; also the next.
Result<void> send_new_phone_code_again(Accounts& accounts, const FactorAsker& asker, bool spoken,
                                       std::string_view language);
// Takes the code, once; the number is the account's from now on, and not used for signing in until that is chosen.
Result<PhoneId> confirm_phone(Accounts& accounts, const FactorAsker& asker, std::string_view typed_code);

struct PhoneUse {
  bool is_second_factor = false;
  bool is_spoken_to = false;
};
// conflict when it is the last second factor and should be none.
Result<void> set_phone_use(Accounts& accounts, const FactorAsker& asker, PhoneId phone, const PhoneUse& use);
Result<void> remove_phone(Accounts& accounts, const FactorAsker& asker, PhoneId phone);

}  // namespace waymark::accounts
