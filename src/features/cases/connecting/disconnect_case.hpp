// Takes a case off an account again: connected by mistake, or no longer wanted. The case itself is not touched; the way
// back is a new code by post.
#pragma once

#include <string_view>

#include "base/id.hpp"
#include "base/result.hpp"
#include "features/cases/cases.hpp"

namespace waymark::cases {

// not_found when the account has no part in that case (or there is none).
Result<void> disconnect_case(const Cases& cases, AccountId account, std::string_view receipt_number,
                             std::string_view network);

}  // namespace waymark::cases
