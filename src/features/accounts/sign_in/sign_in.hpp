// Signing in: email and password, then the second factor. Known and unknown addresses answer alike, and cost the same.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "features/accounts/accounts.hpp"

namespace waymark::accounts {

struct SignInRequest {
  std::string email;  // as typed
  std::string password;
  SharedComputer shared = SharedComputer::no;
  Client client{};
};

struct SignedIn {
  std::optional<SessionKey> session{};
  bool is_whole = false;  // on a remembered device; else the session waits for its second factor
  // Instead of a session: the password belongs to an unfinished sign-up, which goes on under this token at /sign-up.
  std::string sign_up_token{};
};

// The password was right: a session that waits for its second factor, under the key's token, or a whole one on a device
// that was remembered. Wrong address or password: bad_input at both fields with one message. too_many (with
// retry_after) once tries are used up, forbidden once the password is off; the owner is told.
// An account that the operator locked: forbidden, said only after the right password.
Result<SignedIn> sign_in(Accounts& accounts, const SignInRequest& request);

// An emailed code is none: who has the mailbox has the way to a new password too.
enum class SecondFactor { totp, phone, backup_code };

struct SecondFactorRequest {
  AccountId account{};
  SessionId half{};
  SecondFactor way = SecondFactor::totp;
  std::string code;  // as typed
  Client client{};
  bool remember_device = false;  // no code is asked for here for some days; never on a shared computer
  bool is_step_up = false;       // `half` is a whole session that proves itself again
};

// The code was right and is used up: a whole session under the key's token. A wrong one: bad_input at its field; a
// right one that was used already says when the next one comes. unauthorized when the half session ended meanwhile, and
// the code stays good. too_many once tries are used up; forbidden when this way was guessed at so often that it is off.
Result<SessionKey> prove_second_factor(Accounts& accounts, const SecondFactorRequest& request);

// The subject of kAuthenticatorTries.
std::string authenticator_subject(AccountId account, SecondFactor way);

// The password is right, by a person who is signed in: what a delicate act asks for. Limited by counts of its own.
Result<void> check_password(Accounts& accounts, AccountId account, std::string_view password);

// For the operator's unlocking: the account's counted tries of passwords and second factors are as if they had not
// been.
void forget_failed_tries(const Accounts& accounts, db::Transaction& tx, AccountId account, std::string_view canonical);

}  // namespace waymark::accounts
