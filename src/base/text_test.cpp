#include "base/text.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace waymark {
namespace {

using std::string_view_literals::operator""sv;

TEST(Text, RefusesBrokenUtf8AndNul) {
  EXPECT_TRUE(is_valid_utf8(""));
  EXPECT_TRUE(is_valid_utf8("María 李 😀"));
  EXPECT_FALSE(is_valid_utf8("a\0b"sv));
  EXPECT_FALSE(is_valid_utf8("\xC0\xAF"));      // overlong
  EXPECT_FALSE(is_valid_utf8("\xED\xA0\x80"));  // half a surrogate pair
  EXPECT_FALSE(is_valid_utf8("\xF4\x90\x80\x80"));
  EXPECT_FALSE(is_valid_utf8("abc\xE2\x82"));
}

TEST(Text, CountsCodePointsNotBytes) { EXPECT_EQ(count_code_points("ñ李😀a"), 4U); }

TEST(Text, ComposesToNfc) {
  EXPECT_EQ(to_nfc("Jose\u0301"), "José");
  EXPECT_EQ(to_nfc("plain"), "plain");
}

TEST(Text, TidiesALine) {
  EXPECT_EQ(tidy_line("  Ana\t\u00A0 Ruiz\r\n"), "Ana Ruiz");
  EXPECT_EQ(tidy_line("A\u202Enna\u2066 \x07Lee\u200B"), "Anna Lee");
  EXPECT_EQ(tidy_line("A\u0301\u2028B"), "Á B");
  EXPECT_EQ(tidy_line("می\u200Cخواهم"), "می\u200Cخواهم") << "a zero-width non-joiner is part of Persian spelling";
  EXPECT_EQ(tidy_line(" \u3000 "), "");
}

TEST(Text, FoldsNamesForComparing) {
  EXPECT_EQ(fold_name("José  NÚÑEZ-García"), "jose nunez garcia");
  EXPECT_EQ(fold_name("O’Brien"), fold_name("OBrien"));
  EXPECT_EQ(fold_name("O'Brien"), "obrien");
  EXPECT_EQ(fold_name("Straße"), "strasse");
  EXPECT_EQ(fold_name("Łukasz Øst Đorđe"), "lukasz ost dorde");
  EXPECT_EQ(fold_name("IŞIK ışık"), "isik isik");
  EXPECT_EQ(fold_name("ＡＢＣ１２"), "abc12");
  EXPECT_EQ(fold_name("..."), "");
}

TEST(Text, SplitsIntoOneMorePieceThanSeparators) {
  EXPECT_EQ(split("a,,b,", ','), (std::vector<std::string_view>{"a", "", "b", ""}));
  EXPECT_EQ(split("", ','), std::vector<std::string_view>{""});
}

TEST(Text, ParsesWholeIntegersOnly) {
  EXPECT_EQ(parse_integer("-42"), -42);
  EXPECT_EQ(parse_integer("9223372036854775807"), 9223372036854775807);
  for (const auto* text : {"", "+1", " 1", "1 ", "1.0", "0x1", "9223372036854775808", "-"}) {
    EXPECT_FALSE(parse_integer(text)) << text;
  }
}

TEST(Text, EncodesTheVectorsOfRfc4648) {
  EXPECT_EQ(to_base64("foobar"), "Zm9vYmFy");
  EXPECT_EQ(to_base64("fooba"), "Zm9vYmE=");
  EXPECT_EQ(to_base64("foob"), "Zm9vYg==");
  EXPECT_EQ(to_base64url("\xFB\xFF"), "-_8");
  EXPECT_EQ(to_base32("foobar"), "MZXW6YTBOI");
  EXPECT_EQ(to_base32("foob"), "MZXW6YQ");
  EXPECT_EQ(to_hex("\x01\xAB\xFF"), "01abff");
}

TEST(Text, DecodesOnlyTheOneTextThatEncodesTheBytes) {
  EXPECT_EQ(from_base64("Zm8="), "fo");
  for (const auto* text : {"Zm9", "Zm8", "Zm9=", "Z===", "Zm8=Zm8=", "Zm 8", "Zm8\n", "====", "-_8="}) {
    EXPECT_FALSE(from_base64(text)) << text;
  }
  for (const auto* text : {"Zm9=", "Z", "Zm+", "-_9"}) EXPECT_FALSE(from_base64url(text)) << text;
}

RC_GTEST_PROP(Text, EncodingsReturnTheirBytes, (const std::vector<std::uint8_t>& bytes)) {
  const std::string text(bytes.begin(), bytes.end());
  RC_ASSERT(from_base64(to_base64(text)) == text);
  RC_ASSERT(from_base64url(to_base64url(text)) == text);
}

RC_GTEST_PROP(Text, TidyingTwiceChangesNothing, (const std::vector<std::uint16_t>& units)) {
  std::string text;
  for (const unsigned unit : units) {
    if (unit >= 0xD800 && unit < 0xE000) continue;
    if (unit >= 0x800) {
      text += static_cast<char>(0xE0 | unit >> 12);
      text += static_cast<char>(0x80 | (unit >> 6 & 0x3F));
      text += static_cast<char>(0x80 | (unit & 0x3F));
    } else {
      text += static_cast<char>(unit & 0x7F);
    }
  }
  const auto once = tidy_line(text);
  RC_ASSERT(tidy_line(once) == once);
  RC_ASSERT(is_valid_utf8(once));
  RC_ASSERT(once.find('\n') == std::string::npos);
}

TEST(Text, ComparesInConstantTimeAndRightly) {
  EXPECT_TRUE(equals_in_constant_time("", ""));
  EXPECT_TRUE(equals_in_constant_time("abc", "abc"));
  EXPECT_FALSE(equals_in_constant_time("abc", "abd"));
  EXPECT_FALSE(equals_in_constant_time("xbc", "abc"));
  EXPECT_FALSE(equals_in_constant_time("abc", "ab"));
}

TEST(Text, IgnoresAsciiCaseOnly) {
  EXPECT_TRUE(equals_ignoring_ascii_case("Content-Type", "content-TYPE"));
  EXPECT_FALSE(equals_ignoring_ascii_case("k", "\u212A"));
  EXPECT_FALSE(equals_ignoring_ascii_case("ab", "abc"));
  EXPECT_EQ(to_ascii_lower("ÀB"), "Àb");
  EXPECT_EQ(to_ascii_upper("àb"), "àB");
  EXPECT_EQ(trim("\t a b \r\n"), "a b");
}

}  // namespace
}  // namespace waymark
