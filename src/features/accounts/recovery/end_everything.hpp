// After a change by which somebody else may be shut out: nothing that was open for the account goes on.
#pragma once

#include "features/accounts/accounts.hpp"

namespace waymark::accounts {

// Every session but `kept`, every known and remembered device, every recovery and change of address under way, and
// every change that waits or that the office is asked for.
void end_everything(const Accounts& accounts, db::Transaction& tx, AccountId account, SessionId kept,
                    std::int64_t audit_id, Instant now);

// "This wasn't me": the owner's lock, which only a finished recovery lifts. By the link of a mail, or from within the
// account. False when the link was used up, or the account locked or closed, meanwhile; exactly one caller locks.
bool lock_by_owner(Accounts& accounts, const MailLink& link);
bool lock_by_owner(Accounts& accounts, AccountId account);

}  // namespace waymark::accounts
