// What an unfinished sign-up holds: kept as one sealed value, since nothing in it is looked up.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "features/accounts/factors/passkey.hpp"

namespace waymark::accounts {

struct Draft {
  // consent
  std::optional<Instant> consented_at{};
  std::string consent_version{};
  // about_you
  std::string given_name{};
  std::string family_name{};
  std::optional<Date> date_of_birth{};
  std::string language{};
  // password
  std::string password_hash{};
  int password_score = 0;  // 0 to 4, to say its strength in words
  // or instead of a password, and of an app: a passkey that keeps the account. Its id and account come at the end.
  std::optional<Passkey> passkey{};
  // phone, phone_code
  std::string phone_region{};  // "US", as chosen
  std::string phone{};         // E.164
  bool phone_spoken = false;
  std::string phone_code_hash{};
  std::optional<Instant> phone_code_expires_at{};
  std::optional<Instant> phone_proved_at{};
  bool phone_skipped = false;
  // authenticator
  std::string totp_secret{};                // raw bytes; made with the draft
  std::optional<std::int64_t> totp_step{};  // of the code that confirmed it: used
  bool phone_signs_in = false;              // instead of an app: codes to the proved phone
  // backup_codes: in the open until the person has them, then only their hashes
  std::vector<std::string> backup_codes{};
  std::vector<std::string> backup_code_hashes{};
  std::string backup_code_recipe{};  // what they were hashed with
  // welcome_back: the password of the sign-up to be continued was given at sign-in
  bool password_given = false;
};

// The passkey, and the backup codes that were made with it.
void forget_passkey(Draft& draft);

std::string to_json(const Draft& draft);
// Throws std::runtime_error when the text is not one of ours.
Draft parse_draft(std::string_view json);

}  // namespace waymark::accounts
