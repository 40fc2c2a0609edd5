// Where the help's guided steps lead, only the whole router knows. (What its articles lead to is checked at each
// start.)
#include <gtest/gtest.h>

#include "app/features.hpp"
#include "app/routes.hpp"
#include "db/migrate.hpp"
#include "features/help/guides.hpp"
#include "features/help/routes.hpp"
#include "support/databases.hpp"

namespace waymark::app {
namespace {

class HelpLinks : public ::testing::Test {
 protected:
  static Config config_in(const std::filesystem::path& folder) {
    Config config;
    config.demo = true;
    config.data_folder = folder;
    return config;
  }
  TemporaryFolder folder_;
  Foundation foundation_{config_in(folder_.path())};
  Features features_{foundation_, [] {}};
};

TEST_F(HelpLinks, OfGuidedStepsLeadToPagesThatAreThere) {
  const auto router = make_routes(features_);
  for (const auto& step : help::guide_steps()) {
    for (const auto& answer : step.answers) {
      const auto path = help::guide_path(step.problem, answer.to);
      EXPECT_NE(router.find_route(web::Method::get, path), nullptr) << step.problem << " " << path;
    }
  }
}

TEST_F(HelpLinks, OfArticlesAreDeadWithoutTheirPages) {
  web::Router little;
  help::add_routes(little, features_.help);
  const auto problems = help::list_dead_links(foundation_.catalogue, little);
  ASSERT_FALSE(problems.empty());
  EXPECT_GT(problems.front().line, 0);
  EXPECT_TRUE(problems.front().file.ends_with(".md"));
  EXPECT_TRUE(help::list_dead_links(foundation_.catalogue, make_routes(features_)).empty());
}

}  // namespace
}  // namespace waymark::app
