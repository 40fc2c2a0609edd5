// A person's own name, as they correct it. (It is compared with a document where proofing asks for one.)
#pragma once

#include <string>

#include "base/result.hpp"
#include "features/accounts/accounts.hpp"

namespace waymark::accounts {

struct ChangeNameRequest {
  AccountId account{};
  std::string given_name;  // as typed; empty for people with one name only
  std::string family_name;
  Client client{};
};

// Told to the owner on every channel, and written down. The same name again changes and tells nothing.
Result<void> change_name(Accounts& accounts, const ChangeNameRequest& request);

}  // namespace waymark::accounts
