// What a typed second factor is good for: read before the unit, used up in it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "features/accounts/sign_in/sign_in.hpp"
#include "features/accounts/sign_in/texted_code.hpp"

namespace waymark::accounts {

// A step of an app's secret, a backup code, or the code that was sent to a phone. None of them: wrong.
struct SecondFactorProof {
  std::optional<std::pair<TotpFactorId, std::int64_t>> totp{};
  std::optional<std::string> backup_code_hash{};
  std::optional<TextedCode> texted{};
  bool was_used_before = false;
  bool is_nothing_awaited = false;  // no code was sent to a phone, or it is too old: there is nothing to guess
  // For the trail and the session: "totp", "backup_code" or "text".
  std::string_view how() const { return totp ? "totp" : texted ? "text" : "backup_code"; }
};

// `code`: as parse_code or parse_backup_code gives it. FailureKind::unavailable: no turn to hash a backup code.
Result<SecondFactorProof> read_proof(Accounts& accounts, const SecondFactorRequest& request, std::string_view code,
                                     Instant now);
// Takes it: true for exactly one caller.
bool use_proof(const Accounts& accounts, db::Transaction& tx, const SecondFactorRequest& request,
               const SecondFactorProof& proof, Instant now);

}  // namespace waymark::accounts
