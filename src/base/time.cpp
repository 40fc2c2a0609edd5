#include "base/time.hpp"

#include <fmt/format.h>

#include "base/assert.hpp"

namespace waymark {
namespace {

using namespace std::chrono;

constexpr Instant kFirst{};
constexpr Instant kPastLast{sys_days{year{10000} / January / 1}};

// The next `count` digits off the front, or nothing.
std::optional<int> take_digits(std::string_view& text, std::size_t count) {
  if (text.size() < count) return std::nullopt;
  int value = 0;
  for (const char c : text.substr(0, count)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  text.remove_prefix(count);
  return value;
}

bool take(std::string_view& text, char wanted) {
  if (!text.starts_with(wanted)) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<Date> take_date(std::string_view& text) {
  const auto years = take_digits(text, 4);
  if (!years || *years < 1000 || !take(text, '-')) return std::nullopt;
  const auto months = take_digits(text, 2);
  if (!months || !take(text, '-')) return std::nullopt;
  const auto days_of_month = take_digits(text, 2);
  if (!days_of_month) return std::nullopt;
  const Date date{year{*years}, month{static_cast<unsigned>(*months)}, day{static_cast<unsigned>(*days_of_month)}};
  if (!date.ok()) return std::nullopt;
  return date;
}

std::optional<minutes> take_hours_and_minutes(std::string_view& text) {
  const auto hour = take_digits(text, 2);
  if (!hour || *hour > 23 || !take(text, ':')) return std::nullopt;
  const auto minute = take_digits(text, 2);
  if (!minute || *minute > 59) return std::nullopt;
  return hours{*hour} + minutes{*minute};
}

// ".25" as 250 ms; digits past the third are dropped. Without a dot: nothing to add.
std::optional<milliseconds> take_fraction(std::string_view& text) {
  if (!take(text, '.')) return milliseconds{0};
  int value = 0;
  std::size_t digits = 0;
  for (; !text.empty() && text.front() >= '0' && text.front() <= '9'; ++digits) {
    if (digits < 3) value = value * 10 + (text.front() - '0');
    text.remove_prefix(1);
  }
  if (digits == 0 || digits > 9) return std::nullopt;
  for (; digits < 3; ++digits) value *= 10;
  return milliseconds{value};
}

std::optional<minutes> take_offset(std::string_view& text) {
  if (take(text, 'Z') || take(text, 'z')) return minutes{0};
  const bool east = take(text, '+');
  if (!east && !take(text, '-')) return std::nullopt;
  const auto offset = take_hours_and_minutes(text);
  if (!offset) return std::nullopt;
  return east ? *offset : -*offset;
}

}  // namespace

std::string to_iso(Date date) {
  WAYMARK_ASSERT(date.ok());
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

std::optional<Date> parse_iso_date(std::string_view text) {
  const auto date = take_date(text);
  return text.empty() ? date : std::nullopt;
}

std::string to_iso(Instant instant) {
  const auto day_start = floor<days>(instant);
  const hh_mm_ss time{instant - day_start};
  auto text = fmt::format("{}T{:02}:{:02}:{:02}", to_iso(Date{day_start}), time.hours().count(), time.minutes().count(),
                          time.seconds().count());
  if (const auto millis = time.subseconds().count(); millis != 0) text += fmt::format(".{:03}", millis);
  return text + "Z";
}

std::optional<Instant> parse_iso_instant(std::string_view text) {
  const auto date = take_date(text);
  if (!date || !(take(text, 'T') || take(text, 't'))) return std::nullopt;
  const auto time = take_hours_and_minutes(text);
  if (!time || !take(text, ':')) return std::nullopt;
  const auto second = take_digits(text, 2);
  if (!second || *second > 59) return std::nullopt;
  const auto fraction = take_fraction(text);
  if (!fraction) return std::nullopt;
  const auto offset = take_offset(text);
  if (!offset || !text.empty()) return std::nullopt;
  const Instant instant = sys_days{*date} + *time + seconds{*second} + *fraction - *offset;
  if (instant < kFirst || instant >= kPastLast) return std::nullopt;
  return instant;
}

}  // namespace waymark
