#include "features/help/guides.hpp"

#include <gtest/gtest.h>

#include <set>

#include "support/accounts_bed.hpp"

namespace waymark::help {
namespace {

// Every step that can be reached from the problem's first one.
std::set<std::string_view> reached_from_start(std::string_view problem) {
  std::set<std::string_view> reached{"start"};
  std::vector<std::string_view> open{"start"};
  while (!open.empty()) {
    const auto* step = find_guide_step(problem, open.back());
    open.pop_back();
    if (step == nullptr) continue;
    for (const auto& answer : step->answers) {
      if (!answer.to.starts_with('/') && reached.insert(answer.to).second) open.push_back(answer.to);
    }
  }
  return reached;
}

TEST(Guides, BeginWithAQuestionAndReachEachOfTheirSteps) {
  for (const auto problem : kProblems) {
    const auto* start = find_guide_step(problem, "start");
    ASSERT_NE(start, nullptr) << problem;
    EXPECT_TRUE(start->is_question) << problem;
    const auto reached = reached_from_start(problem);
    for (const auto name : reached) EXPECT_NE(find_guide_step(problem, name), nullptr) << problem << " " << name;
    for (const auto& step : guide_steps()) {
      if (step.problem == problem) EXPECT_TRUE(reached.contains(step.name)) << step.name;
    }
  }
}

TEST(Guides, HaveTheirWordsInEveryLanguage) {
  for (const auto* language : {"en", "es"}) {
    const auto* words = testing::AccountsBed::shipped_words().find(language);
    for (const auto& step : guide_steps()) {
      EXPECT_TRUE(words->has(guide_key(step, "title"))) << guide_key(step, "title");
      if (!step.is_question) EXPECT_TRUE(words->has(guide_key(step, "text"))) << guide_key(step, "text");
      if (step.name == "start") EXPECT_TRUE(words->has(guide_key(step, "problem"))) << guide_key(step, "problem");
      EXPECT_FALSE(step.answers.empty());
      for (const auto& answer : step.answers) {
        EXPECT_TRUE(words->has(guide_key(step, answer.name))) << guide_key(step, answer.name);
      }
    }
  }
}

TEST(Guides, LeadFromOneToAnotherOnlyWhereThereIsOne) {
  constexpr std::string_view kFolder = "/help/fix/";
  for (const auto& step : guide_steps()) {
    for (const auto& answer : step.answers) {
      if (!answer.to.starts_with(kFolder)) continue;
      const auto rest = answer.to.substr(kFolder.size());
      const auto slash = rest.find('/');
      const auto name = slash == std::string_view::npos ? std::string_view("start") : rest.substr(slash + 1);
      EXPECT_NE(find_guide_step(rest.substr(0, slash), name), nullptr) << answer.to;
    }
  }
}

TEST(Guides, AreKnownByTheirAddresses) {
  EXPECT_EQ(guide_path("lost-phone", "start"), "/help/fix/lost-phone");
  EXPECT_EQ(guide_path("lost-phone", "codes"), "/help/fix/lost-phone/codes");
  EXPECT_EQ(guide_path("lost-phone", "/contact"), "/contact");
  EXPECT_EQ(find_guide_step("lost-phone", "nowhere"), nullptr);
  EXPECT_EQ(find_guide_step("lost", "start"), nullptr);
}

}  // namespace
}  // namespace waymark::help
