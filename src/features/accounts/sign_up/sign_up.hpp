// The use cases of opening an account. Each decides in one transaction over the locked flow; codes, secrets, hashes and
// the time are made before it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "features/accounts/accounts.hpp"
#include "features/accounts/factors/passkeys.hpp"
#include "features/accounts/factors/phone_codes.hpp"
#include "features/accounts/sign_up/sign_up_steps.hpp"

namespace waymark::accounts {

// Who goes on with which flow.
struct SignUpAsker {
  std::string token{};     // of the cookie; empty: none
  std::string peer{};      // the client's address, for limits
  std::string language{};  // of the pages; codes are written in it
  std::string user_agent{};
  std::string device_token{};
};

struct SignUpReply {
  bool is_gone = false;     // there is no such flow any more: lapsed, finished, or taken over elsewhere
  std::string new_token{};  // not empty: the flow is named by this from now on
};

// The flow of the cookie as it stands.
std::optional<SignUp> find_sign_up(Accounts& accounts, const SignUpAsker& asker);

// Begins a flow and mails a code. An address that has an account gets the same answer in the same time; its owner's
// mail says that somebody tried.
Result<SignUpReply> start_sign_up(Accounts& accounts, const SignUpAsker& asker, std::string_view typed_email);
Result<SignUpReply> send_email_code_again(Accounts& accounts, const SignUpAsker& asker);
// Takes the emailed code, once. Flows of the same address that nobody proved die; an unfinished one that its owner
// proved earlier is continued, or, once it has a password, waits at welcome_back.
Result<SignUpReply> prove_email(Accounts& accounts, const SignUpAsker& asker, std::string_view typed_code);

// Whether an app is bound to the sign-up that this one continues, so that its code has to be given too.
bool continues_with_authenticator(const Accounts& accounts, db::Snapshot& snapshot, const SignUp& sign_up);

struct WelcomeBackAnswer {
  std::string_view password{};
  std::string_view totp{};
};
// The password, and the app code when one is bound, of the unfinished sign-up that this flow continues.
Result<SignUpReply> continue_sign_up(Accounts& accounts, const SignUpAsker& asker, const WelcomeBackAnswer& answer);
// Forgets the unfinished one instead. Only for who proved the address just now.
Result<SignUpReply> start_sign_up_over(Accounts& accounts, const SignUpAsker& asker);

// For the sign-in page: an unfinished sign-up that has a password, so that its owner may go on by signing in.
struct UnfinishedSignUp {
  SignUpId id{};
  std::string password_hash{};
};
std::optional<UnfinishedSignUp> find_unfinished_sign_up(Accounts& accounts, const Email& email);
// After its password was found right (and counted as a try by the caller): the token for the sign-up cookie; then send
// the person to /sign-up. Where an app is bound already, its code is still asked for there. None when it changed or
// ended meanwhile.
std::optional<std::string> continue_sign_up_after_password(Accounts& accounts, const UnfinishedSignUp& unfinished);

Result<SignUpReply> agree_to_terms(Accounts& accounts, const SignUpAsker& asker, bool agrees);

struct AboutYou {
  std::string_view given_name{}, family_name{};
  std::string_view day{}, month{}, year{};
  std::string_view language{};
};
Result<SignUpReply> tell_about_you(Accounts& accounts, const SignUpAsker& asker, const AboutYou& answer);
Result<SignUpReply> choose_password(Accounts& accounts, const SignUpAsker& asker, std::string_view typed);
// Instead of a password and an app: what the browser needs to make a passkey that keeps the account, and its answer.
// Refused (conflict) when the flow does not stand where a password is chosen.
Result<NewPasskeyOptions> offer_passkey_for_sign_up(Accounts& accounts, const SignUpAsker& asker,
                                                    const PasskeyAsker& passkey_asker);
Result<SignUpReply> choose_passkey(Accounts& accounts, const SignUpAsker& asker, const PasskeyAsker& passkey_asker,
                                   const NewPasskeyAnswer& answer);
// The handle under which an authenticator keeps the account of this flow: 64 bytes, always the same.
std::string passkey_handle_of(const Accounts& accounts, SignUpId sign_up);

Result<SignUpReply> give_phone(Accounts& accounts, const SignUpAsker& asker, const PhoneAnswer& answer);
Result<SignUpReply> skip_phone(Accounts& accounts, const SignUpAsker& asker);
Result<SignUpReply> send_phone_code_again(Accounts& accounts, const SignUpAsker& asker, bool spoken);
Result<SignUpReply> prove_phone(Accounts& accounts, const SignUpAsker& asker, std::string_view typed_code);

Result<SignUpReply> confirm_authenticator(Accounts& accounts, const SignUpAsker& asker, std::string_view typed_code);
// Codes to the phone that was proved instead of an app: the weaker way, for who has no smartphone. Without a proved
// phone nothing changes.
Result<SignUpReply> choose_phone_for_signing_in(Accounts& accounts, const SignUpAsker& asker);
// A new secret; the old one, and the backup codes made with it, are forgotten.
Result<SignUpReply> set_up_authenticator_again(Accounts& accounts, const SignUpAsker& asker);
Result<SignUpReply> keep_backup_codes(Accounts& accounts, const SignUpAsker& asker, bool has_them);

struct FinishedSignUp {
  bool is_gone = false;
  bool is_incomplete = false;  // the present step says what is missing
  SessionKey session{};        // its cookie goes to the browser
};
// Account, factors, codes and session in one transaction; the flow ends with it. Exactly one caller gets a session.
Result<FinishedSignUp> finish_sign_up(Accounts& accounts, const SignUpAsker& asker);

}  // namespace waymark::accounts
