#include "features/help/call_times.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "catalogue/words.hpp"
#include "features/help/limits.hpp"

namespace waymark::help {
namespace {

constexpr int kDaysLookedAt = 28;

struct DayPart {
  std::string_view name;
  int from, until;  // minutes after midnight
};
constexpr DayPart kDayParts[] = {
    {"morning", 0, 12 * 60}, {"afternoon", 12 * 60, 17 * 60}, {"evening", 17 * 60, 24 * 60 - 1}};

}  // namespace

std::vector<CallTime> list_call_times(const catalogue::OpeningHours& hours, Instant now, std::string_view zone) {
  std::vector<CallTime> times;
  const Date today = catalogue::day_in_zone(now, zone);
  int days = 0;
  for (int ahead = 0; ahead < kDaysLookedAt && days < kCallDaysOffered; ++ahead) {
    const Date day{to_days(today) + std::chrono::days{ahead}};
    const auto span = hours.on(day);
    bool has_any = false;
    for (const auto& part : kDayParts) {
      const int from = std::max(part.from, span.opens);
      const int until = std::min(part.until, span.closes);
      if (from >= until) continue;
      const auto at = [&](int minutes) { return catalogue::instant_in_zone(day, minutes / 60, minutes % 60, zone); };
      if (at(until) < now + kCallNoticeMin) continue;
      times.push_back({fmt::format("{}-{}", to_iso(day), part.name), at(from), at(until)});
      has_any = true;
    }
    if (has_any) ++days;
  }
  return times;
}

}  // namespace waymark::help
