#include "platform/ids.hpp"

#include "base/assert.hpp"

namespace waymark {
namespace {

constexpr std::int64_t kEpochMillis = 1'735'689'600'000;  // 2025-01-01T00:00:00Z
constexpr unsigned kNodeBits = 10;
constexpr unsigned kSequenceBits = 12;

}  // namespace

std::int64_t IdSource::next_value() {
  WAYMARK_ASSERT(node_ < (1U << kNodeBits));
  const std::int64_t millis = to_millis(clock_.now()) - kEpochMillis;
  const std::scoped_lock lock(mutex_);
  // When the clock stands still, goes back, or a millisecond is used up, we count on ahead of it.
  if (millis > last_millis_) {
    last_millis_ = millis;
    sequence_ = 0;
  } else if (last_millis_ == 0 || ++sequence_ == (1U << kSequenceBits)) {
    ++last_millis_;
    sequence_ = 0;
  }
  return last_millis_ << (kNodeBits + kSequenceBits) | std::int64_t{node_} << kSequenceBits | std::int64_t{sequence_};
}

}  // namespace waymark
