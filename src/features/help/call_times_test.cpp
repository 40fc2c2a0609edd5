#include "features/help/call_times.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catalogue/words.hpp"

namespace waymark::help {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::string_view kZone = "America/New_York";
constexpr catalogue::OpenSpan kOffice{8 * 60, 18 * 60};

catalogue::OpeningHours weekdays() {
  catalogue::OpeningHours hours;
  for (std::size_t day = 0; day < 5; ++day) hours.by_weekday[day] = kOffice;
  hours.holidays.push_back({*parse_iso_date("2026-11-26"), {{{"en", "Thanksgiving"}}}});
  return hours;
}

std::vector<std::string> names(const catalogue::OpeningHours& hours, std::string_view day, int hour, int minute = 0) {
  std::vector<std::string> out;
  for (const auto& time :
       list_call_times(hours, catalogue::instant_in_zone(*parse_iso_date(day), hour, minute, kZone), kZone))
    out.push_back(time.name);
  return out;
}

TEST(CallTimes, AreThePartsOfTheNextFiveOpenDays) {
  // From Wednesday before a holiday: the holiday and the weekend are left out.
  EXPECT_THAT(names(weekdays(), "2026-11-25", 7),
              ElementsAre("2026-11-25-morning", "2026-11-25-afternoon", "2026-11-25-evening", "2026-11-27-morning",
                          "2026-11-27-afternoon", "2026-11-27-evening", "2026-11-30-morning", "2026-11-30-afternoon",
                          "2026-11-30-evening", "2026-12-01-morning", "2026-12-01-afternoon", "2026-12-01-evening",
                          "2026-12-02-morning", "2026-12-02-afternoon", "2026-12-02-evening"));
}

TEST(CallTimes, LieWithinTheHoursOfTheirDay) {
  auto hours = weekdays();
  hours.by_weekday[2] = {9 * 60 + 30, 13 * 60};
  const auto now = catalogue::instant_in_zone(*parse_iso_date("2026-11-25"), 0, 0, kZone);
  const auto times = list_call_times(hours, now, kZone);
  ASSERT_GE(times.size(), 2U);
  EXPECT_EQ(times[0].from, catalogue::instant_in_zone(*parse_iso_date("2026-11-25"), 9, 30, kZone));
  EXPECT_EQ(times[0].until, catalogue::instant_in_zone(*parse_iso_date("2026-11-25"), 12, 0, kZone));
  EXPECT_EQ(times[1].until, catalogue::instant_in_zone(*parse_iso_date("2026-11-25"), 13, 0, kZone));
  EXPECT_EQ(times[2].name, "2026-11-27-morning");
}

TEST(CallTimes, EndWithAnHoursNotice) {
  EXPECT_EQ(names(weekdays(), "2026-11-25", 11).front(), "2026-11-25-morning");
  EXPECT_EQ(names(weekdays(), "2026-11-25", 11, 1).front(), "2026-11-25-afternoon");
  EXPECT_EQ(names(weekdays(), "2026-11-25", 17, 1).front(), "2026-11-27-morning");
}

TEST(CallTimes, AreNoneWhereTheHoursAreNotKnown) { EXPECT_THAT(names({}, "2026-11-25", 9), IsEmpty()); }

}  // namespace
}  // namespace waymark::help
