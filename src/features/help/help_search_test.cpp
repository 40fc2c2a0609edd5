#include "features/help/help_search.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/text.hpp"
#include "features/help/help_index.hpp"
#include "features/help/typing_errors.hpp"
#include "support/accounts_bed.hpp"

namespace waymark::help {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const HelpSearch& shipped() {
  static const HelpSearch search(testing::AccountsBed::shipped_catalogue().help_articles());
  return search;
}

std::vector<std::string> found(std::string_view query, std::string_view language = "en") {
  std::vector<std::string> names;
  for (const auto& hit : shipped().find(language, query)) names.push_back(hit.article->name);
  return names;
}

std::string first(std::string_view query, std::string_view language = "en") {
  const auto names = found(query, language);
  return names.empty() ? std::string{} : names.front();
}

catalogue::HelpArticle article(std::string name, std::string title, std::string words) {
  catalogue::HelpText text{
      .title = std::move(title), .summary = "About it.", .keywords = {}, .blocks = {}, .links = {}};
  text.blocks.push_back({.kind = catalogue::HelpBlock::Kind::paragraph, .lines = {{{.text = std::move(words)}}}});
  return {.name = std::move(name), .topic = "case", .order = 0, .by_language = {{"en", std::move(text)}}};
}

TEST(HelpSearch, FindsWhatPeopleAskFor) {
  EXPECT_EQ(first("passkey"), "passkeys");
  EXPECT_EQ(first("lost my backup codes"), "backup-codes");
  EXPECT_EQ(first("how do I close my account"), "closing-your-account");
  EXPECT_EQ(first("fingerprints appointment"), "appointments");
  EXPECT_EQ(first("is this email a scam"), "is-it-from-us");
  EXPECT_EQ(first("library computer"), "shared-computers");
  EXPECT_EQ(first("llave de acceso", "es"), "passkeys");
  EXPECT_EQ(first("bajar mis datos", "es"), "downloading-your-data");
  EXPECT_EQ(first("¿quién miró mi caso?", "es"), "who-can-see-my-case");
}

TEST(HelpSearch, ForgivesAccentsCaseAndTypos) {
  EXPECT_EQ(first("CONTRASENA olvidada", "es"), first("contraseña olvidada", "es"));
  EXPECT_EQ(first("codigos de respaldo", "es"), "backup-codes");
  EXPECT_EQ(first("Códigos de Respaldo", "es"), "backup-codes");
  EXPECT_EQ(first("passky"), "passkeys");
  EXPECT_EQ(first("apointment"), "appointments");
  EXPECT_EQ(first("bakcup codse"), "backup-codes");
  EXPECT_EQ(first("evidense reqest"), "evidence-requests");
}

TEST(HelpSearch, TakesTheTitleForMore) {
  const std::vector<catalogue::HelpArticle> articles{
      article("body", "Other things", "The turnip grows. A turnip is round. Eat a turnip."),
      article("title", "The turnip", "It grows in the ground."), article("none", "Nothing", "No word of it.")};
  const HelpSearch search(articles);
  const auto hits = search.find("en", "turnip");
  ASSERT_THAT(hits, SizeIs(2));
  EXPECT_EQ(hits[0].article->name, "title");
  EXPECT_EQ(hits[1].article->name, "body");
  EXPECT_EQ(hits[1].context, "The turnip grows.");
}

TEST(HelpSearch, ShowsTheSentenceThatFits) {
  const auto hits = shipped().find("en", "oath ceremony citizen");
  ASSERT_FALSE(hits.empty());
  EXPECT_EQ(hits.front().article->name, "appointments");
  EXPECT_THAT(hits.front().context, HasSubstr("the ceremony in which you become a citizen"));
  // What stands in the title alone is shown by the summary.
  const std::vector<catalogue::HelpArticle> articles{article("one", "The turnip", "It grows."),
                                                     article("two", "Other", "Nothing.")};
  EXPECT_EQ(HelpSearch(articles).find("en", "turnip").front().context, "About it.");
}

TEST(HelpSearch, FindsNothingForWhatIsNotThere) {
  EXPECT_THAT(found(""), IsEmpty());
  EXPECT_THAT(found("   "), IsEmpty());
  EXPECT_THAT(found("xylophone"), IsEmpty());
  EXPECT_THAT(found("<img onerror=qqqq>"), IsEmpty());
  EXPECT_THAT(found("\xff\xfe"), IsEmpty());
  EXPECT_LE(found("the and of to your account case code").size(), kHitsMax);
}

TEST(HelpSearch, SpeaksEnglishWhereTheLanguageHasNoArticles) {
  EXPECT_EQ(first("passkey", "en-XA"), "passkeys");
  EXPECT_EQ(first("passkey", "fr"), "passkeys");
  EXPECT_EQ(first("llave", "es-MX"), "passkeys");
}

// Each article is found, and first of all, by its own title.
TEST(HelpSearch, FindsEachArticleByItsTitle) {
  for (const auto& one : testing::AccountsBed::shipped_catalogue().help_articles()) {
    for (const auto& [language, text] : one.by_language) EXPECT_EQ(first(text.title, language), one.name) << text.title;
  }
}

std::string with_an_error(std::string word) {
  const auto at = *rc::gen::inRange<std::size_t>(1, word.size() - 1);
  const auto letter = static_cast<char>('a' + *rc::gen::inRange(0, 26));
  switch (*rc::gen::inRange(0, 4)) {
    case 0:
      return word.erase(at, 1);
    case 1:
      return word.insert(at, 1, letter);
    case 2:
      word[at] = letter;
      return word;
    default:
      std::swap(word[at - 1], word[at]);
      return word;
  }
}

RC_GTEST_PROP(HelpSearchProperty, OneErrorInAWordFindsTheArticleStill, ()) {
  const auto articles = testing::AccountsBed::shipped_catalogue().help_articles();
  const auto& one = articles[*rc::gen::inRange<std::size_t>(0, articles.size())];
  const auto title = fold_name(one.in("en").title);
  std::vector<std::string> words;
  for (const auto word : split(title, ' ')) {
    if (word.size() >= 6) words.emplace_back(word);
  }
  RC_PRE(!words.empty());
  const auto word = with_an_error(*rc::gen::elementOf(words));
  RC_LOG() << word;
  const auto names = found(word);
  RC_ASSERT(std::ranges::find(names, one.name) != names.end());
}

RC_GTEST_PROP(HelpSearchProperty, TakesAnyBytes, (const std::string& query)) {
  for (const auto& hit : shipped().find("en", query)) RC_ASSERT(!hit.context.empty());
}

TEST(TypingErrors, AreOneLetterOrTwoNeighbours) {
  for (const auto* other : {"cdoe", "cde", "coode", "cxde", "ode", "cod", "codes", "xcode"}) {
    EXPECT_TRUE(is_one_error_apart("code", other)) << other;
    EXPECT_TRUE(is_one_error_apart(other, "code")) << other;
  }
  for (const auto* other : {"code", "cd", "edoc", "cxxe", "coders", "", "doce"}) {
    EXPECT_FALSE(is_one_error_apart("code", other)) << other;
  }
}

TEST(TypingErrors, TrigramsBeginWithTheWord) {
  EXPECT_THAT(trigrams_of("ab"), ::testing::ElementsAre("  a", " ab", "ab "));
}

}  // namespace
}  // namespace waymark::help
