#include "platform/clock.hpp"

namespace waymark {
namespace {

Instant system_now() {
  return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

}  // namespace

Instant SystemClock::now() const { return system_now(); }
std::chrono::steady_clock::time_point SystemClock::steady() const { return std::chrono::steady_clock::now(); }

Instant MovableClock::now() const { return system_now() + std::chrono::milliseconds{offset_millis_.load()}; }
std::chrono::steady_clock::time_point MovableClock::steady() const { return std::chrono::steady_clock::now(); }
void MovableClock::move(std::chrono::milliseconds by) { offset_millis_ += by.count(); }

std::chrono::steady_clock::time_point FixedClock::steady() const { return std::chrono::steady_clock::now(); }

}  // namespace waymark
