#include "catalogue/read_help.hpp"

#include <fmt/format.h>

#include "base/assert.hpp"
#include "catalogue/read_help_text.hpp"

namespace waymark::catalogue {
namespace {

// Addresses below /help that are pages of another kind.
constexpr std::string_view kReserved[] = {"ask", "fix", "search"};

bool is_article_name(std::string_view name) {
  const auto is_part = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
  return !name.empty() && name.size() <= 60 && std::ranges::all_of(name, is_part) &&
         std::ranges::find(kReserved, name) == std::end(kReserved);
}

// Puts the brand's words in the place of what stands in braces.
class Filling {
 public:
  explicit Filling(const Brand& brand)
      : values_{{"agency", brand.agency_name},
                {"short_name", brand.short_name},
                {"phone", brand.phone},
                {"receipt_prefix", brand.receipt_prefix}} {}

  // False where a brace holds nothing that we know.
  bool fill(std::string& text) const {
    for (auto open = text.find('{'); open != std::string::npos; open = text.find('{', open)) {
      const auto close = text.find('}', open);
      if (close == std::string::npos) return false;
      const auto found = values_.find(std::string_view(text).substr(open + 1, close - open - 1));
      if (found == values_.end()) return false;
      text.replace(open, close - open + 1, found->second);
      open += found->second.size();
    }
    return text.find('}') == std::string::npos;
  }
  bool fill(HelpText& text) const {
    bool is_right = fill(text.title) && fill(text.summary);
    for (auto& block : text.blocks) {
      for (auto& line : block.lines) {
        for (auto& span : line) is_right = fill(span.text) && is_right;
      }
    }
    return is_right;
  }

 private:
  std::map<std::string, std::string, std::less<>> values_;
};

void check_languages(const HelpArticle& article, const std::string& file, const Brand& brand,
                     std::vector<CatalogueProblem>& problems) {
  const auto require = [&](const std::string& language) {
    if (article.by_language.contains(language)) return;
    problems.push_back({file, 0, fmt::format("has no translation: help/{}/{}.md is missing", language, article.name)});
  };
  require("en");
  for (const auto& language : brand.languages) {
    if (language != "en") require(language);
  }
}

void check_links(const std::vector<HelpArticle>& articles, std::vector<CatalogueProblem>& problems) {
  constexpr std::string_view kFolder = "/help/";
  const auto is_there = [&](std::string_view name) {
    return std::ranges::find(kReserved, name) != std::end(kReserved) ||
           std::ranges::find(articles, name, &HelpArticle::name) != articles.end();
  };
  for (const auto& article : articles) {
    for (const auto& [language, text] : article.by_language) {
      for (const auto& link : text.links) {
        if (!link.to.starts_with(kFolder)) continue;
        const auto name = std::string_view(link.to).substr(kFolder.size());
        if (name.find('/') == std::string_view::npos && !is_there(name)) {
          problems.push_back({link.file, link.line, fmt::format("the link to \"{}\" leads to no article", link.to)});
        }
      }
    }
  }
}

std::size_t place_of(std::string_view topic) {
  return static_cast<std::size_t>(std::ranges::find(kHelpTopics, topic) - std::begin(kHelpTopics));
}

}  // namespace

const HelpText& HelpArticle::in(std::string_view language) const {
  auto found = by_language.find(language);
  if (found == by_language.end()) found = by_language.find(language.substr(0, language.find('-')));
  if (found == by_language.end()) found = by_language.find("en");
  WAYMARK_ASSERT(found != by_language.end());
  return found->second;
}

std::string plain_text(const HelpLine& line) {
  std::string text;
  for (const auto& span : line) text += span.text;
  return text;
}

std::vector<HelpArticle> read_help(std::span<const HelpFile> files, const Brand& brand,
                                   std::vector<CatalogueProblem>& problems) {
  const Filling filling(brand);
  std::map<std::string, HelpArticle> by_name;
  std::map<std::string, std::string> some_file;
  for (const auto& [language, name, file] : files) {
    if (!is_article_name(name)) {
      problems.push_back({file->path, 0, fmt::format("\"{}\" is no name for an article", name)});
      continue;
    }
    auto& article = by_name[name];
    some_file.emplace(name, file->path);
    HelpFrontMatter front;
    auto text = read_help_text(*file, language == "en" ? &front : nullptr, problems);
    if (!filling.fill(text)) problems.push_back({file->path, 0, "has a brace that holds no placeholder"});
    article.name = name;
    if (language == "en") {
      article.topic = front.topic;
      article.order = front.order.value_or(0);
    }
    article.by_language.emplace(language, std::move(text));
  }
  std::vector<HelpArticle> articles;
  for (auto& [name, article] : by_name) {
    check_languages(article, some_file.at(name), brand, problems);
    articles.push_back(std::move(article));
  }
  check_links(articles, problems);
  std::ranges::sort(articles, {}, [](const HelpArticle& one) {
    return std::tuple(place_of(one.topic), one.order, std::string_view(one.name));
  });
  return articles;
}

}  // namespace waymark::catalogue
