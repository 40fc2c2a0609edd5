// "Post me a new code": a letter to the address that the agency has on file, never to one that is typed.
#pragma once

#include <string>
#include <string_view>

#include "base/id.hpp"
#include "base/result.hpp"
#include "features/cases/cases.hpp"

namespace waymark::cases {

struct NewCodeRequest {
  std::string receipt_number;
  ProofKind proof_kind{};
  std::string proof;  // "2026-11-23" or a registration number; empty when the three date fields make no day
};

// Succeeds alike whether a letter is written or not: it is only when both are right, the party is nobody's yet, has an
// address on file, and did not ask in the last 24 hours. bad_input for what can't be a receipt number or a day;
// too_many after five requests in six hours. Codes that were posted before stay valid until they expire or the party
// is connected, so that nobody who knows a birth date can make somebody else's letter worthless.
Result<void> request_new_code(const Cases& cases, AccountId account, const NewCodeRequest& request,
                              std::string_view network);

}  // namespace waymark::cases
