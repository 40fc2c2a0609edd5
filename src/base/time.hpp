// Moments and calendar days. A moment is milliseconds since 1970 UTC, in code and in both databases; a day has no
// time zone and is stored as "YYYY-MM-DD".
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace waymark {

using Instant = std::chrono::sys_time<std::chrono::milliseconds>;
using Date = std::chrono::year_month_day;

inline std::int64_t to_millis(Instant instant) { return instant.time_since_epoch().count(); }
inline Instant from_millis(std::int64_t millis) { return Instant{std::chrono::milliseconds{millis}}; }

// "2026-11-23"; the date must be valid.
std::string to_iso(Date date);
// Strictly "YYYY-MM-DD" and a day that exists, year 1000 or later.
std::optional<Date> parse_iso_date(std::string_view text);
// "2026-11-23T09:40:00Z", with milliseconds only when there are any.
std::string to_iso(Instant instant);
// RFC 3339 with "Z" or an offset; years 1970 to 9999. A leap second (":60") is none; digits past milliseconds drop.
std::optional<Instant> parse_iso_instant(std::string_view text);

inline Date to_date(std::chrono::sys_days days) { return Date{days}; }
inline std::chrono::sys_days to_days(Date date) { return std::chrono::sys_days{date}; }
// The calendar day in UTC; a day in a place's own zone is words/calendar's to tell.
inline Date utc_date(Instant instant) { return Date{std::chrono::floor<std::chrono::days>(instant)}; }

}  // namespace waymark
