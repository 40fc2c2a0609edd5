// What the sign-up use cases share: one step's change to the locked flow.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "features/accounts/sign_up/sign_up.hpp"

namespace waymark::accounts {

// Changes the flow; a failure leaves it as it was. Runs in the unit: no clock, randomness or hashing of passwords.
using SignUpChange = std::function<std::optional<Failure>(db::Transaction& tx, SignUp& sign_up)>;

// Locks the flow and runs `change` when the flow may take that step now; a form that was sent too late or too early
// changes nothing, and the present step shows where things stand.
Result<SignUpReply> change_sign_up(Accounts& accounts, const SignUpAsker& asker, std::string_view step, Instant now,
                                   const SignUpChange& change);

// A flow's token with its hash.
struct SignUpToken {
  std::string value{};
  std::string hash{};
};
SignUpToken make_sign_up_token(Random& random);
std::string sign_up_token_hash(std::string_view token);

}  // namespace waymark::accounts
