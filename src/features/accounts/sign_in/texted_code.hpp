// The texted or spoken code that a half session may give instead of an app's: the weaker way, only to a phone that its
// owner chose for signing in. One at a time for each half session; good once.
#pragma once

#include <optional>
#include <string>

#include "base/result.hpp"
#include "features/accounts/accounts.hpp"

namespace waymark::accounts {

struct TextedCodeRequest {
  AccountId account{};
  SessionId half{};
  PhoneId phone{};
  bool spoken = false;
  std::string language{};
};
// In place of the one that was sent before. not_found when the phone is not the account's, or not used for signing in;
// too_many when there were enough messages, or no more codes are accepted.
Result<void> send_texted_code(Accounts& accounts, const TextedCodeRequest& request);

struct TextedCode {
  PhoneId phone{};
  std::string hash{};
  bool is_used = false;
};
// The last that was sent for this half session, while it is good (or was just used).
std::optional<TextedCode> find_texted_code(db::Snapshot& snapshot, SessionId half, Instant now);
// Takes it: true for exactly one caller, and only while its phone is used for signing in.
bool use_texted_code(const Accounts& accounts, db::Transaction& tx, AccountId account, SessionId half,
                     const TextedCode& code, Instant now);
// The subject of kSignInCodeTries.
std::string texted_code_subject(AccountId account);
void delete_lapsed_texted_codes(db::Transaction& tx, Instant now);

}  // namespace waymark::accounts
