// The use cases of getting back in. What a stranger can see is the same for every address until its emailed code was
// right. No recovery gives a session: the person signs in afterwards (incident I17).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "features/accounts/accounts.hpp"
#include "features/accounts/recovery/factor_proof.hpp"
#include "features/accounts/recovery/recovery_steps.hpp"
#include "features/accounts/sign_in/passkey_sign_in.hpp"

namespace waymark::accounts {

// Who goes on with which flow.
struct RecoveryAsker {
  RecoveryPurpose purpose = RecoveryPurpose::password;
  std::string token{};     // of the cookie; empty: none
  std::string peer{};      // the client's address, for limits
  std::string language{};  // of the pages, for addresses without an account
};

struct RecoveryReply {
  bool is_gone = false;      // there is no such flow any more
  bool is_finished = false;  // the change took effect, and the flow is over
  std::string new_token{};   // not empty: the flow is named by this from now on
};

std::optional<RecoveryView> find_recovery(const Accounts& accounts, db::Snapshot& snapshot, RecoveryPurpose purpose,
                                          std::string_view token, Instant now);
std::optional<RecoveryView> find_recovery(Accounts& accounts, const RecoveryAsker& asker);

// --- Both purposes ---

// Begins a flow and mails a code; for an address without an open account a mail that says so. Same answer, same work.
Result<RecoveryReply> start_recovery(Accounts& accounts, const RecoveryAsker& asker, std::string_view typed_email);
Result<RecoveryReply> send_recovery_code_again(Accounts& accounts, const RecoveryAsker& asker);
// Takes the emailed code, once. Wrong ones are counted by address, whatever flow they are typed into.
Result<RecoveryReply> prove_recovery_code(Accounts& accounts, const RecoveryAsker& asker, std::string_view typed_code);

// --- A forgotten password ---

// What the account can prove itself with; shown only to who gave the right emailed code.
struct RecoveryWays {
  bool has_app = false;
  bool has_backup_codes = false;
  bool has_passkey = false;
  std::vector<Phone> phones{};  // that were chosen as a second factor
};
RecoveryWays find_recovery_ways(const Accounts& accounts, db::Snapshot& snapshot, AccountId account);
// A recovery by `factor` proves less than the account's strongest factor would: its change waits a day.
bool proves_less(const RecoveryWays& ways, std::string_view factor);

Result<RecoveryReply> text_recovery_code(Accounts& accounts, const RecoveryAsker& asker, PhoneId phone);
// Refuses at the field "totp", "backup_code" or "text_code".
Result<RecoveryReply> prove_recovery_factor(Accounts& accounts, const RecoveryAsker& asker, RecoveryFactor way,
                                            std::string_view typed_code);
// Refuses at the field "passkey". Its holder needs no day of waiting.
Result<RecoveryReply> prove_recovery_passkey(Accounts& accounts, const RecoveryAsker& asker,
                                             const PasskeyAsker& passkey_asker, const PasskeyAnswer& answer);
// The new password takes effect, or begins to wait.
Result<RecoveryReply> choose_recovered_password(Accounts& accounts, const RecoveryAsker& asker, std::string_view typed);
// The password that waited takes effect; is_finished for exactly one caller.
Result<RecoveryReply> finish_recovered_password(Accounts& accounts, const RecoveryAsker& asker);

// --- A lost second factor ---

// The password, where the account has one; then the office is asked to vouch for the person.
Result<RecoveryReply> prove_old_password(Accounts& accounts, const RecoveryAsker& asker, std::string_view typed);
Result<RecoveryReply> confirm_new_app(Accounts& accounts, const RecoveryAsker& asker, std::string_view typed_code);
// The new app and codes take the place of every factor that there was; is_finished for exactly one caller.
Result<RecoveryReply> finish_new_factors(Accounts& accounts, const RecoveryAsker& asker, bool has_codes);

// --- Shared by the use cases ---

// Changes the flow; a failure leaves it as it was. Runs in the unit: no clock, randomness or hashing of passwords.
using RecoveryChange =
    std::function<std::optional<Failure>(db::Transaction& tx, RecoveryView& view, RecoveryReply& reply)>;
// Locks the flow and runs `change` when the step is the present one and the account is neither closed nor locked by the
// operator; else changes nothing, and the present step shows where things stand.
Result<RecoveryReply> change_recovery_in(const Accounts& accounts, db::Transaction& tx, const RecoveryAsker& asker,
                                         std::string_view step, Instant now, const RecoveryChange& change);
// The same in a unit of its own.
Result<RecoveryReply> change_recovery(Accounts& accounts, const RecoveryAsker& asker, std::string_view step,
                                      Instant now, const RecoveryChange& change);

}  // namespace waymark::accounts
