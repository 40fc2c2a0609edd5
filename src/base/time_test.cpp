#include "base/time.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace waymark {
namespace {

using namespace std::chrono;

TEST(Time, WritesDatesAndMoments) {
  EXPECT_EQ(to_iso(Date{2026y / November / 3}), "2026-11-03");
  EXPECT_EQ(to_iso(Instant{sys_days{2026y / November / 23} + 9h + 40min}), "2026-11-23T09:40:00Z");
  EXPECT_EQ(to_iso(Instant{sys_days{2026y / November / 23} + 7ms}), "2026-11-23T00:00:00.007Z");
}

TEST(Time, RefusesDaysThatDoNotExist) {
  EXPECT_EQ(parse_iso_date("2024-02-29"), Date{2024y / February / 29});
  for (const auto* text :
       {"2023-02-29", "2100-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-4-3", "0999-01-01", "2026-04-03 ",
        " 2026-04-03", "26-04-03", "2026/04/03", "2026-04-0x", "", "+026-04-03"}) {
    EXPECT_FALSE(parse_iso_date(text)) << text;
  }
}

TEST(Time, ReadsRfc3339) {
  const Instant expected{sys_days{2026y / November / 23} + 9h + 40min + 1s};
  EXPECT_EQ(parse_iso_instant("2026-11-23T09:40:01Z"), expected);
  EXPECT_EQ(parse_iso_instant("2026-11-23T04:40:01-05:00"), expected);
  EXPECT_EQ(parse_iso_instant("2026-11-24T00:10:01.000+14:30"), expected);
  EXPECT_EQ(parse_iso_instant("2026-11-23T09:40:01.25Z"), expected + 250ms);
  EXPECT_EQ(parse_iso_instant("2026-11-23T09:40:01.123456789Z"), expected + 123ms);
}

TEST(Time, RefusesOtherMoments) {
  for (const auto* text :
       {"2026-11-23", "2026-11-23T09:40:01", "2026-11-23 09:40:01Z", "2026-11-23T24:00:00Z", "2026-11-23T09:60:00Z",
        "2026-11-23T09:40:60Z", "2026-11-23T09:40:01.Z", "2026-11-23T09:40:01.1234567890Z", "2026-11-23T09:40:01+5:00",
        "2026-11-23T09:40:01Zx", "1969-12-31T23:59:59Z", "1970-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01"}) {
    EXPECT_FALSE(parse_iso_instant(text)) << text;
  }
}

RC_GTEST_PROP(Time, DatesReadBackAsTheyWereWritten, ()) {
  const auto day = sys_days{days{*rc::gen::inRange(-354285, 2932896)}};  // 1000-01-01 to 9999-12-31
  RC_ASSERT(parse_iso_date(to_iso(to_date(day))) == to_date(day));
  RC_ASSERT(to_days(to_date(day)) == day);
}

RC_GTEST_PROP(Time, MomentsReadBackAsTheyWereWritten, ()) {
  const auto instant = from_millis(*rc::gen::inRange<std::int64_t>(0, 253402300799999));
  RC_ASSERT(parse_iso_instant(to_iso(instant)) == instant);
  RC_ASSERT(from_millis(to_millis(instant)) == instant);
}

TEST(Time, TheUtcDayIsTheOneBeforeMidnight) {
  EXPECT_EQ(utc_date(Instant{sys_days{2026y / March / 1}} - 1ms), (Date{2026y / February / 28}));
}

}  // namespace
}  // namespace waymark
