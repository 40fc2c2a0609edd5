// A code of a second factor, given outside signing in: the same ways, and the same counted tries, as there.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "features/accounts/accounts.hpp"

namespace waymark::accounts {

enum class RecoveryFactor { totp, backup_code, text };
std::string_view to_text(RecoveryFactor way);

// At the field "totp", "backup_code" or "text_code". what: "form" or "wrong".
std::unexpected<Failure> refuse_factor(RecoveryFactor way, std::string_view what);

// Of the account, whatever the way; of this way alone; and for texted codes over all that were sent, sign-in's
// included. Name them in settle order: account first.
Result<std::vector<TryPlace>> reserve_factor_places(Accounts& accounts, AccountId account, RecoveryFactor way);
void count_factor_as_wrong(Accounts& accounts, AccountId account, std::vector<TryPlace>& places);

// What was typed (as parse_code or parse_backup_code gives it), ready to be used up in a unit.
struct FactorProof {
  std::vector<std::pair<TotpFactorId, std::int64_t>> steps{};  // of each app that shows this code
  std::string backup_code_hash{};
};
Result<FactorProof> read_factor_proof(Accounts& accounts, AccountId account, RecoveryFactor way, std::string_view code,
                                      Instant now);
// True for exactly one caller.
bool use_factor_proof(const Accounts& accounts, db::Transaction& tx, AccountId account, const FactorProof& proof,
                      Instant now);

}  // namespace waymark::accounts
