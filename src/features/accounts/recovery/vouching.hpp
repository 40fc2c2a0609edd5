// Somebody vouches for a person who lost every second factor. Today two people of the office do, by command; when a
// document can be proved again, proofing calls start_vouched_reset with its own word.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "features/accounts/accounts.hpp"

namespace waymark::accounts {

using FactorResetRequestId = Id<struct FactorResetRequestTag>;

// The person, by the right emailed code and password, asks to be vouched for. False when they asked before and wait
// still: then nothing was written, and the owner was told already.
bool request_vouching(db::Transaction& tx, FactorResetRequestId request, AccountId account, Instant now);
bool is_vouching_requested(db::Snapshot& snapshot, AccountId account, Instant now);

// What was asked for is not asked for any more.
void drop_vouching(db::Transaction& tx, AccountId account, Instant now);

enum class Vouching {
  nothing_requested,  // the person has to ask first, or did so too long ago
  same_operator,      // the second must be somebody else
  first_of_two,
  wait_started,
};
// One of two different operators says that the person is who they say they are. `name`: two to 32 letters, digits, dots
// and dashes; asserted.
bool is_operator_name(std::string_view name);
// `checked`: a constant for the audit trail, what they were shown; may be empty.
Vouching vouch_as_operator(Accounts& accounts, AccountId account, std::string_view name, std::string_view checked = {});

// Who waits to be vouched for, the longest first.
struct VouchingRequest {
  AccountId account{};
  Instant requested_at{};
  std::string first_operator{};  // empty: nobody vouched yet
};
std::vector<VouchingRequest> list_vouching_requests(db::Snapshot& snapshot, Instant now, int most);

// Whoever vouches wholly: closes the request and starts the wait after which the person sets up a new factor. False
// when nothing is requested.
struct WaitKey;
bool start_vouched_reset(const Accounts& accounts, db::Transaction& tx, const WaitKey& key, AccountId account);

}  // namespace waymark::accounts
