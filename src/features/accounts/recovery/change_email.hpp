// Changing the address of an account, by somebody who is signed in and proved it a moment ago. A code proves only the
// address that it was sent to (incident I23). Both addresses proved: at once. The old one can't be read any more: a
// second factor, and a day's wait that the old address and the phones hear of.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "features/accounts/accounts.hpp"
#include "features/accounts/recovery/factor_proof.hpp"

namespace waymark::accounts {

struct EmailChanger {
  AccountId account{};
  SessionId session{};     // stays; every other one ends when the address changes
  std::string peer{};      // the client's address, for limits
  std::string language{};  // of the pages: the new address's mail is written in it
};

enum class EmailStep {
  nothing,   // no change is under way
  new_code,  // the new address is to be proved
  old_code,  // then the old one
  changed,
  waits,  // for its day
};

// Where a change of the account stands.
EmailStep find_email_step(const Accounts& accounts, db::Snapshot& snapshot, AccountId account, Instant now);

// A code to the new address and one to the present one. An address that has an account gets the same answer; its owner
// is told instead.
Result<EmailStep> start_email_change(Accounts& accounts, const EmailChanger& changer, std::string_view typed);
// Of the present step.
Result<EmailStep> send_email_change_code_again(Accounts& accounts, const EmailChanger& changer);
Result<EmailStep> prove_new_email(Accounts& accounts, const EmailChanger& changer, std::string_view typed_code);
// changed for exactly one caller. conflict when somebody else took the address meanwhile.
Result<EmailStep> prove_old_email(Accounts& accounts, const EmailChanger& changer, std::string_view typed_code);
// Instead of the old address's code: an app's or a backup one.
Result<EmailStep> change_email_without_old(Accounts& accounts, const EmailChanger& changer, RecoveryFactor way,
                                           std::string_view typed_code);
// The change that waited takes effect: changed for exactly one caller.
Result<EmailStep> finish_email_change(Accounts& accounts, const EmailChanger& changer);
// Whatever is under way or waits is over.
void give_up_email_change(Accounts& accounts, const EmailChanger& changer);

}  // namespace waymark::accounts
