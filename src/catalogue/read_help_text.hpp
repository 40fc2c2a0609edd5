// One article file, by itself.
#pragma once

#include <optional>
#include <string>

#include "catalogue/catalogue.hpp"

namespace waymark::catalogue {

struct HelpFrontMatter {
  std::string topic{};
  std::optional<int> order{};
};

// `front` is filled from the English file, and null for every other one, which must not say it again.
HelpText read_help_text(const CatalogueFile& file, HelpFrontMatter* front, std::vector<CatalogueProblem>& problems);

}  // namespace waymark::catalogue
