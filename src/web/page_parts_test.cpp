// Boxes, lists, copying and the brand's own style.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/page_site.hpp"
#include "web/brand_style.hpp"
#include "web/page.hpp"

namespace waymark::web {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::PageSite;
using testing::PageVisit;

Html text(std::string_view words) { return Html{}(words); }

TEST(Note, HasAShapeBesideItsColour) {
  for (const auto kind : {NoteKind::information, NoteKind::done, NoteKind::needs_you, NoteKind::stop}) {
    EXPECT_THAT(note(kind, "Heading", paragraph("Text")).text(), HasSubstr("<svg class=\"shape\""));
    EXPECT_THAT(tag(kind, "Word").text(), HasSubstr("<svg class=\"shape\""));
  }
  EXPECT_THAT(note(NoteKind::stop, "<b>", Html{}).text(), HasSubstr("&lt;b&gt;"));
}

TEST(NeedsYouCard, SaysSoInWords) {
  PageSite site;
  PageVisit visit(site, "es");
  EXPECT_THAT(needs_you_card(visit.exchange, "Envíe 2 documentos", Html{}).text(),
              HasSubstr("Necesitamos algo de usted</p><h2>Envíe 2 documentos</h2>"));
}

TEST(ConfirmPanel, LeavesOutAReferenceThatIsNotThere) {
  EXPECT_THAT(confirm_panel("Done", "Number", "NPT1", Html{}).text(), HasSubstr("translate=\"no\">NPT1</span>"));
  EXPECT_THAT(confirm_panel("Done", "Number", "", Html{}).text(), Not(HasSubstr("Number")));
}

TEST(Table, NamesItsRowsColumnsAndCellsOnPhonesToo) {
  const auto html = table("People", {"Name", "Part"}, {{text("Ana"), text("Applicant")}}).text();
  EXPECT_THAT(html, HasSubstr("<caption>People</caption>"));
  EXPECT_THAT(html, HasSubstr("<th scope=\"row\" role=\"rowheader\">Ana</th>"));
  EXPECT_THAT(html, HasSubstr("data-heading=\"Part\">Applicant</td>"));
}

TEST(Timeline, TellsMachinesTheDateAndLeavesOutWhatIsEmpty) {
  const auto html = timeline({{"3 August", "2026-08-03", "We received it", "", ""}}).text();
  EXPECT_EQ(html,
            "<ol class=\"timeline\"><li><p class=\"timeline__when\"><time datetime=\"2026-08-03\">3 August</time></p>"
            "<p class=\"timeline__title\">We received it</p></li></ol>");
}

TEST(BackupCodes, AreReadableWithoutScriptsAndTheirButtonsHidden) {
  PageSite site;
  PageVisit visit(site);
  const auto html = backup_code_grid(visit.exchange, {"AAAA-BBBB", "CCCC-DDDD"}, "/sign-up/backup-codes.txt").text();
  EXPECT_THAT(html, HasSubstr("<li class=\"code\">CCCC-DDDD</li>"));
  EXPECT_THAT(html, HasSubstr("download href=\"/sign-up/backup-codes.txt\""));
  EXPECT_THAT(html, HasSubstr("hidden data-copy=\"backup-codes\""));
  EXPECT_THAT(html, HasSubstr("hidden data-print"));
}

TEST(QuickExit, LeadsToTheBrandsNeutralPageWithoutAWordOfWhereFrom) {
  PageSite site;
  PageVisit visit(site);
  const auto html = quick_exit(visit.exchange).text();
  EXPECT_THAT(html, HasSubstr("href=\"https://www.weather.gov/\" rel=\"noreferrer\" data-quick-exit"));
  EXPECT_THAT(html, HasSubstr("Leave this page now"));
}

TEST(BrandStyle, PutsColoursUnderTheSchemeTheyAreFor) {
  catalogue::Brand brand;
  EXPECT_FALSE(has_brand_style(brand));
  brand.colors = {{"way", "#7A1F5C"}, {"way-dark", "#E3A6CC"}};
  EXPECT_TRUE(has_brand_style(brand));
  EXPECT_EQ(brand_style(brand),
            "@media(prefers-color-scheme:light){:root{--way:#7A1F5C;}}"
            "@media(prefers-color-scheme:dark){:root{--way:#E3A6CC;}}");
}

TEST(BrandStyle, LeavesOutWhatIsNotATokenAndAColour) {
  catalogue::Brand brand;
  brand.colors = {{"way", "red;}*{display:none"}, {"a}b", "#000000"}, {"ink", "#12345"}};
  EXPECT_EQ(brand_style(brand), "");
}

}  // namespace
}  // namespace waymark::web
