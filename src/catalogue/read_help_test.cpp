#include "catalogue/read_help.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace waymark::catalogue {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::string_view kEnglish = R"(---
title: Backup codes of {short_name}
topic: signing_in
order: 3
summary: Ten codes.
keywords: spare codes, paper
---

Keep them **safe**, and
see [I can’t sign in](/recover).

## How

- one
- two goes
  on

1. first
2. second
)";
constexpr std::string_view kSpanish = "---\ntitle: Códigos\nsummary: Diez.\n---\n\nGuárdelos.\n";

struct Article {
  std::string path, content;
};

class ReadHelp : public testing::Test {
 protected:
  Brand brand_ = [] {
    Brand brand;
    brand.agency_name = "Test Agency";
    brand.short_name = "Test";
    brand.phone = "1";
    brand.languages = {"en", "es"};
    return brand;
  }();
  std::vector<HelpArticle> articles_;

  std::vector<std::string> problems(const std::vector<Article>& given) {
    std::vector<CatalogueFile> files;
    std::vector<HelpFile> help;
    files.reserve(given.size());
    for (const auto& [path, content] : given) {
      files.push_back({path, content});
      const auto slash = path.find('/');
      help.push_back({path.substr(0, slash), path.substr(slash + 1, path.size() - slash - 4), &files.back()});
    }
    std::vector<CatalogueProblem> problems;
    articles_ = read_help(help, brand_, problems);
    std::vector<std::string> lines;
    for (const auto& one : problems) lines.push_back(fmt::format("{}:{}: {}", one.file, one.line, one.reason));
    return lines;
  }
  // Of one article in English whose body is this.
  std::vector<std::string> problems_of_body(std::string_view body) {
    brand_.languages = {"en"};
    return problems({{"en/a.md", fmt::format("---\ntitle: T\ntopic: case\norder: 1\nsummary: S.\n---\n\n{}\n", body)}});
  }
};

TEST_F(ReadHelp, TurnsTheTextIntoBlocks) {
  ASSERT_THAT(problems({{"en/backup.md", std::string(kEnglish)}, {"es/backup.md", std::string(kSpanish)}}), IsEmpty());
  ASSERT_EQ(articles_.size(), 1U);
  const auto& article = articles_.front();
  EXPECT_EQ(article.name, "backup");
  EXPECT_EQ(article.topic, "signing_in");
  EXPECT_EQ(article.order, 3);
  const auto& text = article.in("en");
  EXPECT_EQ(text.title, "Backup codes of Test");
  EXPECT_THAT(text.keywords, ElementsAre("spare codes", "paper"));
  ASSERT_EQ(text.blocks.size(), 4U);
  const auto& line = text.blocks[0].lines.front();
  ASSERT_EQ(line.size(), 5U);
  EXPECT_TRUE(line[1].is_strong);
  EXPECT_EQ(line[2].text, ", and see ");
  EXPECT_EQ(line[3].link, "/recover");
  EXPECT_EQ(plain_text(line), "Keep them safe, and see I can’t sign in.");
  EXPECT_EQ(text.blocks[1].kind, HelpBlock::Kind::heading);
  EXPECT_EQ(text.blocks[2].kind, HelpBlock::Kind::bullets);
  EXPECT_EQ(plain_text(text.blocks[2].lines[1]), "two goes on");
  EXPECT_EQ(text.blocks[3].kind, HelpBlock::Kind::steps);
  ASSERT_EQ(text.links.size(), 1U);
  EXPECT_EQ(text.links[0].line, 9);
  EXPECT_EQ(article.in("es-MX").title, "Códigos");
  EXPECT_EQ(article.in("fr").title, text.title);
}

TEST_F(ReadHelp, StandsInTheOrderOfTopics) {
  brand_.languages = {"en"};
  const auto article = [](std::string_view topic, int order) {
    return fmt::format("---\ntitle: T\ntopic: {}\norder: {}\nsummary: S.\n---\n\nWords.\n", topic, order);
  };
  ASSERT_THAT(problems({{"en/a.md", article("privacy", 1)},
                        {"en/b.md", article("account", 20)},
                        {"en/c.md", article("account", 3)}}),
              IsEmpty());
  EXPECT_EQ(articles_[0].name, "c");
  EXPECT_EQ(articles_[1].name, "b");
  EXPECT_EQ(articles_[2].name, "a");
}

TEST_F(ReadHelp, WantsEachArticleInEachLanguageOfTheBrand) {
  EXPECT_THAT(problems({{"en/a.md", std::string(kEnglish)}}),
              ElementsAre("en/a.md:0: has no translation: help/es/a.md is missing"));
  EXPECT_THAT(problems({{"es/a.md", std::string(kSpanish)}}),
              ElementsAre("es/a.md:0: has no translation: help/en/a.md is missing"));
}

