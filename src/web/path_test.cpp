#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/page_site.hpp"
#include "web/page.hpp"
#include "web/page_writing.hpp"

namespace waymark::web {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::PageSite;
using testing::PageVisit;

std::size_t count(std::string_view text, std::string_view part) {
  std::size_t found = 0;
  for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

TEST(SmallPath, HasAMarkForEachStepAndSaysItInWords) {
  Html page;
  add_path_small(page, 3, 8, "Step 3 of 8");
  const auto& html = page.text();
  EXPECT_EQ(count(html, "<i></i>"), 2U);
  EXPECT_EQ(count(html, "<i class=\"at\">"), 1U);
  EXPECT_EQ(count(html, "<i class=\"to\">"), 5U);
  EXPECT_THAT(html, HasSubstr("aria-hidden=\"true\""));
  EXPECT_THAT(html, HasSubstr("<p>Step 3 of 8</p>"));
}

TEST(LargePath, NamesThePresentStepToScreenReaders) {
  PageSite site;
  PageVisit visit(site);
  const auto html = path_large(visit.exchange, {{"Received", "", "1 May", MarkState::done, "Done"},
                                                {"Interview", "", "2 June", MarkState::returned, "Went back here"},
                                                {"Review", "We read it.", "", MarkState::ahead, ""},
                                                {"Decision", "", "", MarkState::ahead, ""}})
                        .text();
  EXPECT_EQ(count(html, "aria-current=\"step\""), 1U);
  EXPECT_THAT(html, HasSubstr("<strong>Went back here</strong> · 2 June"));
  EXPECT_THAT(html, HasSubstr("path__step--ahead"));
  EXPECT_EQ(count(html, "path__state"), 2U);
  const auto onward = path_large(visit.exchange, {{"Received", "", "", MarkState::done, "Done"},
                                                  {"Review", "We read it.", "", MarkState::present, "Now"}})
                          .text();
  EXPECT_EQ(count(onward, "aria-current=\"step\""), 1U);
}

TEST(StepHeading, SaysWhereOneIsAndHoldsTheH1) {
  PageSite site;
  PageVisit visit(site, "es");
  const auto html = step_heading(visit.exchange, 3, 6, "Elija una contraseña").text();
  EXPECT_THAT(html, HasSubstr("Paso 3 de 6"));
  EXPECT_THAT(html, HasSubstr("<h1>Elija una contraseña</h1>"));
  EXPECT_THAT(html, Not(HasSubstr("class=\"lead\"")));
}

}  // namespace
}  // namespace waymark::web
