#include "catalogue/date_pattern.hpp"

#include <gtest/gtest.h>
#include <unicode/smpdtfmt.h>

#include "catalogue/icu_text.hpp"

namespace waymark::catalogue {
namespace {

std::string by_icu(std::string_view pattern, const icu::Locale& locale, Instant at) {
  UErrorCode status = U_ZERO_ERROR;
  icu::SimpleDateFormat format(to_icu(pattern), locale, status);
  format.setTimeZone(*icu::TimeZone::getGMT());
  icu::UnicodeString out;
  format.format(static_cast<UDate>(to_millis(at)), out);
  return to_utf8(out);
}

// Every pattern, language and hour gives what ICU gives: it is faster, not different.
TEST(DatePattern, WritesWhatIcuWrites) {
  const std::string_view patterns[] = {"EEEE, d MMMM y", "EEE d MMM, h:mm a", "EEEE, d 'de' MMMM 'de' y",
                                       "dd.MM.y HH:mm",  "M/d/y, hh:mm a",    "H 'o''clock' ''y'' m"};
  const Instant start = *parse_iso_instant("2027-12-28T00:07:00Z");
  for (const char* language : {"en-GB", "es-US", "fr", "am", "vi"}) {
    const icu::Locale locale = icu::Locale::createCanonical(language);
    const DateNames names = date_names(locale);
    for (const std::string_view pattern : patterns) {
      const auto parsed = DatePattern::parse(pattern);
      ASSERT_TRUE(parsed.has_value()) << pattern;
      for (int step = 0; step < 120; ++step) {
        const Instant at = start + std::chrono::hours{step * 79};
        ASSERT_EQ(parsed->format(names, at), by_icu(pattern, locale, at)) << language << " " << pattern;
      }
    }
  }
}

TEST(DatePattern, LeavesOtherLettersToIcu) {
  for (const char* pattern : {"G y", "LLLL y", "EEEEE", "MMMMM", "h:mm B", "yy", "ss"}) {
    EXPECT_FALSE(DatePattern::parse(pattern).has_value()) << pattern;
  }
}

}  // namespace
}  // namespace waymark::catalogue
