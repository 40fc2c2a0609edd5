#include "catalogue/read_hours.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

namespace waymark::catalogue {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class ReadHours : public testing::Test {
 protected:
  OpeningHours hours_;
  std::vector<std::string> problems(const std::string& content) {
    std::vector<CatalogueProblem> problems;
    const auto value = boost::json::parse(content);
    ProblemSink sink("brand.json", content, problems);
    JsonObject object(value, "", "", sink);
    hours_ = read_hours(object);
    std::vector<std::string> lines;
    for (const auto& one : problems) lines.push_back(fmt::format("{}: {}", one.line, one.reason));
    return lines;
  }
};

TEST_F(ReadHours, TakesWeekdaysAndHolidays) {
  ASSERT_THAT(problems(R"({"opening_hours": {"monday": "08:30-18:00", "sunday": "00:00-24:00"},
    "holidays": [{"date": "2026-11-26", "name": {"en": "Thanksgiving"}}, {"date": "2026-12-25", "name": {"en": "C"}}]})"),
              IsEmpty());
  EXPECT_EQ(hours_.by_weekday[0].opens, 510);
  EXPECT_EQ(hours_.by_weekday[0].closes, 1080);
  EXPECT_TRUE(hours_.by_weekday[1].is_closed());
  EXPECT_EQ(hours_.by_weekday[6].closes, 1440);
  EXPECT_NE(hours_.find_holiday(*parse_iso_date("2026-12-25")), nullptr);
}

TEST_F(ReadHours, MayBeLeftOut) {
  EXPECT_THAT(problems("{}"), IsEmpty());
  EXPECT_TRUE(hours_.empty());
}

TEST_F(ReadHours, RefusesWhatIsNoTime) {
  for (const auto* wrong :
       {"8:00-18:00", "08:00", "18:00-08:00", "08:00-08:00", "08:60-18:00", "08:00-24:01", "a", ""}) {
    EXPECT_THAT(problems(fmt::format("{{\"opening_hours\": {{\"monday\": \"{}\"}}}}", wrong)), testing::Not(IsEmpty()))
        << wrong;
  }
  EXPECT_THAT(problems("{\"opening_hours\":\n{\"someday\": \"08:00-18:00\"}}"),
              ElementsAre("2: opening_hours/someday is no weekday"));
}

TEST_F(ReadHours, WantsHolidaysInTheirOrderWithNames) {
  const std::string hours = "{\"opening_hours\": {\"monday\": \"08:00-18:00\"}, \"holidays\": [\n";
  EXPECT_THAT(problems(hours + "{\"date\": \"2026-12-25\", \"name\": {\"en\": \"C\"}},\n"
                               "{\"date\": \"2026-11-26\", \"name\": {\"en\": \"T\"}}]}"),
              ElementsAre("3: holidays: date does not stand in the order of days"));
  EXPECT_THAT(problems(hours + "{\"date\": \"2026-02-30\", \"name\": {\"en\": \"C\"}}]}"),
              ElementsAre("2: holidays: date is no day of the form \"2026-11-26\""));
  EXPECT_THAT(problems(hours + "{\"date\": \"2026-12-25\", \"name\": {\"es\": \"C\"}}]}"), testing::SizeIs(1));
  EXPECT_THAT(problems("{\"holidays\": [{\"date\": \"2026-12-25\", \"name\": {\"en\": \"C\"}}]}"),
              ElementsAre("1: holidays mean nothing without opening_hours"));
}

}  // namespace
}  // namespace waymark::catalogue
