// When somebody answers: by weekday, and not on holidays. A place's own clock.
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "catalogue/translated.hpp"

namespace waymark::catalogue {

struct OpenSpan {
  int opens = 0, closes = 0;  // minutes after midnight; the same: closed
  bool is_closed() const { return opens == closes; }
};

struct Holiday {
  Date day{};
  Translated name;
};

struct OpeningHours {
  std::array<OpenSpan, 7> by_weekday{};  // Monday first
  std::vector<Holiday> holidays{};       // in their order

  bool empty() const;  // never open: nothing was said
  const Holiday* find_holiday(Date day) const;
  OpenSpan on(Date day) const;  // closed on a holiday
};
inline constexpr std::string_view kWeekdays[] = {"monday", "tuesday",  "wednesday", "thursday",
                                                 "friday", "saturday", "sunday"};

struct Opening {
  bool is_open = false;
  const Holiday* holiday = nullptr;        // today's
  std::optional<Instant> closes_at{};      // when it is open
  std::optional<Instant> opens_next_at{};  // when it is not; none within four weeks: closed for good
};
Opening opening_at(const OpeningHours& hours, Instant now, std::string_view zone);

}  // namespace waymark::catalogue
