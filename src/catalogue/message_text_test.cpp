#include "catalogue/message_text.hpp"

#include <gtest/gtest.h>

#include "catalogue/icu_text.hpp"

namespace waymark::catalogue {
namespace {

std::string by_icu(const char* language, std::string_view pattern, std::int64_t count) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::MessageFormat format(to_icu(pattern), icu::Locale(language), status);
  const icu::UnicodeString names[] = {"count", "form"};
  const icu::Formattable values[] = {icu::Formattable(count), icu::Formattable("I-765")};
  icu::UnicodeString out;
  format.format(names, values, 2, out, status);
  require_icu(status, "test");
  return to_utf8(out);
}

std::string ours(const char* language, std::string_view pattern, std::int64_t count) {
  const MessageText text(icu::Locale(language), pattern);
  const Argument arguments[] = {{"count", count}, {"form", "I-765"}};
  return text.format(arguments, [](std::int64_t number) { return std::to_string(number); });
}

TEST(MessageText, PutsPluralsTogetherAsIcuDoes) {
  constexpr std::string_view kPatterns[] = {
      "{count, plural, =0 {none} one {# case} other {# cases}} of {form}",
      "{form}: {count, plural, one {it''s one} two {a pair} few {a few, #} many {many, #} other {#, for {form}}}",
      "{count, plural, other {'{'#'}' always}}",
      "{count, plural, =7 {seven} other {# and #}}!",
  };
  for (const auto pattern : kPatterns) {
    for (const auto* language : {"en", "es", "pl", "ja"}) {
      for (const std::int64_t count : {0, 1, 2, 3, 5, 7, 11, 21, 22, 99, 100, 101, 102, 122, 999, -1}) {
        EXPECT_EQ(ours(language, pattern, count), by_icu(language, pattern, count)) << language << ' ' << pattern;
      }
    }
  }
}

TEST(MessageText, ChoosesByTheRulesOfTheLanguage) {
  constexpr std::string_view kPattern =
      "{count, plural, zero {zero} one {one} two {two} few {few} many {many} other {other}}";
  EXPECT_EQ(ours("ar", kPattern, 0), "zero");
  EXPECT_EQ(ours("ar", kPattern, 2), "two");
  EXPECT_EQ(ours("ar", kPattern, 103), "few");
  EXPECT_EQ(ours("ar", kPattern, 111), "many");
  EXPECT_EQ(ours("pl", kPattern, 22), "few");
  EXPECT_EQ(ours("pl", kPattern, 112), "many");
}

TEST(MessageText, LeavesToIcuWhatPiecesCannotSay) {
  EXPECT_EQ(ours("en", "{count, plural, offset:1 =1 {you} one {you and # other} other {you and # others}}", 3),
            "you and 2 others");
  EXPECT_EQ(ours("en", "{form, select, other {{count, plural, one {# one} other {# others}}}}", 1), "1 one");
}

}  // namespace
}  // namespace waymark::catalogue
