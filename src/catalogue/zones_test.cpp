// What is kept of a zone between two changes of its clocks, beside what ICU says of each moment.
#include "catalogue/zones.hpp"

#include <gtest/gtest.h>

#include "catalogue/words.hpp"

namespace waymark::catalogue {
namespace {

Instant clock_by_icu(Instant at, std::string_view zone) {
  std::int32_t raw = 0;
  std::int32_t saving = 0;
  UErrorCode status = U_ZERO_ERROR;
  zone_named(zone).getOffset(static_cast<UDate>(to_millis(at)), 0, raw, saving, status);
  return at + std::chrono::milliseconds{raw + saving};
}

constexpr std::string_view kZones[] = {"America/New_York",    "Pacific/Honolulu",  "Asia/Kolkata",
                                       "Australia/Lord_Howe", "Africa/Casablanca", "Etc/UTC"};

TEST(LocalClock, IsIcusThroughTheYears) {
  constexpr std::chrono::hours kStep{5 * 24 + 7};
  const auto until = *parse_iso_instant("2031-01-01T00:00:00Z");
  for (const auto zone : kZones) {
    for (auto at = *parse_iso_instant("1999-12-31T23:00:00Z"); at < until; at += kStep)
      ASSERT_EQ(local_clock(at, zone), clock_by_icu(at, zone)) << zone << " " << to_millis(at);
  }
}

// To the millisecond, and also when it comes from the other side; 2026 has its changes on 8 March and 1 November.
TEST(LocalClock, ChangesWithTheClocksOfTheZone) {
  constexpr std::string_view kZone = "America/New_York";
  for (const auto change : {*parse_iso_instant("2026-03-08T07:00:00Z"), *parse_iso_instant("2026-11-01T06:00:00Z")}) {
    for (const int after : {-1, 0, 1, 0, -1, 3'600'000, -3'600'000, -1, 0}) {
      const auto at = change + std::chrono::milliseconds{after};
      EXPECT_EQ(local_clock(at, kZone), clock_by_icu(at, kZone)) << to_millis(at);
    }
  }
  EXPECT_EQ(hour_in_zone(*parse_iso_instant("2026-03-08T06:59:59Z"), kZone), 1);
  EXPECT_EQ(hour_in_zone(*parse_iso_instant("2026-03-08T07:00:00Z"), kZone), 3);
}

}  // namespace
}  // namespace waymark::catalogue
