// Finds articles by what somebody typed: accents and case don't matter, a word may be misspelt, and titles count most.
// An index a language, built once; threads: immutable after construction. Nothing here keeps or logs a query.
#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "catalogue/help_article.hpp"

namespace waymark::help {

inline constexpr std::size_t kQueryLengthMax = 100;  // code points
inline constexpr std::size_t kHitsMax = 10;

struct HelpHit {
  const catalogue::HelpArticle* article = nullptr;
  std::string context;  // the sentence of the article that fits best; its summary where only the title does
};

class HelpIndex;

class HelpSearch {
 public:
  // `articles` outlive the search.
  explicit HelpSearch(std::span<const catalogue::HelpArticle> articles);
  ~HelpSearch();

  // The best first; none when nothing fits. A language without articles is searched in English.
  std::vector<HelpHit> find(std::string_view language, std::string_view query) const;

 private:
  std::span<const catalogue::HelpArticle> articles_;
  std::map<std::string, std::unique_ptr<const HelpIndex>, std::less<>> by_language_;
};

}  // namespace waymark::help
