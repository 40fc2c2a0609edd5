// The numbers of cases: how often something may be tried, and how long things live.
#pragma once

#include <chrono>

#include "features/accounts/limits.hpp"

namespace waymark::cases {

using namespace std::chrono_literals;

// By account. A right try gives its place back, and leaves the wrong ones counted.
inline constexpr accounts::Limit kConnectTries{"case_connect", 5, 6h, 0s, 0, 0s, false};
// By receipt number, whoever tries. Past it answers come late; a right code is never refused.
inline constexpr accounts::Limit kReceiptTries{"case_receipt", 20, 24h, 0s, 0, 0s, false};
inline constexpr std::chrono::seconds kSlowAnswer{2};
// So many slowed answers at once; more would hold up everybody else's requests.
inline constexpr int kSlowAnswersAtOnce = 4;

// By account: asking for letters.
inline constexpr accounts::Limit kLetterRequests{"case_letters", 5, 6h, 0s, 0, 0s, false};
inline constexpr std::chrono::hours kLetterAgainAfter{24};
// One second proof fits at most so many parties of one case (twins on one petition).
inline constexpr std::size_t kLettersAtOnce = 4;

// Invitations: how long the records that come with a party have to come in, and how often one address is asked.
inline constexpr std::chrono::minutes kInvitedAfter{10};
inline constexpr std::chrono::hours kInvitedAgainAfter{24};

// Helpers: offers by account (each is a mail to an address that the account names), how many stand at once for one case
// and giver, and how far ahead they may end.
inline constexpr accounts::Limit kHelpOffers{"case_help_offers", 10, 24h, 0s, 0, 0s, false};
inline constexpr int kHelpersAtOnce = 5;
inline constexpr std::chrono::days kHelpDaysMax{366};

// Representatives: how long a passcode waits for the other side; by account: wrong passcodes, and how many
// it makes; what a representative says of themselves, in code points, and how often they ask to be verified.
inline constexpr std::chrono::days kPasscodeLifetime{7};
inline constexpr accounts::Limit kPasscodeTries{"case_passcode", 5, 6h, 0s, 0, 0s, false};
inline constexpr accounts::Limit kPasscodesMade{"case_passcodes_made", 50, 24h, 0s, 0, 0s, false};
inline constexpr std::size_t kOrganisationMax = 120;
inline constexpr std::size_t kLicenceMax = 40;
inline constexpr accounts::Limit kVerificationRequests{"representative_requests", 5, 24h, 0s, 0, 0s, false};

// Firms: who is in one and invited to it at once; how long an invitation waits; by account: how many go out, each a
// mail to an address that the account names.
inline constexpr std::size_t kFirmMembersMax = 100;
inline constexpr std::chrono::days kFirmInvitationLifetime{14};
inline constexpr accounts::Limit kFirmInvitations{"case_firm_invitations", 20, 24h, 0s, 0, 0s, false};

}  // namespace waymark::cases
