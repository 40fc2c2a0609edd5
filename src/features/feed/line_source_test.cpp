#include "features/feed/line_source.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include "features/feed/record_reader.hpp"

namespace waymark::feed {
namespace {

// "a|b|<too long>|c"
std::string lines_of(const std::string& text) {
  std::istringstream stream(text);
  LineSource source(stream);
  std::string all;
  std::string_view line;
  for (auto next = source.next(line); next != LineSource::Next::end; next = source.next(line)) {
    all += next == LineSource::Next::too_long ? std::string("<too long>") : std::string(line);
    all += '|';
  }
  return all;
}

TEST(LineSource, GivesEachLineWithoutItsEnd) {
  EXPECT_EQ(lines_of(""), "");
  EXPECT_EQ(lines_of("a\nb\r\n\nc"), "a|b||c|");
  EXPECT_EQ(lines_of("a\n"), "a|");
}

TEST(LineSource, SkipsALineThatIsTooLongAndGoesOnBehindIt) {
  const std::string longest(kLineBytesMax, 'x');
  EXPECT_EQ(lines_of("a\n" + longest + "\nb"), "a|" + longest + "|b|");
  EXPECT_EQ(lines_of("a\n" + longest + "y\nb"), "a|<too long>|b|");
  EXPECT_EQ(lines_of(std::string(5'000'000, 'z') + "\nb\n"), "<too long>|b|");
  EXPECT_EQ(lines_of("b\n" + std::string(3'000'000, 'z')), "b|<too long>|");
}

TEST(LineSource, KeepsLinesWholeAcrossItsBuffer) {
  std::string text, expected;
  for (int line = 0; line < 60'000; ++line) {
    const auto one = std::to_string(line) + std::string(static_cast<std::size_t>(line % 97), '-');
    text += one + "\n";
    expected += one + "|";
  }
  EXPECT_EQ(lines_of(text), expected);
}

}  // namespace
}  // namespace waymark::feed
