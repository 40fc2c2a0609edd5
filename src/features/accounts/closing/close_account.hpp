// Closing an account, coming back within 30 days, and erasing what is left of it afterwards. Strangers see no
// difference between a closed account and none: only the right password and the second factor tell.
#pragma once

#include "base/result.hpp"
#include "features/accounts/accounts.hpp"
#include "web/router.hpp"

namespace waymark::accounts {

// Every session ends, every device is forgotten, the owner is told on every channel. unauthorized when the account was
// locked or closed meanwhile.
Result<void> close_account(Accounts& accounts, AccountId account, const Client& client);

// By the half session that proved the second factor of a closed account: the account is active again, and the session
// whole, under the key's token. unauthorized when the session ended, or the account was erased meanwhile.
Result<SessionKey> come_back(Accounts& accounts, AccountId account, SessionId half, const Client& client);

// Everything personal of the accounts that were closed 30 days ago; their rows stay, empty, for the audit trail's ids.
// How many.
int erase_closed_accounts(Accounts& accounts);

// Whether the visitor's half session has proved the second factor of a closed account.
bool may_come_back(const Accounts& accounts, web::Exchange& exchange);

void add_closing_routes(web::Router& router, Accounts& accounts);  // /account/closure /account-closed …/come-back

}  // namespace waymark::accounts
