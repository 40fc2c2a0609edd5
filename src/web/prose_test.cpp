#include <gtest/gtest.h>

#include "web/page.hpp"

namespace waymark::web {
namespace {

TEST(Prose, MakesParagraphsHeadingsAndLists) {
  EXPECT_EQ(prose("One\ntwo.\n\n## Head\n\n- a\n- b\n  more\n\nEnd").text(),
            "<div class=\"prose\"><p>One\ntwo.</p><h2>Head</h2><ul><li>a</li><li>b\n  more</li></ul><p>End</p></div>");
}

TEST(Prose, EndsAListBeforeAHeadingAndStartsOneAfterAParagraph) {
  EXPECT_EQ(prose("Text\n- a\n## Head").text(),
            "<div class=\"prose\"><p>Text</p><ul><li>a</li></ul><h2>Head</h2></div>");
}

TEST(Prose, EscapesEverything) {
  EXPECT_EQ(prose("<b>\n\n## <i>\n\n- \"x\"").text(),
            "<div class=\"prose\"><p>&lt;b&gt;</p><h2>&lt;i&gt;</h2><ul><li>&quot;x&quot;</li></ul></div>");
}

TEST(Prose, TakesCarriageReturnsAndNothingAtAll) {
  EXPECT_EQ(prose("a\r\n\r\nb\r\n").text(), "<div class=\"prose\"><p>a</p><p>b</p></div>");
  EXPECT_EQ(prose("").text(), "<div class=\"prose\"></div>");
}

}  // namespace
}  // namespace waymark::web
