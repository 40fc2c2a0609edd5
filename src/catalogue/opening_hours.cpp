#include "catalogue/opening_hours.hpp"

#include <algorithm>

#include "catalogue/words.hpp"

namespace waymark::catalogue {
namespace {

constexpr int kDaysAhead = 28;

Instant moment(Date day, int minutes, std::string_view zone) {
  constexpr int kDay = 24 * 60;
  // Open until midnight is open until the next day begins.
  if (minutes == kDay) return instant_in_zone(Date{to_days(day) + std::chrono::days{1}}, 0, 0, zone);
  return instant_in_zone(day, minutes / 60, minutes % 60, zone);
}

}  // namespace

bool OpeningHours::empty() const { return std::ranges::all_of(by_weekday, &OpenSpan::is_closed); }

const Holiday* OpeningHours::find_holiday(Date day) const {
  const auto found = std::ranges::find(holidays, day, &Holiday::day);
  return found == holidays.end() ? nullptr : &*found;
}

OpenSpan OpeningHours::on(Date day) const {
  if (find_holiday(day) != nullptr) return {};
  return by_weekday[std::chrono::weekday{to_days(day)}.iso_encoding() - 1];
}

Opening opening_at(const OpeningHours& hours, Instant now, std::string_view zone) {
  const Date today = day_in_zone(now, zone);
  Opening opening{.holiday = hours.find_holiday(today)};
  for (int ahead = 0; ahead < kDaysAhead; ++ahead) {
    const Date day{to_days(today) + std::chrono::days{ahead}};
    const auto span = hours.on(day);
    if (span.is_closed()) continue;
    const auto opens = moment(day, span.opens, zone);
    const auto closes = moment(day, span.closes, zone);
    if (now >= closes) continue;
    if (now >= opens) {
      opening.is_open = true;
      opening.closes_at = closes;
    } else {
      opening.opens_next_at = opens;
    }
    return opening;
  }
  return opening;
}

}  // namespace waymark::catalogue
