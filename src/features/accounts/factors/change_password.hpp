// A new password, chosen by somebody who is signed in and has just proved it.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "features/accounts/accounts.hpp"

namespace waymark::accounts {

struct ChangePasswordRequest {
  AccountId account{};
  SessionId session{};
  std::string current_password;  // as typed; not looked at where the account has none
  std::string password;          // the new one, as typed
  Client client{};
};

// Every other session ends, no device stands for a second factor any more, the password is on again wherever it was
// off, and the owner is told on every channel. The key is the session's new one. Refuses at "current_password" and
// "password"; unauthorized when the session ended, or the password was changed elsewhere, meanwhile.
Result<SessionKey> change_password(Accounts& accounts, const ChangePasswordRequest& request);

bool has_password(const Accounts& accounts, db::Snapshot& snapshot, AccountId account);

// What makes a password easy to guess for this person: the address, the names, and the agency's.
std::vector<std::string> password_hints(const Accounts& accounts, const Profile& profile);

}  // namespace waymark::accounts
