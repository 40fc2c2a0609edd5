#include "web/html.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "support/page_site.hpp"
#include "web/page.hpp"

namespace waymark::web {
namespace {

std::ptrdiff_t count(std::string_view text, char wanted) { return std::count(text.begin(), text.end(), wanted); }

TEST(Html, EscapesWhatCouldEndATextOrAnAttribute) {
  Html html;
  html("<p title=\""_html, std::string("a\"b'c"), "\">"_html, std::string_view("<script>&amp;"), "</p>"_html);
  EXPECT_EQ(html.text(), "<p title=\"a&quot;b&#39;c\">&lt;script&gt;&amp;amp;</p>");
}

TEST(Html, WritesNumbersAndPiecesAsTheyAre) {
  Html inner;
  inner("<b>"_html, std::int64_t{-5}, "</b>"_html);
  Html html;
  html(inner, 12U, std::string_view{});
  EXPECT_EQ(html.text(), "<b>-5</b>12");
}

TEST(Html, EscapesAddresses) {
  Html html;
  html("<a href=\""_html, Url("/a").with("x", "1").with("y", "\""), "\">"_html);
  EXPECT_EQ(html.text(), "<a href=\"/a?x=1&amp;y=%22\">");
}

// Typed text as an attacker writes it: mostly the bytes that mean something in markup.
rc::Gen<std::string> hostile_text() {
  return rc::gen::container<std::string>(
      rc::gen::oneOf(rc::gen::element('<', '>', '"', '\'', '&', ' ', '=', '/'), rc::gen::inRange('a', 'z')));
}

Html draw_parts(Exchange& exchange, const std::string& typed) {
  FormState form{.failure = Failure{.message = {"web.error.check_answers"}}};
  form.typed.set("name", typed);
  Html html;
  html(text_field(exchange, form, {.name = "name", .label = typed, .hint = typed}),
       check_field(exchange, form, {.name = "name", .label = typed}),
       select_field(exchange, form, {.name = "name", .label = typed}, {{typed, typed}}),
       radio_field(exchange, form, {.name = "name", .label = typed}, {{typed, typed}}), error_summary(exchange, form),
       note(NoteKind::done, typed, Html{}), prose("x" + typed), primary_button(typed), link("/", typed),
       path_large(exchange, {{.title = typed, .explanation = typed, .when = typed, .state_words = typed}}));
  return html;
}

RC_GTEST_PROP(Incident_I60_PageParts, NeverLetTypedTextBecomeMarkup, ()) {
  static testing::PageSite page_site;
  testing::PageVisit visit(page_site);
  const std::string typed = "x" + *hostile_text() + "x";
  const std::string plain(typed.size(), 'x');
  const std::string drawn = draw_parts(visit.exchange, typed).text();
  const std::string drawn_plainly = draw_parts(visit.exchange, plain).text();
  for (const char special : {'<', '>', '"', '\''}) RC_ASSERT(count(drawn, special) == count(drawn_plainly, special));
}

}  // namespace
}  // namespace waymark::web
