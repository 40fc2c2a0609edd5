// A date pattern in CLDR's letters, parsed once: writing a date with it is some twenty times faster than ICU's own
// formatter, and a dashboard writes many.
#pragma once

#include <unicode/locid.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"

namespace waymark::catalogue {

// A language's names of days and months.
struct DateNames {
  std::vector<std::string> months, short_months;      // 12
  std::vector<std::string> weekdays, short_weekdays;  // 7, Sunday first
  std::vector<std::string> day_halves;                // am, pm
};
// As they stand within a date ("8 de diciembre"), not alone.
DateNames date_names(const icu::Locale& locale);

class DatePattern {
 public:
  // Letters: y, M to MMMM, d, dd, E to EEEE, H, HH, h, hh, m, mm, a; text in single quotes. None when there are others.
  static std::optional<DatePattern> parse(std::string_view pattern);

  // `local` is the clock of the place, as if it were UTC.
  std::string format(const DateNames& names, Instant local) const;

 private:
  enum class Field {
    literal,
    year,
    month,
    month_padded,
    month_short,
    month_name,
    day,
    day_padded,
    weekday_short,
    weekday_name,
    hour,
    hour_padded,
    half_hour,
    half_hour_padded,
    minute,
    minute_padded,
    day_half
  };
  struct Piece {
    Field field{};
    std::string literal;
  };
  static std::optional<Field> field_of(char letter, std::size_t count);

  std::vector<Piece> pieces_;
};

}  // namespace waymark::catalogue
