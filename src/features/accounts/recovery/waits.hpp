// Starting, finishing and cancelling a change that waits, and telling its owner of each on every channel: mails carry a
// link that cancels, texts a code.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "features/accounts/accounts.hpp"

namespace waymark::accounts {

// What a wait is started, reminded of, finished or cancelled with; made before the unit.
struct WaitKey {
  WaitId id{};
  std::string cancel_code{};
  NoticeKey notice{};
  std::int64_t audit_id = 0;
  Instant now{};
};
WaitKey make_wait_key(Accounts& accounts);

// False when one of this kind is open already: that one goes on, and nobody is told again.
bool start_wait(const Accounts& accounts, db::Transaction& tx, const WaitKey& key, AccountId account, WaitKind kind,
                std::string_view content);
// A ripe one is over now, and its change is the caller's to make in the same unit. None for all but one caller.
std::optional<Wait> finish_wait(const Accounts& accounts, db::Transaction& tx, const WaitKey& key, WaitId wait);
// False when it was finished or cancelled meanwhile.
bool cancel_wait(const Accounts& accounts, db::Transaction& tx, const WaitKey& key, WaitId wait);

// By the code of a text, typed together with the account's address. Refuses at "cancel_code" alike whether the address
// has no account, nothing waits, or the code is another.
Result<void> cancel_by_code(Accounts& accounts, std::string_view typed_email, std::string_view typed_code,
                            std::string_view peer);

// Tells the owners of what ripens soon, once each.
void remind_of_waits(Accounts& accounts);

}  // namespace waymark::accounts
