// The person's own phrase: it stands at the top of every mail of ours to their address, so that a mail without it is
// told as somebody else's.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "features/accounts/accounts.hpp"
#include "features/accounts/client.hpp"

namespace waymark::accounts {

// What was typed, tidied to NFC and single blanks. Letters of any script, digits, blanks and a few marks, 60 in all,
// at least 4 of them letters or digits; nothing that a mail program would make a link of. A refusal is at the field
// "phrase".
Result<std::string> read_phrase(std::string_view typed);

// Keeps it (empty: none any more) and tells the owner, when it is another than before.
void set_phrase(Accounts& accounts, AccountId account, std::string_view phrase, const Client& client);

}  // namespace waymark::accounts
