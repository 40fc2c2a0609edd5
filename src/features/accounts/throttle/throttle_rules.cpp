#include "features/accounts/throttle/throttle_rules.hpp"

#include <algorithm>

namespace waymark::accounts {
namespace {

// "For good", in a number that every date format still holds: 9999-12-31.
constexpr Instant kForGood{std::chrono::milliseconds{253'402'214'400'000}};

// A limit's time, after so many rounds of using it up.
std::chrono::milliseconds grown(std::chrono::milliseconds time, const Limit& limit, std::int64_t rounds) {
  if (limit.grows_percent == 0) return time;
  for (; rounds > 0 && time < limit.window_max; --rounds) time += time * limit.grows_percent / 100;
  return std::min(time, limit.window_max);
}

void lock_if_spent(ThrottleRow& row, const Limit& limit, Instant now) {
  if (row.failures >= limit.tries_max) {
    if (limit.lock.count() > 0) {
      row.locked_until = now + grown(limit.lock, limit, row.rounds);
    } else {
      row.locked_until = limit.window.count() > 0 ? row.window_started_at.value_or(now) + limit.window : kForGood;
    }
  } else if (limit.slow_from > 0 && row.failures >= limit.slow_from) {
    const auto doublings = std::min<std::int64_t>(row.failures - limit.slow_from, 16);
    row.locked_until = now + limit.slow_first * (std::int64_t{1} << doublings);
  }
}

void add_failures(ThrottleRow& row, const Limit& limit, std::int64_t count, Instant now) {
  if (!row.window_started_at) row.window_started_at = now;
  row.failures += count;
  lock_if_spent(row, limit, now);
}

}  // namespace

void let_time_pass(ThrottleRow& row, const Limit& limit, Instant now) {
  if (row.places > 0 && row.places_lapse_at && now >= *row.places_lapse_at) {
    const auto lapsed = std::exchange(row.places, 0);
    row.places_lapse_at.reset();
    add_failures(row, limit, lapsed, now);
  }
  if (row.locked_until && now >= *row.locked_until) {
    row.locked_until.reset();
    if (row.failures >= limit.tries_max) {
      row.failures = 0;
      row.window_started_at.reset();
      if (limit.grows_percent > 0) ++row.rounds;
    }
  }
  const bool has_window = limit.window.count() > 0 && row.window_started_at.has_value();
  if (has_window && !row.locked_until && now >= *row.window_started_at + grown(limit.window, limit, row.rounds)) {
    row.failures = 0;
    row.window_started_at.reset();
  }
}

Admission admit(ThrottleRow& row, const Limit& limit, Instant now) {
  let_time_pass(row, limit, now);
  if (row.locked_until) return Admission::locked;
  if (row.failures + row.places >= limit.tries_max) return Admission::full;
  ++row.places;
  row.places_lapse_at = now + kPlaceLapses;
  return Admission::admitted;
}

bool settle_wrong(ThrottleRow& row, const Limit& limit, Instant now) {
  let_time_pass(row, limit, now);
  const bool was_spent = row.failures >= limit.tries_max;
  give_back(row);
  add_failures(row, limit, 1, now);
  return !was_spent && row.failures >= limit.tries_max;
}

void settle_right(ThrottleRow& row, const Limit& limit) {
  give_back(row);
  if (!limit.right_clears) return;
  row.failures = 0;
  row.rounds = 0;
  row.window_started_at.reset();
  row.locked_until.reset();
}

void give_back(ThrottleRow& row) {
  if (row.places > 0) --row.places;
  if (row.places == 0) row.places_lapse_at.reset();
}

bool count_event(ThrottleRow& row, const Limit& limit, Instant now) {
  let_time_pass(row, limit, now);
  if (row.locked_until) return false;
  add_failures(row, limit, 1, now);
  return true;
}

std::optional<Instant> forget_at(const ThrottleRow& row, const Limit& limit, Instant now) {
  if (row.rounds > 0) return std::max(now, row.locked_until.value_or(now)) + limit.window_max;
  if (row.failures == 0 && row.places == 0 && !row.locked_until) return now;
  if (row.failures > 0 && limit.window.count() == 0 && !row.locked_until) return std::nullopt;
  auto last = now + kPlaceLapses + limit.window;  // no rounds yet: the window is as long as it stands there
  if (row.window_started_at) last = std::max(last, *row.window_started_at + limit.window);
  if (row.locked_until) last = std::max(last, *row.locked_until);
  return last;
}

}  // namespace waymark::accounts
