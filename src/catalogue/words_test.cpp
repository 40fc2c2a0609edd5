#include "catalogue/words.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

namespace waymark::catalogue {
namespace {

using testing::HasSubstr;

constexpr std::string_view kEnglish = R"json({
  "words.language.own_name": "English",
  "words.language.icu_locale": "en-GB",
  "words.pattern.long_date": "EEEE, d MMMM y",
  "words.pattern.short_date": "d MMM y",
  "words.pattern.time": "h:mm a",
  "words.pattern.short_date_time": "EEE d MMM, h:mm a",
  "words.date.time_at_place": "{date}, {time} ({place} time)",
  "demo.plain": "Don't worry",
  "demo.braces": "A '{'brace'}'",
  "demo.hello": "Hello {name}, you have {count} cases",
  "demo.documents": "{count, plural, one {Send # document} other {Send # documents}} for {form}",
  "demo.who": "{role, select, applicant {You applied} other {Somebody applied}}"
})json";
constexpr std::string_view kSpanish = R"json({
  "words.language.own_name": "Español",
  "words.language.icu_locale": "es-US",
  "words.pattern.long_date": "EEEE, d 'de' MMMM 'de' y",
  "words.pattern.short_date": "d MMM y",
  "words.pattern.time": "h:mm a",
  "words.pattern.short_date_time": "EEE d MMM, h:mm a",
  "words.date.time_at_place": "{date}, {time} (hora de {place})",
  "demo.plain": "No se preocupe",
  "demo.braces": "Una '{'llave'}'",
  "demo.hello": "Hola, {name}: tiene {count} casos",
  "demo.documents": "{count, plural, one {Envíe # documento} other {Envíe # documentos}} para {form}",
  "demo.who": "{role, select, applicant {Usted presentó} other {Alguien presentó}}"
})json";

Words words_of(std::string_view english, std::string_view spanish) {
  const Words::File files[] = {{"locales/es.json", spanish}, {"locales/en.json", english}};
  return Words(files, true);
}

std::string problem_of(std::string_view english, std::string_view spanish) {
  try {
    words_of(english, spanish);
  } catch (const std::runtime_error& wrong) {
    return wrong.what();
  }
  return "none";
}

class WordsTest : public testing::Test {
 protected:
  const Words words_ = words_of(kEnglish, kSpanish);
  const Locale& en_ = words_.english();
  const Locale& es_ = *words_.find("es");
  const Instant evening_ = *parse_iso_instant("2026-12-08T14:40:00Z");
  const Date friday_ = *parse_iso_date("2026-12-18");
};

TEST_F(WordsTest, APlainMessageIsAView) {
  EXPECT_EQ(en_.text("demo.plain"), "Don't worry");
  EXPECT_EQ(en_.text("demo.plain").data(), en_.text("demo.plain").data());
  EXPECT_EQ(en_.text("demo.braces"), "A {brace}");
  EXPECT_TRUE(en_.has("demo.plain"));
  EXPECT_FALSE(en_.has("demo.missing"));
}

TEST_F(WordsTest, PlaceholdersAreFilled) {
  EXPECT_EQ(en_.text("demo.hello", {{"name", "Ana {x}"}, {"count", 1250}}), "Hello Ana {x}, you have 1,250 cases");
  EXPECT_EQ(es_.text(Message{"demo.hello", {{"count", "2"}, {"name", "Ana"}}}), "Hola, Ana: tiene 2 casos");
}

TEST_F(WordsTest, PluralsFollowTheNumberAlsoWhenItComesAsText) {
  EXPECT_EQ(en_.text("demo.documents", {{"count", 1}, {"form", "I-765"}}), "Send 1 document for I-765");
  EXPECT_EQ(es_.text(Message{"demo.documents", {{"count", "2"}, {"form", "I-765"}}}), "Envíe 2 documentos para I-765");
  EXPECT_EQ(es_.text("demo.who", {{"role", "applicant"}}), "Usted presentó");
}

TEST_F(WordsTest, DatesNameTheWeekdayAndTheCity) {
  EXPECT_EQ(en_.long_date(friday_), "Friday, 18 December 2026");
  EXPECT_EQ(es_.long_date(friday_), "viernes, 18 de diciembre de 2026");
  EXPECT_EQ(en_.short_date(friday_), "18 Dec 2026");
  EXPECT_EQ(en_.long_date_time(evening_, "America/New_York"), "Tuesday, 8 December 2026, 9:40 am (New York time)");
  EXPECT_EQ(en_.short_date_time(evening_, "America/New_York"), "Tue 8 Dec, 9:40 am");
  EXPECT_THAT(es_.long_date_time(evening_, "America/New_York"),
              testing::AllOf(HasSubstr("martes, 8 de diciembre de 2026, 9:40"), HasSubstr("(hora de Nueva York)")));
}

