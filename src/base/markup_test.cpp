#include "base/markup.hpp"

#include <gtest/gtest.h>

namespace waymark {
namespace {

// Letter by letter, as slow as it is plain.
std::string escaped_slowly(std::string_view text) {
  std::string out;
  for (const char c : text) {
    out += c == '&'    ? "&amp;"
           : c == '<'  ? "&lt;"
           : c == '>'  ? "&gt;"
           : c == '"'  ? "&quot;"
           : c == '\'' ? "&#39;"
                       : std::string(1, c);
  }
  return out;
}

// Texts are looked at in blocks of sixteen and eight bytes: none may be passed over at the edges of one.
TEST(Markup, EscapesEachOfTheFiveWhereverItStands) {
  constexpr std::size_t kLongest = 70;
  for (std::size_t size = 1; size <= kLongest; ++size) {
    for (std::size_t at = 0; at < size; ++at) {
      for (const char c : std::string_view("&<>\"'")) {
        std::string text(size, 'x');
        text[at] = c;
        ASSERT_EQ(escaped(text), escaped_slowly(text)) << size << " " << at;
        ASSERT_EQ(escaped_size(text), escaped_slowly(text).size()) << size << " " << at;
      }
    }
  }
}

TEST(Markup, LeavesEveryOtherByteAsItIs) {
  for (int byte = 0; byte < 256; ++byte) {
    const std::string text(20, static_cast<char>(byte));
    EXPECT_EQ(escaped(text), escaped_slowly(text)) << byte;
  }
  EXPECT_EQ(escaped(""), "");
  EXPECT_EQ(escaped("<<<>>>&&&\"\"'' and <b>a longer text & more</b>"),
            escaped_slowly("<<<>>>&&&\"\"'' and <b>a longer text & more</b>"));
}

TEST(Markup, AppendsToWhatIsThere) {
  std::string out = "<b>";
  append_escaped(out, "1 < 2");
  append_escaped(out, "");
  append_escaped(out, " & so on");
  EXPECT_EQ(out, "<b>1 &lt; 2 &amp; so on");
}

}  // namespace
}  // namespace waymark
