// Searching the shipped help articles, by words that are right, misspelt and not there, in both languages.
//   help_search_bench SECONDS
// Prints {"times": …, "cpu_us": …, "p50_us": …, "p99_us": …, "build_us": …}: a time is one search; building is the
// index of every language, as at start.
#include <cstdio>
#include <cstdlib>
#include <stdexcept>

#include "app/foundation.hpp"
#include "features/help/help_search.hpp"
#include "support/figures.hpp"
#include "support/installation.hpp"

int main(int argc, char** argv) {
  using namespace waymark;
  const std::chrono::seconds time{argc > 1 ? std::atoi(argv[1]) : 5};
  app::Config config;
  config.demo = true;
  const auto catalogue = app::load_catalogue(config);
  const double before = bench::cpu_seconds();
  const help::HelpSearch search(catalogue.help_articles());
  const double build_us = (bench::cpu_seconds() - before) * 1e6;
  constexpr std::pair<std::string_view, std::string_view> kQueries[] = {
      {"en", "backup codes"},        {"en", "how do I change my email address"},
      {"en", "pasword forgoten"},    {"en", "xylophone"},
      {"es", "códigos de respaldo"}, {"es", "quien puede ver mi caso"},
      {"es", "contrasena"},          {"es", "aplicasion de codigos"}};
  std::size_t at = 0;
  std::size_t hits = 0;
  auto line = bench::run_for(time, [&] {
    const auto& [language, query] = kQueries[at++ % std::size(kQueries)];
    hits += search.find(language, query).size();
  });
  if (hits == 0) throw std::runtime_error("nothing was found");
  line.insert(line.rfind('}'), fmt::format(", \"build_us\": {:.0f}", build_us));
  std::puts(line.c_str());
  return 0;
}