TEST_F(WordsTest, DaysAreCountedInTheZoneNotInUtc) {
  const Instant late = *parse_iso_instant("2026-12-09T02:00:00Z");  // still the 8th in New York
  EXPECT_EQ(en_.relative_day(late, evening_, "America/New_York"), "today");
  EXPECT_EQ(en_.relative_day(late, evening_, "Etc/UTC"), "tomorrow");
  EXPECT_EQ(en_.relative_day(evening_, late, "Etc/UTC"), "yesterday");
  EXPECT_EQ(en_.relative_day(evening_ - std::chrono::days{3}, evening_, "Etc/UTC"), "3 days ago");
  EXPECT_EQ(es_.relative_day(evening_ + std::chrono::days{25}, evening_, "Etc/UTC"), "dentro de 25 días");
  EXPECT_EQ(en_.relative_day(evening_ + std::chrono::days{31}, evening_, "Etc/UTC"), "8 Jan 2027");
}

TEST_F(WordsTest, LengthsOfTimeHaveTwoUnitsAtMost) {
  using std::chrono::seconds;
  EXPECT_EQ(en_.duration(seconds{900}), "15 minutes");
  EXPECT_EQ(en_.duration(seconds{4200}), "1 hour 10 minutes");
  EXPECT_EQ(en_.duration(seconds{40}), "40 seconds");
  EXPECT_EQ(en_.duration(seconds{61}), "2 minutes");
  EXPECT_EQ(en_.duration(seconds{3599}), "1 hour");
  EXPECT_EQ(en_.duration(seconds{90000}), "1 day 1 hour");
  EXPECT_EQ(en_.duration(seconds{-5}), "0 seconds");
  EXPECT_EQ(es_.duration(seconds{4200}), "1 hora 10 minutos");
}

TEST_F(WordsTest, ListsAndNumbersFollowTheLanguage) {
  const std::string items[] = {"a", "b", "c"};
  EXPECT_EQ(en_.list(items), "a, b and c");
  EXPECT_EQ(es_.list(items), "a, b y c");
  EXPECT_EQ(en_.number(1234567), "1,234,567");
  EXPECT_EQ(en_.number(-7), "-7");
}

TEST_F(WordsTest, TheLanguageIsThePersonsThenTheBrowsersThenTheFallback) {
  EXPECT_EQ(words_.choose("es", "en", "en").tag(), "es");
  EXPECT_EQ(words_.choose("", "fr, es-MX;q=0.8, en;q=0.5", "en").tag(), "es");
  EXPECT_EQ(words_.choose("", "es;q=0.2, en;q=0.9", "es").tag(), "en");
  EXPECT_EQ(words_.choose("", "es;q=0, fr", "en").tag(), "en");
  EXPECT_EQ(words_.choose("", "EN-us", "es").tag(), "en");
  EXPECT_EQ(words_.choose("xx", ";;q=,,=;q=9", "es").tag(), "es");
  EXPECT_EQ(words_.choose("", "", "fr").tag(), "en");
}

TEST_F(WordsTest, ThePseudoLanguagesAreNotOffered) {
  const auto listed = words_.list();
  ASSERT_EQ(listed.size(), 2U);
  EXPECT_EQ(listed[0]->tag(), "en");
  EXPECT_EQ(listed[1]->own_name(), "Español");
  EXPECT_NE(words_.find("en-XA"), nullptr);
  const Words::File only[] = {{"locales/en.json", kEnglish}};
  EXPECT_EQ(Words(only, false).find("en-XA"), nullptr);
}

TEST_F(WordsTest, TheLongerPseudoLanguageKeepsPlaceholdersAndSyntax) {
  const Locale& longer = *words_.find("en-XA");
  EXPECT_EQ(longer.text("demo.plain"), "[Dóóñ't wóórrý]");
  EXPECT_EQ(longer.text("demo.documents", {{"count", 2}, {"form", "I-765"}}), "[Šééñd 2 dóóçúúmééñtš fóór I-765]");
  EXPECT_EQ(longer.long_date(friday_), "Friday, 18 December 2026");
}

TEST_F(WordsTest, TheOtherPseudoLanguageRunsRightToLeft) {
  const Locale& turned = *words_.find("en-XB");
  EXPECT_EQ(turned.direction(), "rtl");
  EXPECT_EQ(turned.text("demo.hello", {{"name", "Ana"}, {"count", 1}}),
            "\u202EHello\u202C Ana, \u202Eyou\u202C \u202Ehave\u202C 1 \u202Ecases\u202C");
}

