// help/LANGUAGE/NAME.md. Each begins with front matter between two lines "---": "title" and "summary", "keywords" (may
// be left out; parted by commas), and in the English file "topic" and "order". Then paragraphs, "## " headings, lists
// of
// "- " or "1. " items, with **strong** words, [links](/to/our/pages) and the placeholders {agency}, {short_name},
// {phone} and {receipt_prefix} of the brand. Everything else is a problem.
#pragma once

#include <span>
#include <vector>

#include "catalogue/catalogue.hpp"

namespace waymark::catalogue {

struct HelpFile {
  std::string language;  // "en"
  std::string name;      // "backup-codes"
  const CatalogueFile* file = nullptr;
};

// Every article in English and in each of the brand's languages; in the order of topics and within them. What is wrong
// is added to `problems`.
std::vector<HelpArticle> read_help(std::span<const HelpFile> files, const Brand& brand,
                                   std::vector<CatalogueProblem>& problems);

}  // namespace waymark::catalogue
