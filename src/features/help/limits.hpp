// The numbers of the help centre: lengths, lifetimes, and how often something may be asked.
#pragma once

#include <chrono>

#include "features/accounts/limits.hpp"

namespace waymark::help {

using namespace std::chrono_literals;

inline constexpr std::size_t kQuestionLengthMax = 4000;  // code points
inline constexpr std::size_t kReplyLengthMax = 4000;
inline constexpr std::size_t kCallerNameLengthMax = 100;
inline constexpr std::size_t kOtherLanguageLengthMax = 60;
inline constexpr std::size_t kReferenceSymbols = 8;

// From the address to the question: time enough to write in a second language. Its code lives accounts::kCodeLifetime.
inline constexpr std::chrono::hours kAskingLifetime{2};
// Longer than an office session lasts: whoever took it is gone, and another may take it.
inline constexpr std::chrono::hours kTakenHolds{12};
inline constexpr std::chrono::days kClosedKept{90};

// Call-backs: a number is not proved, so that a stranger could have somebody else called.
inline constexpr accounts::Limit kCallbacksToNumber{"help_callbacks_number", 3, 24h, 0s, 0, 0s, false};
inline constexpr accounts::Limit kCallbacksFromNetwork{"help_callbacks_network", 10, 1h, 0s, 0, 0s, false};
// Questions, by canonical address (which was proved).
inline constexpr accounts::Limit kQuestionsFromAddress{"help_questions", 5, 24h, 0s, 0, 0s, false};
// "Was this useful?": all of a network's, and of each article.
inline constexpr accounts::Limit kVotesFromNetwork{"help_votes", 60, 1h, 0s, 0, 0s, false};
inline constexpr accounts::Limit kVotesOnArticle{"help_votes_article", 3, 1h, 0s, 0, 0s, false};

// Times to be called that a page offers: the next open days, and how soon the first may end.
inline constexpr int kCallDaysOffered = 5;
inline constexpr std::chrono::minutes kCallNoticeMin{60};

inline constexpr int kQueueMost = 200;

}  // namespace waymark::help