TEST_F(WordsTest, SeveralThreadsMayFormatAtOnce) {
  std::atomic<int> right{0};
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int round = 0; round < 200; ++round) {
        if (en_.text("demo.documents", {{"count", round}, {"form", "x"}}).starts_with("Send ") &&
            en_.long_date(friday_) == "Friday, 18 December 2026") {
          ++right;
        }
      }
    });
  }
  threads.clear();
  EXPECT_EQ(right, 800);
}

TEST(WordsLoading, SaysFileKeyAndReasonOfEveryProblem) {
  const std::string problem =
      problem_of(R"({"a.one": "One {name}", "a.two": "Two"})", R"({"a.one": "Uno {nombre}", "a.three": "Tres"})");
  EXPECT_THAT(problem, HasSubstr("locales/es.json: a.two: is missing"));
  EXPECT_THAT(problem, HasSubstr("locales/es.json: a.three: is unknown"));
  EXPECT_THAT(problem, HasSubstr("locales/es.json: a.one: has the placeholders {nombre}; English has {name}"));
}

TEST(WordsLoading, RefusesBrokenSyntax) {
  EXPECT_THAT(problem_of(R"({"a.one": "One {name"})", R"({"a.one": "Uno {name}"})"),
              HasSubstr("locales/en.json: a.one: not ICU MessageFormat"));
  EXPECT_THAT(problem_of(R"({"a.one": "{n, plural, one {x}}"})", R"({"a.one": "{n, plural, one {x} other {y}}"})"),
              HasSubstr("locales/en.json: a.one: not ICU MessageFormat"));
  EXPECT_THAT(problem_of("{\n\"a.one\": ,\n}", "{}"), HasSubstr("locales/en.json: 2: not JSON here"));
  EXPECT_THAT(problem_of(R"({"a.one": "x", "a.one": "y"})", R"({"a.one": "x"})"), HasSubstr("a.one: stands twice"));
  EXPECT_THAT(problem_of(R"({"a.one": 1})", R"({"a.one": "x"})"), HasSubstr("a.one: is not a text"));
}

TEST(WordsLoading, NeedsEnglish) {
  const Words::File only[] = {{"locales/es.json", "{}"}};
  EXPECT_THROW(Words(only, false), std::runtime_error);
}

TEST(WordsDeathTest, AMissingKeyIsABrokenPromise) {
  const Words words = words_of(kEnglish, kSpanish);
  EXPECT_DEATH(static_cast<void>(words.english().text("demo.missing")), "demo.missing");
  EXPECT_DEATH(static_cast<void>(words.english().text("demo.hello", {{"name", "Ana"}})), "count");
}

TEST(Zones, ADayBelongsToThePlace) {
  const Instant at = *parse_iso_instant("2026-03-08T06:59:00Z");
  EXPECT_EQ(day_in_zone(at, "America/New_York"), *parse_iso_date("2026-03-08"));
  EXPECT_EQ(hour_in_zone(at, "America/New_York"), 1);
  EXPECT_EQ(day_in_zone(at, "America/Los_Angeles"), *parse_iso_date("2026-03-07"));
  EXPECT_EQ(day_in_zone(from_millis(-1), "Etc/UTC"), *parse_iso_date("1969-12-31"));
}

TEST(Zones, LocalTimesThatAClockChangeSkipsOrDoublesAreReadByTheClockBefore) {
  const auto at = [](std::string_view day, int hour, int minute) {
    return to_iso(instant_in_zone(*parse_iso_date(day), hour, minute, "America/New_York"));
  };
  EXPECT_EQ(at("2026-12-08", 9, 40), "2026-12-08T14:40:00Z");
  EXPECT_EQ(at("2026-03-08", 2, 30), "2026-03-08T07:30:00Z");
  EXPECT_EQ(at("2026-11-01", 1, 30), "2026-11-01T05:30:00Z");
}

TEST(Zones, OnlyIanaNamesCount) {
  EXPECT_TRUE(is_time_zone("America/New_York"));
  EXPECT_TRUE(is_time_zone("Etc/UTC"));
  EXPECT_FALSE(is_time_zone("GMT+3"));
  EXPECT_FALSE(is_time_zone("Mars/Olympus"));
  EXPECT_FALSE(is_time_zone(""));
  EXPECT_THROW(day_in_zone(from_millis(0), "Mars/Olympus"), std::runtime_error);
}

}  // namespace
}  // namespace waymark::catalogue