TEST_F(ReadHelp, NamesEveryProblemOfTheFrontMatterWithItsLine) {
  brand_.languages = {"en"};
  EXPECT_THAT(problems({{"en/a.md", "Words.\n"}}), ElementsAre("en/a.md:1: does not begin with front matter (---)"));
  EXPECT_THAT(
      problems({{"en/a.md", "---\ntitle: T\ntitle: U\ncolour: red\nnothing\norder: many\ntopic: food\n---\n\nW.\n"}}),
      ElementsAre("en/a.md:3: title stands twice", "en/a.md:4: colour is unknown here",
                  "en/a.md:5: front matter is \"name: value\"", "en/a.md:6: order is not a number from 0 to 1000",
                  "en/a.md:7: \"food\" is no topic", "en/a.md:1: has no summary", "en/a.md:1: has no order"));
  brand_.languages = {"en", "es"};
  EXPECT_THAT(
      problems({{"en/a.md", std::string(kEnglish)}, {"es/a.md", "---\ntitle: C\norder: 3\nsummary: D.\n---\n\nG.\n"}}),
      ElementsAre("es/a.md:3: order belongs in the English file alone"));
  EXPECT_THAT(problems_of_body(""), ElementsAre("en/a.md:9: says nothing"));
}

TEST_F(ReadHelp, RefusesAllOtherMarkdown) {
  EXPECT_THAT(problems_of_body("A <b>tag</b>."),
              ElementsAre("en/a.md:8: \"<\" has no meaning here", "en/a.md:8: \">\" has no meaning here",
                          "en/a.md:8: \"<\" has no meaning here", "en/a.md:8: \">\" has no meaning here"));
  EXPECT_THAT(problems_of_body("# Title"), ElementsAre("en/a.md:8: \"#\" has no meaning here"));
  EXPECT_THAT(problems_of_body("An *odd* word"),
              ElementsAre("en/a.md:8: \"*\" has no meaning here", "en/a.md:8: \"*\" has no meaning here"));
  EXPECT_THAT(problems_of_body("A `code`"), testing::SizeIs(2));
  EXPECT_THAT(problems_of_body("![x](/y)"), testing::SizeIs(0)) << "an exclamation mark before a link";
  EXPECT_THAT(problems_of_body("| a | b |"), testing::SizeIs(3));
  EXPECT_THAT(problems_of_body("**open"), testing::Contains("en/a.md:8: a strong word has no end"));
  EXPECT_THAT(problems_of_body("    code"), ElementsAre("en/a.md:8: begins or ends with a blank, or holds a tab"));
  EXPECT_THAT(problems_of_body("a\n- b"), ElementsAre("en/a.md:9: a blank line is missing before it"));
  EXPECT_THAT(problems_of_body("- b\nc"), testing::Contains("en/a.md:9: a blank line is missing after the list"));
  EXPECT_THAT(problems_of_body("1. a\n3. b"), ElementsAre("en/a.md:9: step 3 stands where 2 is due"));
  EXPECT_THAT(problems_of_body("{unknown}"), ElementsAre("en/a.md:0: has a brace that holds no placeholder"));
  EXPECT_THAT(problems_of_body("open {agency"), testing::Contains("en/a.md:8: a placeholder has no end"));
  EXPECT_THAT(problems_of_body("{receipt_prefix} {short_name} {phone} {agency}"), IsEmpty());
}

TEST_F(ReadHelp, RefusesLinksThatLeadAway) {
  for (const std::string to : {"https://evil.example", "//evil.example", "javascript:alert", "mailto:a@b.example",
                               "/a?b=c", "/A", "relative", ""}) {
    EXPECT_THAT(problems_of_body(fmt::format("[x]({})", to)),
                testing::Contains(fmt::format("en/a.md:8: the link to \"{}\" leads to no page of ours", to)));
  }
  EXPECT_THAT(problems_of_body("[x](/help/nothing)"),
              ElementsAre("en/a.md:8: the link to \"/help/nothing\" leads to no article"));
  EXPECT_THAT(problems_of_body("[x](/help/a), [y](/help/ask), [z](/help/fix/lost-phone)"), IsEmpty());
  EXPECT_THAT(problems_of_body("[x] (/help/a)"), testing::Contains("en/a.md:8: a link has no end"));
}

TEST_F(ReadHelp, KeepsNamesForTheOtherPages) {
  brand_.languages = {"en"};
  for (const std::string name : {"search", "ask", "fix", "Capital", "a_b", ""}) {
    EXPECT_THAT(problems({{"en/" + name + ".md", std::string(kEnglish)}}),
                ElementsAre(fmt::format("en/{}.md:0: \"{}\" is no name for an article", name, name)));
  }
}

}  // namespace
}  // namespace waymark::catalogue
