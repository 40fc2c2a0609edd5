// Connects a case to an account: receipt number + access code + the party's second proof make the account that party.
#pragma once

#include <string>
#include <string_view>

#include "base/id.hpp"
#include "base/result.hpp"
#include "features/cases/cases.hpp"

namespace waymark::cases {

// What was typed.
struct ConnectRequest {
  std::string receipt_number;
  std::string access_code;
  ProofKind proof_kind{};
  std::string proof;  // "2026-11-23" or a registration number; empty when the three date fields make no day
};

struct ConnectedCase {
  std::string receipt_number;  // as the case page's address has it
  Role role{};
};

// What can't be a receipt number, a code or a day at all is bad_input at its field. Everything else that is wrong (an
// unknown receipt number, a wrong, used, withdrawn or expired code, somebody else's proof, a party that is somebody's
// already) is one and the same refusal. too_many after five wrong tries in six hours; conflict when the account is a
// party of the case already.
Result<ConnectedCase> connect_case(const Cases& cases, AccountId account, const ConnectRequest& request,
                                   std::string_view network);

}  // namespace waymark::cases
