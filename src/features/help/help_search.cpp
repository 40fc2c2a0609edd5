#include "features/help/help_search.hpp"

#include <set>

#include "features/help/help_index.hpp"

namespace waymark::help {

HelpSearch::HelpSearch(std::span<const catalogue::HelpArticle> articles) : articles_(articles) {
  std::set<std::string> languages{"en"};
  for (const auto& article : articles) {
    for (const auto& [language, text] : article.by_language) languages.insert(language);
  }
  for (const auto& language : languages) {
    by_language_.emplace(language, std::make_unique<const HelpIndex>(articles, language));
  }
}

HelpSearch::~HelpSearch() = default;

std::vector<HelpHit> HelpSearch::find(std::string_view language, std::string_view query) const {
  auto index = by_language_.find(language);
  if (index == by_language_.end()) index = by_language_.find(language.substr(0, language.find('-')));
  if (index == by_language_.end()) index = by_language_.find("en");
  std::vector<HelpHit> hits;
  for (auto& found : index->second->find(query, kHitsMax)) {
    hits.push_back({&articles_[found.article], std::move(found.context)});
  }
  return hits;
}

}  // namespace waymark::help
