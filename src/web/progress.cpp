#include "web/progress.hpp"

#include <algorithm>

namespace waymark::web {

namespace {

bool is_too_slow(const Progress& progress, std::chrono::steady_clock::duration taken, const ServerOptions& options) {
  if (taken <= options.body_grace_time) return false;
  const std::chrono::duration<double> counted = taken - options.body_grace_time;
  return static_cast<double>(progress.bytes) < counted.count() * options.body_bytes_per_second_min;
}

}  // namespace

bool is_overdue(const Progress& progress, std::chrono::steady_clock::time_point now, const ServerOptions& options) {
  const auto taken = now - progress.since;
  switch (progress.phase) {
    case Phase::handshaking:
    case Phase::fresh:
    case Phase::reading_head:
      return taken > options.head_time_max;
    case Phase::idle:
      return taken > options.idle_time_max;
    case Phase::reading_body:
    case Phase::writing:
      return is_too_slow(progress, taken, options);
    case Phase::handling:
      return false;
    case Phase::lingering:
      return taken > options.linger_time_max;
  }
  return false;
}

std::chrono::milliseconds sweep_period(const ServerOptions& options) {
  const auto shortest =
      std::min({options.head_time_max, options.idle_time_max, options.body_grace_time, options.linger_time_max});
  return std::clamp(shortest / 10, std::chrono::milliseconds(5), std::chrono::milliseconds(500));
}

}  // namespace waymark::web
