#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/page_site.hpp"
#include "web/page.hpp"

namespace waymark::web {
namespace {

using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::PageSite;
using testing::PageVisit;

std::size_t count(std::string_view text, std::string_view part) {
  std::size_t found = 0;
  for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

FormState refused(std::string field) {
  FormState form;
  form.failure = Failure{.message = {"web.error.summary_title", {}}};
  form.failure->fields.push_back({std::move(field), {"web.nav.cases", {}}});
  return form;
}

TEST(DateField, LeadsFromTheSummaryToItsFirstPart) {
  PageSite site;
  PageVisit visit(site);
  const auto form = refused("date_of_birth");
  EXPECT_THAT(error_summary(visit.exchange, form).text(), HasSubstr("<a href=\"#date_of_birth\">Your cases</a>"));
  EXPECT_THAT(date_field(visit.exchange, form, "date_of_birth", "Born", "", "bday").text(),
              HasSubstr("id=\"date_of_birth\" name=\"date_of_birth_day\""));
}

TEST(DateField, ShowsOneMessageOnAllThreeParts) {
  PageSite site;
  PageVisit visit(site);
  for (const auto* field : {"date_of_birth", "date_of_birth_year"}) {
    const auto html = date_field(visit.exchange, refused(field), "date_of_birth", "Born", "", "bday").text();
    EXPECT_EQ(count(html, "aria-invalid=\"true\""), 3U) << field;
    EXPECT_EQ(count(html, "id=\"date_of_birth-error\""), 1U) << field;
  }
  const auto fine = date_field(visit.exchange, FormState{}, "date_of_birth", "Born", "", "bday").text();
  EXPECT_THAT(fine, Not(HasSubstr("aria-invalid")));
  EXPECT_THAT(fine, HasSubstr("autocomplete=\"bday-year\""));
}

TEST(ErrorSummary, IsEmptyUntilSomethingWasRefused) {
  PageSite site;
  PageVisit visit(site);
  EXPECT_TRUE(error_summary(visit.exchange, FormState{}).empty());
  const auto html = error_summary(visit.exchange, refused("email")).text();
  EXPECT_THAT(html, HasSubstr("role=\"alert\" tabindex=\"-1\""));
  EXPECT_THAT(html, HasSubstr("href=\"#email\""));
}

TEST(PostForm, CarriesATokenAndLeavesTheMessagesToUs) {
  PageSite site;
  PageVisit visit(site);
  const auto html = post_form(visit.exchange, "/cases/connect", primary_button("Connect this case")).text();
  EXPECT_THAT(html, HasSubstr("<form class=\"form\" method=\"post\" action=\"/cases/connect\" novalidate>"));
  EXPECT_THAT(html, ContainsRegex("name=\"csrf\" value=\"[^\"]+\""));
  EXPECT_THAT(html, HasSubstr("type=\"submit\">Connect this case</button>"));
}

TEST(Links, EscapeTheirAddressAndWords) {
  EXPECT_EQ(link(Url("/cases/").part("A&B"), "Tom & Jo").text(), "<a href=\"/cases/A%26B\">Tom &amp; Jo</a>");
  EXPECT_THAT(button_link("/cases", "See").text(), HasSubstr("class=\"button\""));
  EXPECT_THAT(button_link("/cases", "See", false).text(), HasSubstr("button--secondary"));
}

}  // namespace
}  // namespace waymark::web
