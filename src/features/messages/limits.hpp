// The numbers of messages.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace waymark::messages {

inline constexpr std::size_t kTextMax = 4000;
inline constexpr std::size_t kSubjectMax = 120;
inline constexpr std::size_t kReplyTitleMax = 80;
inline constexpr std::int64_t kOpenThreadsMax = 10;
inline constexpr int kMessagesMax = 20;  // of one account, within kMessagesCounted
inline constexpr std::chrono::hours kMessagesCounted{1};
inline constexpr int kThreadsShown = 100;
inline constexpr int kThreadPage = 50;

// An answer to a thread that was closed opens it again for so long; later it is another matter.
inline constexpr std::chrono::days kReopens{30};
// A closed thread is kept as long as a person may need it for an appeal or a motion, and no longer.
inline constexpr std::chrono::days kClosedKept{2 * 365};

}  // namespace waymark::messages
