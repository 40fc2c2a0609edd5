// The numbers of accounts: lifetimes, lengths, and how often something may be tried.
#pragma once

#include <chrono>
#include <cstddef>
#include <string_view>

namespace waymark::accounts {

using namespace std::chrono_literals;

// Sessions (NIST SP 800-63B AAL2; a shared computer gets less).
inline constexpr std::chrono::minutes kSessionIdle{15};
inline constexpr std::chrono::hours kSessionLifetime{12};
inline constexpr std::chrono::minutes kSharedSessionIdle{5};
inline constexpr std::chrono::hours kSharedSessionLifetime{1};
inline constexpr std::chrono::minutes kHalfSignedInLifetime{15};
inline constexpr std::chrono::seconds kLastSeenWritten{60};
inline constexpr std::chrono::minutes kDraftLifetime{30};      // of what was typed when a session ended
inline constexpr std::chrono::hours kLapsedSessionDrafts{12};  // how long after its end a form of it is still kept
// How long ended sessions and lapsed rows stay before the upkeep deletes them.
inline constexpr std::chrono::days kEndedSessionKept{30};

// Passwords: code points after NFC. One is never the only factor here, so 12 is enough (NIST SP 800-63B-4).
inline constexpr std::size_t kPasswordLengthMin = 12;
inline constexpr std::size_t kPasswordLengthMax = 128;
inline constexpr int kPasswordScoreMin = 3;

inline constexpr std::chrono::hours kSignUpLifetime{24};
inline constexpr std::chrono::minutes kCodeLifetime{10};
inline constexpr std::size_t kCodeDigits = 6;
inline constexpr std::size_t kBackupCodeCount = 10;
inline constexpr int kBackupCodesFew = 4;  // below this the person is asked to make new ones
inline constexpr std::size_t kPhonesMax = 5;
inline constexpr int kAppsMax = 10;
inline constexpr std::size_t kFactorNameLengthMax = 60;
inline constexpr std::chrono::hours kPendingFactorLifetime{1};  // an app, codes or a phone being set up
// With fewer than two second factors a person is urged to add one, and again this long after it was put off.
inline constexpr std::chrono::days kUrgedAgainAfter{30};
inline constexpr std::chrono::days kMailLinkLifetime{10};
inline constexpr std::chrono::days kDeviceRemembered{30};   // stands for the second factor, where the person chose so
inline constexpr std::chrono::minutes kNoticesTogether{5};  // after the first; what follows it is told in one message
// Getting back in. What proves less than the account's strongest factor takes effect a day later, unless it is
// cancelled.
inline constexpr std::chrono::minutes kRecoveryLifetime{30};
inline constexpr std::chrono::minutes kEmailChangeLifetime{30};
inline constexpr std::chrono::hours kWaitLasts{24};
inline constexpr std::chrono::hours kWaitReminderBefore{12};  // its end
inline constexpr std::chrono::days kWaitLapses{7};            // from its start, when nobody comes back to finish it
inline constexpr std::chrono::days kFactorResetRequested{7};  // how long a request waits for the office
inline constexpr std::chrono::days kClosedAccountKept{30};    // then what is personal is erased
inline constexpr std::size_t kNameLengthMax = 100;
// The phrase that stands in our mails: code points after NFC, and how many letters or digits are among them.
inline constexpr std::size_t kPhraseLengthMax = 60;
inline constexpr std::size_t kPhraseLettersMin = 4;
inline constexpr int kBirthYearMin = 1900;
// The consent text that a person agrees to; stored with the account.
inline constexpr std::string_view kConsentVersion = "2026-11";

// A try reserves a place before it is checked; failures and places together never pass tries_max, so that any number of
// tries at once are as many guesses as the same number one after the other.
struct Limit {
  std::string_view purpose;                // a constant; part of the row's key
  int tries_max = 0;                       // wrong ones (or events) in a window
  std::chrono::milliseconds window{};      // from the first of them; zero: it never lapses, only a right try clears it
  std::chrono::milliseconds lock{};        // after tries_max wrong ones; zero: until the window ends
  int slow_from = 0;                       // from this many wrong ones on each next try waits; 0: never
  std::chrono::milliseconds slow_first{};  // the first wait, doubling
  bool right_clears = true;
  // Each time that it is used up, the next window and lock are longer by so many in a hundred, up to window_max.
  int grows_percent = 0;
  std::chrono::milliseconds window_max{};
};

// By canonical address, account or not.
inline constexpr Limit kSignInTries{"sign_in", 6, 15min, 15min, 5, 2s};
// The same of a browser that the account knows, by account and device: strangers never use it up.
inline constexpr Limit kSignInTriesOnDevice{"sign_in_device", 6, 15min, 15min, 5, 2s};
// By canonical address and network together (or by account and device), by network alone.
inline constexpr Limit kSignInTriesFromNetwork{"sign_in_from", 50, 12h, 12h, 0, 0s, true, 10, 24h * 30};
inline constexpr Limit kNetworkTries{"network", 300, 1h, 1h, 0, 0s, false};
// By account, whatever the way: the second factor of somebody who gave the right password.
inline constexpr Limit kSecondFactorTries{"second_factor", 6, 15min, 15min, 5, 2s};
// By account: the password again, of somebody who is signed in. Strangers who guess at the sign-in page don't use it
// up.
inline constexpr Limit kProveAgainTries{"prove_again", 6, 15min, 15min, 5, 2s};
// Wrong passwords in a row, by canonical address; by device and by account for who is known or signed in already. After
// so many the password is off there until it is chosen anew (NIST SP 800-63B).
inline constexpr Limit kPasswordTries{"password", 100, 0s, 0s};
// By account and way (app, backup codes): what has been guessed at this often in a row is off until it is bound anew.
inline constexpr Limit kAuthenticatorTries{"authenticator", 100, 0s, 0s};
// Emailed codes by canonical address and texted ones by number, whatever flow they are typed into; new codes don't
// give new tries.
inline constexpr Limit kEmailCodeTries{"email_code", 10, 24h, 0s};
inline constexpr Limit kPhoneCodeTries{"phone_code", 10, 24h, 0s};
// Texted codes that stand for the second factor, by account: over all its phones and all codes that were sent. Only who
// gave the right password gets this far, so a stranger can't use it up.
inline constexpr Limit kSignInCodeTries{"sign_in_code", 10, 24h, 0s};
// Passwords and app codes asked for by an unfinished sign-up that is continued elsewhere: by canonical address.
inline constexpr Limit kWelcomeBackTries{"welcome_back", 6, 15min, 15min};

// Cancel codes from texts, by address and network: long enough that a stranger guesses none, and never shut to the
// owner by what strangers type elsewhere.
inline constexpr Limit kCancelCodeTries{"cancel_code", 10, 1h, 0s};

// Copies of one's data: by account.
inline constexpr Limit kDataDownloads{"data_downloads", 5, 24h, 0s, 0, 0s, false};

// Messages sent: counted, never given back.
inline constexpr Limit kCodesInTenSeconds{"codes_10s", 2, 10s, 0s, 0, 0s, false};
inline constexpr Limit kCodesInFiveMinutes{"codes_5min", 10, 5min, 0s, 0, 0s, false};
inline constexpr Limit kCodesForNetwork{"codes_network", 300, 1h, 0s, 0, 0s, false};
inline constexpr Limit kRecoveryMails{"recovery_mails", 20, 60min, 0s, 0, 0s, false};  // by canonical address
inline constexpr Limit kNewPhones{"new_phones", 20, 24h, 0s, 0, 0s, false};            // by sign-up or account
inline constexpr Limit kTextsToPrefix{"texts_prefix", 500, 24h, 0s, 0, 0s, false};  // by the number's first five digits
inline constexpr Limit kTextsInAll{"texts_all", 10'000, 24h, 0s, 0, 0s, false};

}  // namespace waymark::accounts
