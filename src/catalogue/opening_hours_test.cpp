#include "catalogue/opening_hours.hpp"

#include <gtest/gtest.h>

#include "catalogue/words.hpp"

namespace waymark::catalogue {
namespace {

constexpr std::string_view kZone = "America/New_York";

class OpeningHoursTest : public testing::Test {
 protected:
  void SetUp() override {
    for (std::size_t day = 0; day < 5; ++day) hours_.by_weekday[day] = {8 * 60, 18 * 60};
    hours_.holidays.push_back({*parse_iso_date("2026-11-26"), {{{"en", "Thanksgiving"}}}});
  }
  static Instant at(std::string_view day, int hour, int minute = 0) {
    return instant_in_zone(*parse_iso_date(day), hour, minute, kZone);
  }
  Opening opening(std::string_view day, int hour, int minute = 0) {
    return opening_at(hours_, at(day, hour, minute), kZone);
  }
  OpeningHours hours_;
};

TEST_F(OpeningHoursTest, AreOpenFromTheFirstMinuteToTheLast) {
  EXPECT_FALSE(opening("2026-11-25", 7, 59).is_open);
  EXPECT_EQ(opening("2026-11-25", 7, 59).opens_next_at, at("2026-11-25", 8));
  EXPECT_TRUE(opening("2026-11-25", 8).is_open);
  EXPECT_EQ(opening("2026-11-25", 17, 59).closes_at, at("2026-11-25", 18));
  EXPECT_FALSE(opening("2026-11-25", 18).is_open);
}

TEST_F(OpeningHoursTest, NameTheHolidayAndTheNextOpenDay) {
  const auto holiday = opening("2026-11-26", 12);
  EXPECT_FALSE(holiday.is_open);
  ASSERT_NE(holiday.holiday, nullptr);
  EXPECT_EQ(holiday.holiday->name.in("en"), "Thanksgiving");
  EXPECT_EQ(holiday.opens_next_at, at("2026-11-27", 8));
  EXPECT_EQ(opening("2026-11-25", 19).opens_next_at, at("2026-11-27", 8));
  EXPECT_EQ(opening("2026-11-25", 19).holiday, nullptr) << "it is not today";
  EXPECT_EQ(opening("2026-11-27", 19).opens_next_at, at("2026-11-30", 8)) << "after the weekend";
}

// The clocks go back on the night to 1 November 2026: eight in the morning stays eight.
TEST_F(OpeningHoursTest, KeepTheClockOfThePlace) {
  EXPECT_EQ(to_iso(*opening("2026-10-30", 19).opens_next_at), "2026-11-02T13:00:00Z");
  EXPECT_EQ(to_iso(*opening("2026-10-29", 19).opens_next_at), "2026-10-30T12:00:00Z");
}

TEST_F(OpeningHoursTest, MayLastUntilMidnight) {
  hours_.by_weekday[2] = {0, 24 * 60};
  EXPECT_TRUE(opening("2026-11-25", 23, 59).is_open);
  EXPECT_EQ(opening("2026-11-25", 23, 59).closes_at, at("2026-11-26", 0));
}

TEST_F(OpeningHoursTest, AreNoneWhereNothingIsSaid) {
  EXPECT_TRUE(OpeningHours{}.empty());
  EXPECT_FALSE(hours_.empty());
  const auto never = opening_at({}, at("2026-11-25", 12), kZone);
  EXPECT_FALSE(never.is_open);
  EXPECT_FALSE(never.opens_next_at);
}

}  // namespace
}  // namespace waymark::catalogue
