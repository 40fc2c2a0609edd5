#include "catalogue/demo_dates.hpp"

#include <gtest/gtest.h>

namespace waymark::catalogue {
namespace {

std::string on_23_november(std::string_view text) {
  return with_demo_dates(text, *parse_iso_date("2026-11-23"), "America/New_York");
}

TEST(DemoDates, OffsetsBecomeDaysAndMoments) {
  EXPECT_EQ(on_23_november(R"({"a":"today","b":"today-30","c":"today+25"})"),
            R"({"a":"2026-11-23","b":"2026-10-24","c":"2026-12-18"})");
  EXPECT_EQ(on_23_november(R"("today+15T09:40" "today-120T09:40" "todayT00:05")"),
            R"("2026-12-08T14:40:00Z" "2026-07-26T13:40:00Z" "2026-11-23T05:05:00Z")");
}

TEST(DemoDates, EverythingElseStaysAsItIs) {
  for (const std::string_view text : {R"({"text":"today is a good day","x":"not today"})", "", "\"today", "é\n"}) {
    EXPECT_EQ(on_23_november(text), text);
  }
}

TEST(DemoDates, AnOffsetThatCannotBeReadNamesItsLine) {
  try {
    on_23_november("\"today\"\n\"today+x\"");
    FAIL();
  } catch (const DemoDateProblem& problem) {
    EXPECT_STREQ(problem.what(), "line 2: \"today+x\" is no day or moment");
  }
  EXPECT_THROW(on_23_november("\"today+1T25:00\""), DemoDateProblem);
  EXPECT_THROW(on_23_november("\"today+99999\""), DemoDateProblem);
}

}  // namespace
}  // namespace waymark::catalogue
