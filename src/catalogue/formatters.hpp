// Dates, times, lengths of time, numbers and lists as a language writes them. Gregorian calendar and the digits 0 to 9,
// whatever the language's own habit: receipt numbers, forms and deadlines are in these.
#pragma once

#include <unicode/locid.h>

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "catalogue/date_pattern.hpp"

namespace waymark::catalogue {

// Patterns in CLDR's letters; a locale file may say its own (words.format.…).
struct DatePatterns {
  std::string long_date;        // "EEEE, d MMMM y"
  std::string short_date;       // "d MMM y"
  std::string time;             // "h:mm a"
  std::string short_date_time;  // "EEE d MMM, h:mm a"
};
// The language's usual ones, from CLDR.
DatePatterns usual_patterns(const icu::Locale& locale);

// Immutable; safe from several threads (ICU's own formatters, 33 µs to build, are kept by thread).
class Formatters {
 public:
  Formatters(const icu::Locale& locale, DatePatterns patterns);

  std::string long_date(Date date) const;
  std::string short_date(Date date) const;
  std::string long_date(Instant at, std::string_view zone) const;
  std::string time(Instant at, std::string_view zone) const;
  std::string short_date_time(Instant at, std::string_view zone) const;
  // "New York", "Nueva York"; the zone's own name where it has no city.
  std::string zone_place(std::string_view zone) const;
  std::string relative_day(Date day, Date today) const;
  std::string duration(std::chrono::seconds time) const;
  std::string number(std::int64_t value) const;
  std::string list(std::span<const std::string> items) const;

 private:
  // A pattern, and its fast form where it has one.
  struct Pattern {
    std::string text;
    std::optional<DatePattern> fast;
  };
  std::string format_date(const Pattern& pattern, Instant local) const;
  std::string make_duration(std::chrono::seconds time) const;

  icu::Locale locale_;
  DateNames names_;
  Pattern long_date_, short_date_, time_, short_date_time_;
  std::uint64_t cache_id_;
};

}  // namespace waymark::catalogue
