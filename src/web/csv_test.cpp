#include "web/csv.hpp"

#include <gtest/gtest.h>

namespace waymark::web {
namespace {

TEST(CsvCell, MakesPlainWhatASpreadsheetWouldRun) {
  EXPECT_EQ(csv_cell("=1+1"), "\"'=1+1\"");
  EXPECT_EQ(csv_cell("+41"), "\"'+41\"");
  EXPECT_EQ(csv_cell("-2"), "\"'-2\"");
  EXPECT_EQ(csv_cell("@SUM(A1)"), "\"'@SUM(A1)\"");
  EXPECT_EQ(csv_cell("\t=1"), "\"'\t=1\"");
  EXPECT_EQ(csv_cell("\r=1"), "\"'\r=1\"");
  EXPECT_EQ(csv_cell("\n=1"), "\"'\n=1\"");
}

TEST(CsvCell, QuotesWhatWouldEndTheCell) {
  EXPECT_EQ(csv_cell("Morales, Ana"), "\"Morales, Ana\"");
  EXPECT_EQ(csv_cell("the \"old\" one"), "\"the \"\"old\"\" one\"");
  EXPECT_EQ(csv_cell("two\nlines"), "\"two\nlines\"");
  EXPECT_EQ(csv_cell("Ana"), "Ana");
  EXPECT_EQ(csv_cell(""), "");
}

TEST(Csv, IsALinePerRowUnderItsHeadings) {
  Csv csv({"Receipt number", "Person"});
  csv.add({"NPT2690001234", "=cmd"});
  EXPECT_EQ(csv.text(), "Receipt number,Person\r\nNPT2690001234,\"'=cmd\"\r\n");
  const auto response = csv.response("queue.csv");
  EXPECT_TRUE(
      response.body.starts_with("\xEF\xBB\xBF"
                                "Receipt number"));
  EXPECT_EQ(response.content_type, "text/csv; charset=utf-8");
}

}  // namespace
}  // namespace waymark::web
